/// Numbers for the nodes of a graph: an array of fixed size that is never copied, and whose indices only debug builds
/// check. Copies of a struct that holds one share it.
///
/// Finding the samples of 65,000 nodes is some millions of reads and writes of such numbers, and `Array` checks
/// bounds and other owners at each: a tenth of the time of making a program.
///
/// Whoever makes a table writes it, and then shows it to readers only: so it may cross threads. It is public for the
/// compiler's sake: other modules can inline what is public, but not what is `package`.
@_documentation(visibility: internal)
public final class NodeTable<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The number of elements.
  public let count: Int
  /// The first element, for loops that read several tables. Valid while the table is kept alive.
  public let pointer: UnsafeMutablePointer<Element>

  /// Makes a table of equal elements.
  @inlinable public init(repeating element: Element, count: Int) {
    self.count = count
    pointer = tableMemory(MemoryLayout<Element>.stride * count).bindMemory(to: Element.self, capacity: count)
    pointer.initialize(repeating: element, count: count)
  }

  /// Makes a table whose elements are still to be written, all of them.
  @inlinable public init(unwritten count: Int) {
    self.count = count
    pointer = tableMemory(MemoryLayout<Element>.stride * count).bindMemory(to: Element.self, capacity: count)
  }

  /// Makes a table of some elements.
  @inlinable public init(_ elements: [Element]) {
    count = elements.count
    pointer = tableMemory(MemoryLayout<Element>.stride * count).bindMemory(to: Element.self, capacity: count)
    _ = UnsafeMutableBufferPointer(start: pointer, count: count).initialize(fromContentsOf: elements)
  }

  @inlinable deinit { pointer.deallocate() }

  /// The element at an index.
  @inlinable public subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(0..<count ~= index)
      return pointer[index]
    }
    @inline(__always) set {
      assert(0..<count ~= index)
      pointer[index] = newValue
    }
  }

  /// The element of a node.
  @inlinable public subscript(node: Int32) -> Element {
    @inline(__always) get { self[Int(node)] }
    @inline(__always) set { self[Int(node)] = newValue }
  }
}

/// Memory for a table, in huge pages where the system has them: the first writes to small pages took a quarter of the time of
/// making a program of a million nodes.
@usableFromInline func tableMemory(_ byteCount: Int) -> UnsafeMutableRawPointer {
  Platform.allocate(byteCount, alignment: 16)
}
