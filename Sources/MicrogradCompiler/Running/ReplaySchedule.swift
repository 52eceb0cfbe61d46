import MicrogradEngine

/// The order in which a replay computes the nodes of a graph: in *runs* of nodes that have the same operation and do not
/// depend on each other.
///
/// The level of a node is one more than the highest of its operands' levels. Nodes of one level and one operation form
/// a run, which a loop computes without a decision for each node: the gates of a recurrent layer, the components of a
/// system of differential equations, the samples of a batch. A graph without such repetition has runs of one node.
///
/// Numbers lie in *slots*: those of the parameters, then the inputs, then the results of the runs in their order, and at
/// last the constants. What depends on constants alone is one; its number is known from recording.
///
/// Complexity: linear in the number of nodes and operands, about 20 ns for each node.
struct ReplaySchedule {
  /// Nodes of one operation, whose results lie side by side.
  struct Run: BitwiseCopyable {
    let operation: Operation
    let isBinary: Bool
    /// Whether the operands receive a gradient that matters: constants do not need theirs.
    let reachesA: Bool, reachesB: Bool
    let count: Int32
    /// The first of the slots of the operands `a` of all nodes, followed by those of `b`. Of a dot product, which is a run
    /// by itself: its length, the slot of the bias or -1, the slots of the weights and those of the inputs.
    let start: Int32
  }

  let runs: [Run]
  let operands: NodeTable<Int32>
  /// The first slot of the runs' results.
  let firstResult: Int
  /// The first slot of the constants.
  let firstConstant: Int
  let constants: [Double]
  /// The slot of each result that was asked for.
  let results: [Int]

  /// - Parameters:
  ///   - parameters: The nodes of the parameters, whose derivatives are needed; -1 for one that is not in the graph.
  ///   - inputs: The nodes of other leaves that may change.
  ///   - results: The nodes whose numbers are needed.
  init(_ graph: FlatGraph, parameters: [Int32], inputs: [Int32], results: [Int32]) {
    let dependence = Dependence(graph, parameters: parameters, inputs: inputs)
    let order = LevelOrder(graph, dependence)
    firstResult = parameters.count + inputs.count
    firstConstant = firstResult + order.nodes.count
    let slots = Slots(graph, firstConstant: firstConstant)
    for (slot, node) in (parameters + inputs).enumerated() where node >= 0 { slots[node] = Int32(slot) }
    for position in 0..<order.nodes.count { slots[order.nodes[position]] = Int32(firstResult + position) }
    var runs = Runs(graph, dependence, slots)
    runs.append(order)
    self.results = results.map { Int(runs.slots.slot(of: $0)) }
    self.runs = runs.runs
    operands = runs.operands
    constants = runs.slots.constants
  }
}

/// The kinds of leaves that each node depends on.
private struct Dependence {
  static let onInputs: UInt8 = 1, onParameters: UInt8 = 2

  private let bits: NodeTable<UInt8>
  private let reachesB = Operation.allCases.map { $0.parts(of: 1, 1, 1, 1).toB != nil }

  init(_ graph: FlatGraph, parameters: [Int32], inputs: [Int32]) {
    bits = NodeTable(repeating: 0, count: graph.count)
    for node in inputs where node >= 0 { bits[node] = Dependence.onInputs }
    for node in parameters where node >= 0 { bits[node] = Dependence.onInputs | Dependence.onParameters }
    let operands = graph.operands
    reachesB.withUnsafeBufferPointer { reachesB in
      for node in 0..<Int32(graph.count) where !graph.isLeaf(node) {
        let indices = graph.operandIndices(of: node)
        var union: UInt8 = 0
        if graph.isApplied(node) {
          union = bits[operands[indices.lowerBound]]
          if indices.count == 2 {
            let second = bits[operands[indices.upperBound &- 1]]
            union |= reachesB[Int(graph.operations[node].rawValue)] ? second : second & Dependence.onInputs
          }
        } else {
          for index in indices { union |= bits[operands[index]] }
        }
        bits[node] = union
      }
    }
  }

  @inline(__always) func varies(_ node: Int32) -> Bool { bits[node] != 0 }
  @inline(__always) func needsGradient(_ node: Int32) -> Bool { bits[node] & Dependence.onParameters != 0 }
}

