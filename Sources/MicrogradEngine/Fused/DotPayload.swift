import CMicrogradNode
import MicrogradRequirement

/// The two lists of a dot product. The cell of the product holds the buffer object of its weights, in `addend`, and the
/// payload, in `right`: a cell of its own with the buffer object of its inputs and the length of both. Products that are
/// recorded one after the other and have the same inputs, such as those of a matrix with a vector, share the payload. If a
/// list is not the beginning of its buffer, being a slice of an array, the payload holds the addresses of both first
/// elements, and is not shared.
struct DotPayload {
  private let dot: Cell, cell: Cell
  private let traits: Traits
  let count: Int

  /// The lowest bits of the payload's `data`; the length is above them, and the number of products that share the payload
  /// above that: at most the number of cells in a slab.
  private struct Traits: OptionSet {
    var rawValue: UInt64
    static var weightsAreNumbers: Self { Self(rawValue: 1) }
    static var inputsAreNumbers: Self { Self(rawValue: 2) }
    static var hasOffset: Self { Self(rawValue: 4) }
    static var bitCount: UInt64 { 3 }
  }

  private static var lengthEnd: UInt64 { 52 }
  private static var oneProduct: UInt64 { 1 << lengthEnd }

  /// Reads the payload of a dot product.
  @inline(__always) init(of dot: Cell) {
    self.dot = dot
    cell = dot.pointee.right
    let bits = cell.pointee.data.bitPattern
    traits = Traits(rawValue: bits & (1 << Traits.bitCount - 1))
    count = Int(truncatingIfNeeded: (bits & (Self.oneProduct - 1)) >> Traits.bitCount)
  }

  // MARK: Memory

  /// The payload of the newest cell, for another product to share; nil if that is no dot product of whole arrays of values
  /// with the same inputs, or if the other product would not lie in the same slab.
  @inline(__always) static func shared<W, X>(_ weights: DotSide<W>, _ inputs: DotSide<X>, _ count: Int) -> Cell? {
    let tape = mg_tape()
    guard !W.isNumber, !X.isNumber, let next = tape.pointee.next, next != tape.pointee.end,
      next > Slab(of: next).first,
      (next - 1).operation == .dot
    else { return nil }
    let payload: Cell = (next - 1).pointee.right
    // The buffer is the same only if the payload is alive, and holds it.
    let bits = payload.pointee.data.bitPattern
    guard payload.pointee.left == asCell(inputs.owner), bits >= oneProduct,
      bits & (oneProduct - 1) == self.bits([], count), !weights.hasOffset, !inputs.hasOffset
    else { return nil }
    return payload
  }

  /// Counts another product that shares a payload.
  @inline(__always) static func share(_ payload: Cell) {
    payload.pointee.data = Double(bitPattern: payload.pointee.data.bitPattern + oneProduct)
  }

  /// Fills the payload of a dot product, and takes a reference to the buffer of the inputs.
  @inline(__always) static func fill<W, X>(
    _ payload: Cell, _ weights: DotSide<W>, _ inputs: DotSide<X>, _ count: Int, arena: UInt16
  ) {
    var traits: Traits = []
    if W.isNumber { traits.insert(.weightsAreNumbers) }
    if X.isNumber { traits.insert(.inputsAreNumbers) }
    if weights.hasOffset || inputs.hasOffset { traits.insert(.hasOffset) }
    inputs.retain()
    // Sweeps pass over it, since its gradient is 0.
    payload.initialize(
      to: MGCell(
        data: Double(bitPattern: bits(traits, count) + oneProduct), grad: 0, left: asCell(inputs.owner),
        addend: asCell(weights.elements), count: 0, operation: Operation.leaf.rawValue, flags: 0, arena: arena,
        right: asCell(inputs.elements)))
  }

