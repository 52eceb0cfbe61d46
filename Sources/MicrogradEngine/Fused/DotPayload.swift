import CMicrogradNode
import MicrogradRequirement

/// The two lists of a dot product, in the cells that follow it. The first cell holds the buffer objects of its two lists, with a
/// reference to each, and their length. If a list is not the beginning of its buffer, being a slice of an array, a second
/// one holds the addresses of the first elements of both.
struct DotPayload {
  private let cell: Cell
  private let traits: Traits
  let count: Int

  /// The lowest bits of the first cell's `data`; the length is above them.
  private struct Traits: OptionSet {
    var rawValue: UInt64
    static var weightsAreNumbers: Self { Self(rawValue: 1) }
    static var inputsAreNumbers: Self { Self(rawValue: 2) }
    static var hasOffset: Self { Self(rawValue: 4) }
    static var bitCount: UInt64 { 3 }
  }

  /// Reads the payload of a dot product.
  @inline(__always) init(of dot: Cell) {
    cell = dot + 1
    let bits = cell.pointee.data.bitPattern
    traits = Traits(rawValue: bits & (1 << Traits.bitCount - 1))
    count = Int(truncatingIfNeeded: bits >> Traits.bitCount)
  }

  /// The number of cells that the payload takes.
  @inline(__always) var cellCount: Int { traits.contains(.hasOffset) ? 2 : 1 }

  @inline(__always) static func cellCount<W, X>(_ weights: DotSide<W>, _ inputs: DotSide<X>) -> Int {
    weights.hasOffset || inputs.hasOffset ? 2 : 1
  }

  // MARK: Memory

  /// Fills the payload of a dot product, and takes references to the buffers.
  @inline(__always) static func fill<W, X>(
    after dot: Cell, _ weights: DotSide<W>, _ inputs: DotSide<X>, _ count: Int, arena: UInt16
  ) {
    var traits: Traits = []
    if W.isNumber { traits.insert(.weightsAreNumbers) }
    if X.isNumber { traits.insert(.inputsAreNumbers) }
    if cellCount(weights, inputs) == 2 {
      traits.insert(.hasOffset)
      fill(dot + 2, 0, weights.elements, inputs.elements, arena)
    }
    weights.retain()
    inputs.retain()
    fill(dot + 1, bits(traits, count), weights.owner, inputs.owner, arena)
  }

  @inline(__always) private static func bits(_ traits: Traits, _ count: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: count) << Traits.bitCount | traits.rawValue
  }

  /// Fills a cell that is no value. Sweeps pass over it, since its gradient is 0.
  @inline(__always) private static func fill(
    _ cell: Cell, _ bits: UInt64, _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ arena: UInt16
  ) {
    cell.initialize(
      to: MGCell(
        data: Double(bitPattern: bits), grad: 0, left: asCell(left), addend: cell, count: 0,
        operation: Operation.leaf.rawValue, flags: 0, arena: arena, right: asCell(right)))
  }

  /// An address as the fields of a cell hold it.
  @inline(__always) private static func asCell(_ address: UnsafeRawPointer) -> Cell {
    UnsafeMutableRawPointer(mutating: address).assumingMemoryBound(to: MGCell.self)
  }

  /// Gives up the references to the buffers.
  func release() {
    Self.release(cell.pointee.left, holdsNumbers: traits.contains(.weightsAreNumbers))
    Self.release(cell.pointee.right, holdsNumbers: traits.contains(.inputsAreNumbers))
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

  @inline(__always) var weights: List { list(cell.pointee.left, (cell + 1).pointee.left, .weightsAreNumbers) }

  @inline(__always) var inputs: List { list(cell.pointee.right, (cell + 1).pointee.right, .inputsAreNumbers) }

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
    if weights.holdsNumbers {
      let buffer = buffer(of: leaves(weights.numbers, gradient, beside: inputs.values))
      DotBuffer.releaseNumbers(payload.cell.pointee.left)
      payload.cell.pointee.left = asCell(buffer.owner)
      if payload.cellCount == 2 { (payload.cell + 1).pointee.left = asCell(buffer.elements) }
    } else if inputs.holdsNumbers {
      let buffer = buffer(of: leaves(inputs.numbers, gradient, beside: weights.values))
      DotBuffer.releaseNumbers(payload.cell.pointee.right)
      payload.cell.pointee.right = asCell(buffer.owner)
      if payload.cellCount == 2 { (payload.cell + 1).pointee.right = asCell(buffer.elements) }
    }
    let traits = payload.traits.subtracting([.weightsAreNumbers, .inputsAreNumbers])
    payload.cell.pointee.data = Double(bitPattern: bits(traits, payload.count))
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