/// The computed nodes that vary, by level and within a level by operation, otherwise as they were.
private struct LevelOrder {
  let nodes: NodeTable<Int32>
  let levels: NodeTable<Int32>
  /// By what nodes of a level are told apart: operation, and whose gradient is needed.
  let keys: NodeTable<UInt8>

  init(_ graph: FlatGraph, _ dependence: Dependence) {
    levels = NodeTable(repeating: 0, count: graph.count)
    keys = NodeTable(repeating: 0, count: graph.count)
    var byKey = Counts(256), byLevel = Counts(1024)
    for node in 0..<Int32(graph.count) where dependence.varies(node) && !graph.isLeaf(node) {
      var level: Int32 = 0
      let indices = graph.operandIndices(of: node)
      for index in indices { level = max(level, levels[graph.operands[index]]) }
      if graph.isList(node) {
        levels[node] = level
        continue
      }
      levels[node] = level &+ 1
      let a = dependence.needsGradient(graph.operands[indices.lowerBound])
      let b = dependence.needsGradient(graph.operands[indices.upperBound &- 1])
      keys[node] = graph.operations[node].rawValue << 2 | (a ? 1 : 0) | (b ? 2 : 0)
      byKey.add(Int(keys[node]))
      byLevel.add(Int(level) &+ 1)
    }
    // Two stable passes of a sort by counting.
    let sorted = NodeTable<Int32>(unwritten: byKey.total)
    nodes = NodeTable(unwritten: byKey.total)
    byKey.accumulate()
    byLevel.accumulate()
    for node in 0..<Int32(graph.count) where keys[node] != 0 { sorted[byKey.next(Int(keys[node]))] = node }
    for index in 0..<sorted.count { nodes[byLevel.next(Int(levels[sorted[index]]))] = sorted[index] }
  }
}

/// How often numbers occur, and then where they go when they are sorted.
private struct Counts {
  private var counts: [Int32]
  private(set) var total = 0

  init(_ size: Int) { counts = Array(repeating: 0, count: size) }

  @inline(__always) mutating func add(_ number: Int) {
    while number >= counts.count { counts.append(contentsOf: repeatElement(0, count: counts.count)) }
    counts[number] &+= 1
    total &+= 1
  }

  mutating func accumulate() {
    var sum: Int32 = 0
    for index in counts.indices { (counts[index], sum) = (sum, sum + counts[index]) }
  }

  @inline(__always) mutating func next(_ number: Int) -> Int {
    defer { counts[number] &+= 1 }
    return Int(counts[number])
  }
}

/// The slots of nodes. Constants get theirs when they are used first.
private struct Slots {
  private let graph: FlatGraph
  private let slots: NodeTable<Int32>
  private let firstConstant: Int
  private(set) var constants: [Double] = []

  init(_ graph: FlatGraph, firstConstant: Int) {
    self.graph = graph
    self.firstConstant = firstConstant
    slots = NodeTable(repeating: -1, count: graph.count)
  }

  subscript(node: Int32) -> Int32 {
    get { slots[node] }
    nonmutating set { slots[node] = newValue }
  }

  @inline(__always) mutating func slot(of node: Int32) -> Int32 {
    if _slowPath(slots[node] < 0) { slots[node] = slot(of: graph.numbers[node]) }
    return slots[node]
  }

  mutating func slot(of constant: Double) -> Int32 {
    constants.append(constant)
    return Int32(firstConstant + constants.count - 1)
  }

  func isConstant(_ node: Int32) -> Bool { slots[node] < 0 || slots[node] >= firstConstant }
}

/// The runs of an order.
private struct Runs {
  private let graph: FlatGraph
  private let dependence: Dependence
  var slots: Slots
  private(set) var runs: [ReplaySchedule.Run] = []
  let operands: NodeTable<Int32>
  private var end = 0

  init(_ graph: FlatGraph, _ dependence: Dependence, _ slots: Slots) {
    self.graph = graph
    self.dependence = dependence
    self.slots = slots
    operands = NodeTable(unwritten: Runs.operandCount(graph, dependence))
  }

  private static func operandCount(_ graph: FlatGraph, _ dependence: Dependence) -> Int {
    var count = 0
    for node in 0..<Int32(graph.count) where dependence.varies(node) {
      switch graph.kinds[node] {
      case .leaf, .list: break
      case .apply: count += graph.operandIndices(of: node).count
      case .dot:
        count += 2 + 2 * graph.operandIndices(of: graph.operands[graph.operandIndices(of: node).lowerBound]).count
      }
    }
    return count
  }

