/// Numbers for the nodes of a graph: an array of fixed size that is never copied, and whose indices only debug builds
/// check. Copies of a struct that holds one share it.
///
/// Finding the samples of 65,000 nodes is some millions of reads and writes of such numbers, and `Array` checks
/// bounds and other owners at each: a tenth of the time of making a program.
final class NodeTable<Element: BitwiseCopyable> {
  let count: Int
  private let start: UnsafeMutablePointer<Element>

  init(repeating element: Element, count: Int) {
    self.count = count
    start = .allocate(capacity: count)
    start.initialize(repeating: element, count: count)
  }

  init(_ elements: some Collection<Element>) {
    count = elements.count
    start = .allocate(capacity: count)
    _ = UnsafeMutableBufferPointer(start: start, count: count).initialize(fromContentsOf: elements)
  }

  deinit { start.deallocate() }

  @inline(__always) subscript(index: Int) -> Element {
    get {
      assert(0..<count ~= index)
      return start[index]
    }
    set {
      assert(0..<count ~= index)
      start[index] = newValue
    }
  }

  @inline(__always) subscript(node: Int32) -> Element {
    get { self[Int(node)] }
    set { self[Int(node)] = newValue }
  }
}
