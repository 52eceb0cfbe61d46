import CMicrogradNode

/// A graph copied into tables, each node after its operands, for those who work on whole graphs.
///
/// The order is that of recording. `walked()` gives an order that does not depend on it.
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

  package let kinds: NodeTable<Kind>
  /// The operation of each node, where the kind is `apply` or `dot`.
  package let operations: NodeTable<Operation>
  /// The number of each node at the time of copying.
  package let numbers: NodeTable<Double>
  /// The operands of node i are `operands[starts[i]..<starts[i + 1]]`.
  package let starts: NodeTable<Int32>
  package let operands: NodeTable<Int32>
  package let root: Int32
  /// The positions of the values to be located; -1 for one that is not part of the graph.
  package let located: [Int32]
  /// Computed nodes whose number was assigned by hand: they cannot be computed again.
  package let assigned: [Int32]
  /// Derivatives that were recorded through operations which choose by the numbers at hand: for other numbers they are wrong.
  package let chosen: [Int32]
  /// The number of values that the graph stands for: leaves, operations, and the products and sums of its dot products.
  package let valueCount: Int

  /// Copies the graph of `root`, and says where in it `values` are.
  ///
  /// - Complexity: Linear in the number of nodes; and a look at each slab of older values.
  package init(of root: Value, locating values: [Value]) {
    self = root.withCell { FlatGraphCopy.copy($0, locating: values) }
  }

  /// Makes a graph of tables that somebody has filled.
  package init(
    kinds: NodeTable<Kind>, operations: NodeTable<Operation>, numbers: NodeTable<Double>, starts: NodeTable<Int32>,
    operands: NodeTable<Int32>, root: Int32, located: [Int32], assigned: [Int32],
    chosen: [Int32], valueCount: Int
  ) {
    self.kinds = kinds
    self.operations = operations
    self.numbers = numbers
    self.starts = starts
    self.operands = operands
    self.root = root
    self.located = located
    self.assigned = assigned
    self.chosen = chosen
    self.valueCount = valueCount
  }

  package var count: Int { kinds.count }

  /// The operands of a node.
  package func operands(of node: Int32) -> [Int32] { operandIndices(of: node).map { operands[$0] } }

  private func operandIndices(of node: Int32) -> Range<Int> { Int(starts[node])..<Int(starts[Int(node) + 1]) }
}

// MARK: - Copying

/// The cells of a graph, in an order in which each comes after its operands.
private enum CellOrder {
  /// Those that are marked of the computed cells of these slabs, newest first.
  case slabs([Slab], newest: Cell)
  /// These.
  case cells([Cell])
}

/// A copy being made: cells are marked and counted from the root on, then copied in the order of recording.
private struct FlatGraphCopy {
  private var positions = CellTable()
  /// The lists of the graph, with their positions once they have one.
  private var lists: [List: Int32] = [:]
  private var nodeCount = 0, operandCount = 0

  /// A list by where its elements are. Slices of one array that begin alike are different lists.
  private struct List: Hashable {
    let address: UnsafeRawPointer, count: Int

    init(_ list: DotPayload.List) {
      address = list.address
      count = list.count
    }
  }

  static func copy(_ root: Cell, locating values: [Value]) -> FlatGraph {
    var copy = FlatGraphCopy()
    let order = copy.markedCells(of: root)
    var nodes = FlatGraphNodes(count: copy.nodeCount, operands: copy.operandCount)
    switch order {
    case .cells(let cells): for cell in cells { copy.positions[cell] = copy.append(cell, to: &nodes) }
    case .slabs(let slabs, let newest):
      for slab in slabs.reversed() {
        copy.append(slab, upTo: slab == Slab(of: newest) ? newest : slab.end - 1, to: &nodes)
      }
    }
    let position = copy.position(of: root, in: &nodes)
    let located = values.map { $0.withCell { copy.positions[$0] - 1 } }
    copy.positions.free()
    return nodes.graph(root: position, located: located.map { max($0, -1) })
  }

  // MARK: Marking

  private static let mark: Int32 = -1

  /// Marks the cells of the graph.
  private mutating func markedCells(of root: Cell) -> CellOrder {
    let arena = Arena.mine
    // Memory is in the order of recording only where one thread recorded the graph.
    guard root.pointee.arena == arena.pointee.id && arena.pointee.crossed == 0 || root.isLeaf else {
      // Before the first mark: this takes a table of its own.
      let cells = root.computedCellsInOrder()
      mark(root)
      for cell in cells { markOperands(of: cell) }
      return .cells(cells)
    }
    mark(root)
    var slabs: [Slab] = []
    var next: Slab? = root.isLeaf ? nil : Slab(of: root), newest = root
    while let slab = next {
      if let table = positions.table(ofOwn: slab) {
        slabs.append(slab)
        var index = newest - slab.first
        while index >= 0 {
          if table[index] == FlatGraphCopy.mark { markOperands(of: slab.first + index) }
          index &-= 1
        }
      }
      next = slab.header.pointee.older
      newest = (next ?? slab).end - 1
    }
    return .slabs(slabs, newest: root)
  }