  mutating func append(_ order: LevelOrder) {
    var first = 0
    while first < order.nodes.count {
      let node = order.nodes[first], key = order.keys[node], level = order.levels[node]
      if graph.isDot(node) {
        appendDot(node)
        first += 1
        continue
      }
      let arity = graph.operandIndices(of: node).count
      var last = first + 1
      while last < order.nodes.count {
        let other = order.nodes[last]
        guard order.keys[other] == key, order.levels[other] == level, graph.operandIndices(of: other).count == arity
        else { break }
        last += 1
      }
      append(order.nodes, first..<last, arity: arity)
      first = last
    }
  }

  private mutating func append(_ nodes: NodeTable<Int32>, _ range: Range<Int>, arity: Int) {
    let node = nodes[range.lowerBound], indices = graph.operandIndices(of: node)
    let reachesA = dependence.needsGradient(graph.operands[indices.lowerBound])
    let reachesB = arity == 2 && dependence.needsGradient(graph.operands[indices.upperBound - 1])
    runs.append(
      ReplaySchedule.Run(
        operation: graph.operations[node], isBinary: arity == 2, reachesA: reachesA, reachesB: reachesB,
        count: Int32(range.count), start: Int32(end)))
    for operand in 0..<arity { appendOperands(operand, nodes, range) }
  }

  /// Appends the slots of the first or second operands of some nodes. Constants that are all equal share one.
  private mutating func appendOperands(_ operand: Int, _ nodes: NodeTable<Int32>, _ range: Range<Int>) {
    if let constant = commonConstant(operand, nodes, range) {
      let slot = slots.slot(of: constant)
      for _ in range { append(slot) }
    } else {
      for index in range { append(slots.slot(of: self.operand(operand, of: nodes[index]))) }
    }
  }

  @inline(__always) private func operand(_ operand: Int, of node: Int32) -> Int32 {
    graph.operands[Int(graph.starts[node]) &+ operand]
  }

  private func commonConstant(_ operand: Int, _ nodes: NodeTable<Int32>, _ range: Range<Int>) -> Double? {
    let first = self.operand(operand, of: nodes[range.lowerBound])
    guard slots.isConstant(first) else { return nil }
    let number = graph.numbers[first]
    for index in range.dropFirst() {
      let other = self.operand(operand, of: nodes[index])
      guard slots.isConstant(other), graph.numbers[other].bitPattern == number.bitPattern else { return nil }
    }
    return number
  }

  private mutating func appendDot(_ node: Int32) {
    let indices = graph.operandIndices(of: node), start = end
    let weights = graph.operandIndices(of: graph.operands[indices.lowerBound])
    let inputs = graph.operandIndices(of: graph.operands[indices.lowerBound + 1])
    append(Int32(weights.count))
    append(indices.count == 3 ? slots.slot(of: graph.operands[indices.lowerBound + 2]) : -1)
    for index in weights { append(slots.slot(of: graph.operands[index])) }
    for index in inputs { append(slots.slot(of: graph.operands[index])) }
    runs.append(
      ReplaySchedule.Run(
        operation: .dot, isBinary: false, reachesA: dependence.needsGradient(node), reachesB: false, count: 1,
        start: Int32(start)))
  }

  @inline(__always) private mutating func append(_ slot: Int32) {
    operands[end] = slot
    end &+= 1
  }
}

// The engine's own `==` of kinds is a call.
extension FlatGraph {
  @inline(__always) fileprivate func isLeaf(_ node: Int32) -> Bool {
    if case .leaf = kinds[node] { true } else { false }
  }
  @inline(__always) fileprivate func isList(_ node: Int32) -> Bool {
    if case .list = kinds[node] { true } else { false }
  }
  @inline(__always) fileprivate func isDot(_ node: Int32) -> Bool {
    if case .dot = kinds[node] { true } else { false }
  }
  @inline(__always) fileprivate func isApplied(_ node: Int32) -> Bool {
    if case .apply = kinds[node] { true } else { false }
  }

  /// The positions of a node's operands among all operands.
  @inline(__always) func operandIndices(of node: Int32) -> Range<Int> {
    Int(starts[node])..<Int(starts[Int(node) &+ 1])
  }
}
