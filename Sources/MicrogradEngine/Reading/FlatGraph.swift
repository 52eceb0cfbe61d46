import CMicrogradNode

/// A graph copied into arrays, each node after its operands, for those who work on whole graphs.
///
/// The order is that of a walk from the root, operands from left to right, and not that of recording: two samples that
/// were computed alike look alike here, whenever and in whatever order their parts were recorded.
package struct FlatGraph: Sendable {
  /// The kinds of nodes.
  package enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// A value that was not computed.
    case leaf
    /// The result of an operation of one or two operands.
    case apply
    /// `bias + Σ wᵢ·xᵢ`; operands: the weights' list, the inputs' list, then the bias if there is one.
    case dot
    /// The elements of an array that dot products were given. The neurons of a layer share the inputs', and samples
    /// the weights', so each is here once.
    case list
  }

  package let kinds: [Kind]
  /// The operation of each node, where the kind is `apply`.
  package let operations: [Operation]
  /// The number of each node at the time of copying.
  package let numbers: [Double]
  /// The operands of node i are `operands[starts[i]..<starts[i + 1]]`.
  package let starts: [Int32]
  package let operands: [Int32]
  /// The root; -1 only while the copy is being made.
  package private(set) var root: Int32 = -1
  /// The positions of the values to be located; -1 for one that is not part of the graph.
  package private(set) var located: [Int32] = []
  /// Computed nodes whose number was assigned by hand: they cannot be computed again.
  package let assigned: [Int32]
  /// Derivatives that were recorded through operations which choose by the numbers at hand: for other numbers they are wrong.
  package let chosen: [Int32]
  /// The number of values that the graph stands for: leaves, operations, and the products and sums of its dot products.
  package let valueCount: Int

  /// Copies the graph of `root`, and says where in it `values` are.
  ///
  /// - Complexity: Linear in the number of nodes.
  package init(of root: Value, locating values: [Value]) {
    var copy = FlatGraphCopy()
    root.withCell { copy.copy($0) }
    let position = root.withCell { copy.position(of: $0) }
    let located = values.map { $0.withCell { copy.position(of: $0) } }
    self = copy.finish()
    self.root = position
    self.located = located
  }

  fileprivate init(
    kinds: [Kind], operations: [Operation], numbers: [Double], starts: [Int32], operands: [Int32], assigned: [Int32],
    chosen: [Int32], valueCount: Int
  ) {
    self.kinds = kinds
    self.operations = operations
    self.numbers = numbers
    self.starts = starts
    self.operands = operands
    self.assigned = assigned
    self.chosen = chosen
    self.valueCount = valueCount
  }

  package var count: Int { kinds.count }

  /// The operands of a node.
  package func operands(of node: Int32) -> ArraySlice<Int32> {
    operands[Int(starts[Int(node)])..<Int(starts[Int(node) + 1])]
  }
}

/// The walk that makes the copy.
private struct FlatGraphCopy {
  private var kinds = Growing<FlatGraph.Kind>(), operations = Growing<Operation>(), numbers = Growing<Double>()
  private var starts = Growing<Int32>(), operands = Growing<Int32>()
  private var assigned: [Int32] = [], chosen: [Int32] = []
  private var valueCount = 0
  private var positions = CellPositions()
  private var lists: [UnsafeRawPointer: Int32] = [:]
  /// Addresses of cells to visit; the lowest bit says that the operands have been.
  private var stack = Growing<UInt>()

  init() { starts.append(0) }

  /// The copy; nothing is left behind.
  mutating func finish() -> FlatGraph {
    positions.forget()
    stack.free()
    return FlatGraph(
      kinds: kinds.finish(), operations: operations.finish(), numbers: numbers.finish(), starts: starts.finish(),
      operands: operands.finish(), assigned: assigned, chosen: chosen, valueCount: valueCount)
  }

  mutating func position(of cell: Cell) -> Int32 { positions[cell].pointee - 1 }

  /// With an explicit stack: recursion would overflow on deep graphs.
  mutating func copy(_ root: Cell) {
    push(root)
    while let top = stack.popLast() {
      let cell = Cell(bitPattern: top & ~1).unsafelyUnwrapped
      if positions[cell].pointee == 0 { visit(cell, isExpanded: top & 1 != 0) }
    }
  }

  private mutating func visit(_ cell: Cell, isExpanded: Bool) {
    if cell.isLeaf { return finish(cell, .leaf, values: 1) }
    if cell.operation == .dot { return isExpanded ? appendDot(cell) : expandDot(cell) }
    let left = cell.pointee.left, right = cell.pointee.right
    let leftPosition = position(of: left), rightPosition = right != cell ? position(of: right) : 0
    if leftPosition >= 0 && rightPosition >= 0 {
      operands.append(leftPosition)
      if right != cell { operands.append(rightPosition) }
      return finish(cell, .apply, values: 1)
    }
    stack.append(UInt(bitPattern: cell) | 1)
    if rightPosition < 0 { stack.append(UInt(bitPattern: right)) }
    if leftPosition < 0 { stack.append(UInt(bitPattern: left)) }
  }