  @inline(__always) private mutating func mark(_ cell: Cell) {
    let position = positions.entry(of: cell)
    guard position.pointee == 0 else { return }
    position.pointee = FlatGraphCopy.mark
    nodeCount &+= 1
  }

  @inline(__always) private mutating func markOperands(of cell: Cell) {
    if cell.operation == .dot { return markOperands(ofDot: cell) }
    mark(cell.pointee.left)
    operandCount &+= 1
    if cell.pointee.flags & CellFlag.holdsNumber != 0 {
      nodeCount &+= 1
      operandCount &+= 1
    } else if cell.pointee.right != cell {
      mark(cell.pointee.right)
      operandCount &+= 1
    }
    if let addend = cell.addend {
      mark(addend.cell)
      nodeCount &+= 1
      operandCount &+= 2
    }
  }

  @inline(never) private mutating func markOperands(ofDot cell: Cell) {
    let payload = DotPayload(of: cell)
    mark(payload.weights)
    mark(payload.inputs)
    operandCount += 2
    if cell.pointee.left != cell {
      mark(cell.pointee.left)
      operandCount += 1
    }
  }

  private mutating func mark(_ list: DotPayload.List) {
    if lists.updateValue(FlatGraphCopy.mark, forKey: List(list)) != nil { return }
    if list.holdsNumbers {
      nodeCount += list.count
    } else {
      for element in list.values { mark(element.cell) }
    }
    nodeCount += 1
    operandCount += list.count
  }

  // MARK: Copying

  private mutating func append(_ slab: Slab, upTo newest: Cell, to nodes: inout FlatGraphNodes) {
    guard let table = positions.table(ofOwn: slab) else { return }
    for index in 0...newest - slab.first where table[index] == FlatGraphCopy.mark {
      table[index] = append(slab.first + index, to: &nodes)
    }
  }

  /// Appends a computed cell; returns the number for its position.
  @inline(__always) private mutating func append(_ cell: Cell, to nodes: inout FlatGraphNodes) -> Int32 {
    if cell.operation == .dot {
      appendDot(cell, to: &nodes)
    } else if let addend = cell.addend {
      appendSum(cell, addend, to: &nodes)
    } else {
      appendOperands(of: cell, to: &nodes)
      finish(cell, .apply, values: 1, &nodes)
    }
    return Int32(truncatingIfNeeded: nodes.count)
  }

  /// Those that lie in `left` and `right`, where a number becomes a leaf of its own. Leaves get their positions where they are
  /// used first.
  @inline(__always) private mutating func appendOperands(of cell: Cell, to nodes: inout FlatGraphNodes) {
    if let number = cell.number {
      let value = position(of: cell.pointee.left, in: &nodes)
      nodes.append(.leaf, .leaf, number.value, values: 1)
      let leaf = Int32(nodes.count - 1)
      nodes.append(operand: number.isFirst ? leaf : value)
      nodes.append(operand: number.isFirst ? value : leaf)
    } else {
      let left = position(of: cell.pointee.left, in: &nodes)
      let right = cell.pointee.right != cell ? position(of: cell.pointee.right, in: &nodes) : -1
      nodes.append(operand: left)
      if right >= 0 { nodes.append(operand: right) }
    }
  }

  /// The product first, as if it were a cell of its own.
  @inline(__always)
  private mutating func appendSum(
    _ cell: Cell, _ addend: (cell: Cell, isFirst: Bool), to nodes: inout FlatGraphNodes
  ) {
    let other = position(of: addend.cell, in: &nodes)
    appendOperands(of: cell, to: &nodes)
    nodes.append(.apply, .multiply, cell.product, values: 1)
    let product = Int32(nodes.count - 1)
    nodes.append(operand: addend.isFirst ? other : product)
    nodes.append(operand: addend.isFirst ? product : other)
    finish(cell, .apply, values: 1, &nodes)
  }

  @inline(never) private mutating func appendDot(_ cell: Cell, to nodes: inout FlatGraphNodes) {
    let payload = DotPayload(of: cell)
    let hasBias = cell.pointee.left != cell
    let bias = hasBias ? position(of: cell.pointee.left, in: &nodes) : -1
    let first = position(of: payload.weights, in: &nodes), second = position(of: payload.inputs, in: &nodes)
    nodes.append(operand: first)
    nodes.append(operand: second)
    if hasBias { nodes.append(operand: bias) }
    finish(cell, .dot, values: 2 * payload.count - (hasBias ? 0 : 1), &nodes)
  }

  @inline(__always)
  private mutating func finish(_ cell: Cell, _ kind: FlatGraph.Kind, values: Int, _ nodes: inout FlatGraphNodes) {
    nodes.note(cell.pointee.flags)
    nodes.append(kind, cell.operation, cell.pointee.data, values: values)
  }