  @inline(__always) private static func bits(_ traits: Traits, _ count: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: count) << Traits.bitCount | traits.rawValue
  }

  /// An address as the fields of a cell hold it.
  @inline(__always) static func asCell(_ address: UnsafeRawPointer) -> Cell {
    UnsafeMutableRawPointer(mutating: address).assumingMemoryBound(to: MGCell.self)
  }

  /// Gives up what the product holds. Returns whether the payload, which no other product shares, is dead too.
  func release() -> Bool {
    Self.release(dot.pointee.addend, holdsNumbers: traits.contains(.weightsAreNumbers))
    let bits = cell.pointee.data.bitPattern - Self.oneProduct
    cell.pointee.data = Double(bitPattern: bits)
    if bits >= Self.oneProduct { return false }
    Self.release(cell.pointee.left, holdsNumbers: traits.contains(.inputsAreNumbers))
    return true
  }

  private static func release(_ owner: UnsafeMutableRawPointer, holdsNumbers: Bool) {
    if holdsNumbers { DotBuffer.releaseNumbers(owner) } else { DotBuffer.releaseValues(owner) }
  }

  // MARK: The lists

  /// A list that a dot product multiplies.
  struct List {
    let address: UnsafeRawPointer
    let count: Int
    let holdsNumbers: Bool

    @inline(__always) var values: UnsafeBufferPointer<DotProduct.Operand> {
      UnsafeBufferPointer(start: address.assumingMemoryBound(to: DotProduct.Operand.self), count: count)
    }

    @inline(__always) var numbers: UnsafeBufferPointer<Double> {
      UnsafeBufferPointer(start: address.assumingMemoryBound(to: Double.self), count: count)
    }
  }

  @inline(__always) var weights: List { list(dot.pointee.addend, cell.pointee.addend, .weightsAreNumbers) }

  @inline(__always) var inputs: List { list(cell.pointee.left, cell.pointee.right, .inputsAreNumbers) }

  @inline(__always) private func list(_ owner: Cell, _ first: @autoclosure () -> Cell, _ areNumbers: Traits) -> List {
    let address =
      traits.contains(.hasOffset) ? UnsafeRawPointer(first()) : UnsafeRawPointer(owner) + DotBuffer.headerSize
    return List(address: address, count: count, holdsNumbers: traits.contains(areNumbers))
  }

  // MARK: Numbers

  @inline(__always) var holdsNumbers: Bool { !traits.isDisjoint(with: [.weightsAreNumbers, .inputsAreNumbers]) }

  /// Puts leaves in the place of the numbers that a dot product holds, for those who look at the graph. Their gradients are
  /// those that the last sweep would have given them.
  @inline(never) static func replaceNumbersByLeaves(in dot: Cell) {
    let payload = DotPayload(of: dot), weights = payload.weights, inputs = payload.inputs
    let gradient = dot.pointee.grad
    let cell = payload.cell
    if weights.holdsNumbers {
      let buffer = buffer(of: leaves(weights.numbers, gradient, beside: inputs.values))
      DotBuffer.releaseNumbers(dot.pointee.addend)
      dot.pointee.addend = asCell(buffer.owner)
      cell.pointee.addend = asCell(buffer.elements)
    } else if inputs.holdsNumbers {
      let buffer = buffer(of: leaves(inputs.numbers, gradient, beside: weights.values))
      DotBuffer.releaseNumbers(cell.pointee.left)
      cell.pointee.left = asCell(buffer.owner)
      cell.pointee.right = asCell(buffer.elements)
    }
    let traits = payload.traits.subtracting([.weightsAreNumbers, .inputsAreNumbers])
    cell.pointee.data = Double(bitPattern: bits(traits, payload.count) + oneProduct)
  }

  private static func leaves(
    _ numbers: UnsafeBufferPointer<Double>, _ gradient: Double, beside values: UnsafeBufferPointer<DotProduct.Operand>
  ) -> [Value] {
    zip(numbers, values).map { number, other in
      let leaf = Value(number)
      if gradient != 0 { leaf.grad = gradient * other.number }
      return leaf
    }
  }

  /// The memory of an array, with a reference that the caller takes over.
  private static func buffer(of leaves: [Value]) -> DotSide<DotProduct.Operand> {
    guard let side = DotSide<DotProduct.Operand>(leaves) else { stop("an array is laid out as no other was") }
    side.retain()
    return side
  }
}