  private mutating func expandDot(_ cell: Cell) {
    stack.append(UInt(bitPattern: cell) | 1)
    if cell.pointee.left != cell { push(cell.pointee.left) }
    let (weights, inputs) = DotProduct.operands(of: cell)
    push(inputs)
    push(weights)
  }

  private mutating func push(_ cell: Cell) {
    if positions[cell].pointee == 0 { stack.append(UInt(bitPattern: cell)) }
  }

  private mutating func push(_ list: UnsafeBufferPointer<DotProduct.Operand>) {
    guard let address = list.baseAddress, lists[address] == nil else { return }
    for element in list.reversed() { push(element.cell) }
  }

  private mutating func appendDot(_ cell: Cell) {
    let (weights, inputs) = DotProduct.operands(of: cell)
    let lists = [list(weights), list(inputs)]
    for list in lists { operands.append(list) }
    let hasBias = cell.pointee.left != cell
    if hasBias { operands.append(position(of: cell.pointee.left)) }
    finish(cell, .dot, values: 2 * weights.count - (hasBias ? 0 : 1))
  }

  private mutating func finish(_ cell: Cell, _ kind: FlatGraph.Kind, values: Int) {
    if cell.pointee.flags & CellFlag.assigned != 0 { assigned.append(Int32(kinds.count)) }
    if cell.pointee.flags & CellFlag.chosen != 0 { chosen.append(Int32(kinds.count)) }
    valueCount += values
    append(kind, cell.operation, cell.pointee.data)
    positions[cell].pointee = Int32(kinds.count)
  }

  private mutating func list(_ elements: UnsafeBufferPointer<DotProduct.Operand>) -> Int32 {
    let address = elements.baseAddress.map { UnsafeRawPointer($0) }
    if let address, let known = lists[address] { return known }
    for element in elements { operands.append(position(of: element.cell)) }
    append(.list, .leaf, 0)
    if let address { lists[address] = Int32(kinds.count - 1) }
    return Int32(kinds.count - 1)
  }

  private mutating func append(_ kind: FlatGraph.Kind, _ operation: Operation, _ number: Double) {
    kinds.append(kind)
    operations.append(operation)
    numbers.append(number)
    starts.append(Int32(operands.count))
  }
}

/// A number for each cell, 0 at first: a table for each slab, found through the header of the thread's own slabs.
private struct CellPositions {
  private let arena = Arena.mine
  private var own: [Slab] = []
  private var foreign: [UInt: UnsafeMutablePointer<Int32>] = [:]

  subscript(cell: Cell) -> UnsafeMutablePointer<Int32> {
    @inline(__always) mutating get {
      let slab = Slab(of: cell)
      let isOwn = slab.header.pointee.arena == arena
      let table = (isOwn ? slab.header.pointee.positions : nil) ?? self.table(of: slab, isOwn)
      return table + (cell - slab.first)
    }
  }

  /// Headers of other threads' slabs are not to be written to.
  @inline(never) private mutating func table(of slab: Slab, _ isOwn: Bool) -> UnsafeMutablePointer<Int32> {
    let key = UInt(bitPattern: slab.header)
    if let known = foreign[key] { return known }
    let table = UnsafeMutablePointer<Int32>.allocate(capacity: Slab.capacity)
    table.initialize(repeating: 0, count: Slab.capacity)
    if isOwn {
      slab.header.pointee.positions = table
      own.append(slab)
    } else {
      foreign[key] = table
    }
    return table
  }

  mutating func forget() {
    for slab in own {
      slab.header.pointee.positions?.deallocate()
      slab.header.pointee.positions = nil
    }
    for table in foreign.values { table.deallocate() }
    own = []
    foreign = [:]
  }
}

/// An array that only grows, in memory of its own: `Array` looks at every append whether somebody shares it, which took a
/// third of the time of a copy. `finish` or `free` gives the memory back.
private struct Growing<Element: BitwiseCopyable> {
  private var memory = UnsafeMutablePointer<Element>.allocate(capacity: 1024)
  private var capacity = 1024
  private(set) var count = 0

  @inline(__always) mutating func append(_ element: Element) {
    if _slowPath(count == capacity) { grow() }
    (memory + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always) mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return memory[count]
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
    larger.update(from: memory, count: count)
    memory.deallocate()
    memory = larger
    capacity *= 2
  }

  func free() { memory.deallocate() }

  func finish() -> [Element] {
    defer { free() }
    return Array(UnsafeBufferPointer(start: memory, count: count))
  }
}