  @inline(__always) private mutating func position(of cell: Cell, in nodes: inout FlatGraphNodes) -> Int32 {
    let position = positions.entry(of: cell)
    if position.pointee < 0 {
      nodes.note(cell.pointee.flags)
      nodes.append(.leaf, .leaf, cell.pointee.data, values: 1)
      position.pointee = Int32(truncatingIfNeeded: nodes.count)
    }
    return position.pointee - 1
  }

  private mutating func position(of list: DotPayload.List, in nodes: inout FlatGraphNodes) -> Int32 {
    if let known = lists[List(list)], known >= 0 { return known }
    // First all leaves, then the operands, which lie side by side.
    if list.holdsNumbers {
      let first = Int32(nodes.count)
      for number in list.numbers { nodes.append(.leaf, .leaf, number, values: 1) }
      for index in 0..<Int32(list.count) { nodes.append(operand: first + index) }
    } else {
      for element in list.values { _ = position(of: element.cell, in: &nodes) }
      for element in list.values { nodes.append(operand: position(of: element.cell, in: &nodes)) }
    }
    nodes.append(.list, .leaf, 0, values: 0)
    lists[List(list)] = Int32(nodes.count) - 1
    return Int32(nodes.count) - 1
  }
}

/// The tables of a graph, being filled.
private struct FlatGraphNodes {
  private let kinds: NodeTable<FlatGraph.Kind>, operations: NodeTable<Operation>, numbers: NodeTable<Double>
  private let starts, operands: NodeTable<Int32>
  private(set) var count = 0
  private var operandCount = 0, valueCount = 0
  private var assigned: [Int32] = [], chosen: [Int32] = []

  init(count: Int, operands: Int) {
    kinds = NodeTable(unwritten: count)
    operations = NodeTable(unwritten: count)
    numbers = NodeTable(unwritten: count)
    starts = NodeTable(unwritten: count + 1)
    self.operands = NodeTable(unwritten: operands)
    starts[0] = 0
  }

  /// Notes what the flags of the next node's cell say about its number.
  @inline(__always) mutating func note(_ flags: UInt8) {
    if _slowPath(flags & (CellFlag.assigned | CellFlag.chosen) != 0) { noteNumber(flags) }
  }

  @inline(never) private mutating func noteNumber(_ flags: UInt8) {
    if flags & CellFlag.assigned != 0 { assigned.append(Int32(count)) }
    if flags & CellFlag.chosen != 0 { chosen.append(Int32(count)) }
  }

  @inline(__always) mutating func append(operand: Int32) {
    operands[operandCount] = operand
    operandCount &+= 1
  }

  @inline(__always)
  mutating func append(_ kind: FlatGraph.Kind, _ operation: Operation, _ number: Double, values: Int) {
    kinds[count] = kind
    operations[count] = operation
    numbers[count] = number
    count &+= 1
    valueCount &+= values
    starts[count] = Int32(truncatingIfNeeded: operandCount)
  }

  func graph(root: Int32, located: [Int32]) -> FlatGraph {
    assert(count == kinds.count && operandCount == operands.count)
    return FlatGraph(
      kinds: kinds, operations: operations, numbers: numbers, starts: starts, operands: operands, root: root,
      located: located, assigned: assigned, chosen: chosen, valueCount: valueCount)
  }
}

// MARK: - Another order

extension FlatGraph {
  /// The same graph in the order of a walk from the root, operands from left to right: two samples that were computed
  /// alike look alike there, whenever and in whatever order their parts were recorded.
  ///
  /// - Complexity: Linear in the number of nodes and operands.
  package func walked() -> FlatGraph {
    let order = walk()
    let positions = NodeTable<Int32>(repeating: -1, count: count)
    for (position, node) in order.enumerated() { positions[node] = Int32(position) }
    let starts = NodeTable<Int32>(unwritten: count + 1), operands = NodeTable<Int32>(unwritten: self.operands.count)
    var end = 0
    for (position, node) in order.enumerated() {
      starts[position] = Int32(end)
      for index in operandIndices(of: node) {
        operands[end] = positions[self.operands[index]]
        end += 1
      }
    }
    starts[count] = Int32(end)
    return FlatGraph(
      kinds: NodeTable(order.map { kinds[$0] }), operations: NodeTable(order.map { operations[$0] }),
      numbers: NodeTable(order.map { numbers[$0] }), starts: starts, operands: operands, root: positions[root],
      located: located.map { $0 < 0 ? -1 : positions[$0] }, assigned: assigned.map { positions[$0] },
      chosen: chosen.map { positions[$0] }, valueCount: valueCount)
  }

  /// With an explicit stack: recursion would overflow on deep graphs.
  private func walk() -> [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(count)
    let isAppended = NodeTable(repeating: false, count: count)
    // The lowest bit says that the operands have been pushed.
    var stack = [root << 1]
    while let top = stack.popLast() {
      let node = top >> 1
      if isAppended[node] { continue }
      if top & 1 != 0 || kinds[node] == .leaf {
        isAppended[node] = true
        order.append(node)
        continue
      }
      stack.append(top | 1)
      for index in operandIndices(of: node).reversed() where !isAppended[operands[index]] {
        stack.append(operands[index] << 1)
      }
    }
    return order
  }
}
