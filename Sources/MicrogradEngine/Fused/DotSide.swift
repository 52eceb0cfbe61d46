import CMicrogradNode

/// An element of a list that a dot product multiplies: a value or a number.
protocol DotElement {
  static var isNumber: Bool { get }
  var number: Double { get }
  /// Bits that are not 0 if the element is a value of another thread than `id`.
  func foreignness(to id: UInt16) -> UInt16
  /// Calls `add` with the part of a gradient that goes to the element. A number receives none.
  func receive(_ part: Double, _ add: (Cell, Double) -> Void)
}

extension DotProduct {
  /// An element of an array of values as the sweeps read it, without counting references. Laid out like `Value`.
  struct Operand: DotElement {
    let cell: Cell
    let padding: UInt8

    @inline(__always) static var isNumber: Bool { false }
    @inline(__always) var number: Double { cell.pointee.data }
    @inline(__always) func foreignness(to id: UInt16) -> UInt16 { cell.pointee.arena ^ id }
    @inline(__always) func receive(_ part: Double, _ add: (Cell, Double) -> Void) { add(cell, part) }
  }
}

extension Double: DotElement {
  @inline(__always) static var isNumber: Bool { true }
  @inline(__always) var number: Double { self }
  @inline(__always) func foreignness(to id: UInt16) -> UInt16 { 0 }
  @inline(__always) func receive(_ part: Double, _ add: (Cell, Double) -> Void) {}
}

enum DotBuffer {
  /// An array's elements start this far into its buffer object, after four words: type, references, count and capacity.
  /// `DotSide` checks it.
  static var headerSize: Int { 4 * MemoryLayout<Int>.size }

  // Numbers may be shared by threads. Values belong to one thread, and so do arrays of them, whose references are counted
  // without atomic operations, which would take a third of the time of a short dot product.

  @inline(__always) static func retainNumbers(_ owner: UnsafeMutableRawPointer) {
    _ = Unmanaged<AnyObject>.fromOpaque(owner).retain()
  }

  @inline(__always) static func releaseNumbers(_ owner: UnsafeMutableRawPointer) {
    Unmanaged<AnyObject>.fromOpaque(owner).release()
  }

  #if hasFeature(Embedded)
    @inline(__always) static func retainValues(_ owner: UnsafeMutableRawPointer) { retainNumbers(owner) }
    @inline(__always) static func releaseValues(_ owner: UnsafeMutableRawPointer) { releaseNumbers(owner) }
  #else
    @inline(__always) static func retainValues(_ owner: UnsafeMutableRawPointer) { _ = swift_nonatomic_retain(owner) }
    @inline(__always) static func releaseValues(_ owner: UnsafeMutableRawPointer) { swift_nonatomic_release(owner) }
  #endif
}

/// The memory of an array or of a slice: where the elements begin, and the buffer object that they lie in. While somebody
/// holds a reference to that object, the array copies before it changes.
struct DotSide<Element: DotElement> {
  let owner: UnsafeMutableRawPointer
  let elements: UnsafePointer<Element>

  /// Returns nil if the elements do not lie where this file expects them. `Source` is laid out like `Element`.
  @inline(__always) init?<Source>(_ array: [Source]) {
    guard MemoryLayout<[Source]>.size == MemoryLayout<UnsafeMutableRawPointer>.size else { return nil }
    owner = unsafeBitCast(array, to: UnsafeMutableRawPointer.self)
    elements = Self.firstElement(of: owner)
    let first = array.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
    guard array.isEmpty || first == UnsafeRawPointer(elements) else { return nil }
  }

  /// Returns nil if the slice is not laid out as this file expects it.
  @inline(__always) init?<Source>(_ slice: ArraySlice<Source>) {
    typealias Fields = (owner: UnsafeMutableRawPointer, base: UnsafeRawPointer?, start: Int, end: Int)
    guard MemoryLayout<ArraySlice<Source>>.size == MemoryLayout<Fields>.size else { return nil }
    owner = unsafeBitCast(slice, to: Fields.self).owner
    let start = Self.firstElement(of: owner)
    let first = slice.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
    guard let first, !slice.isEmpty else {
      elements = start
      return
    }
    elements = first.assumingMemoryBound(to: Element.self)
    let offset = first - UnsafeRawPointer(start)
    guard offset >= 0 && offset % MemoryLayout<Element>.stride == 0 else { return nil }
  }

  /// Takes a reference to the buffer.
  @inline(__always) func retain() {
    if Element.isNumber { DotBuffer.retainNumbers(owner) } else { DotBuffer.retainValues(owner) }
  }

  /// Whether the elements are not the first of the buffer.
  var hasOffset: Bool { elements != Self.firstElement(of: owner) }

  @inline(__always) private static func firstElement(of owner: UnsafeMutableRawPointer) -> UnsafePointer<Element> {
    UnsafePointer((owner + DotBuffer.headerSize).assumingMemoryBound(to: Element.self))
  }
}
