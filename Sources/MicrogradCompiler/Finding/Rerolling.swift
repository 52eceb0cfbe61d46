import MicrogradEngine

/// The pass `code`: the code of one lane, after checking that it is the code of every lane.
///
/// For each slot, the operands of its first member are compared with those of all others: they must be in the same
/// slots of their own lanes, or the same uniform node, or constants, which become a column of data. Nothing is taken
/// on trust from the earlier passes; a graph that does not match is refused with the reason.
///
/// Complexity: linear in the number of nodes and operands.
struct Rerolling {
  private let sums: FlattenedSums
  private let coloring: Coloring
  private let lanes: Lanes
  private let inputs: InputPositions
  /// The number of samples that have inputs.
  private let declared: Int

  private(set) var ir = IR()
  /// The sample of each lane, where inputs were declared; the lane itself elsewhere.
  private(set) var sampleOfLane: [Int]
  /// The code of each slot, and of each uniform node; pure ones by colour.
  private var codeOfSlot: [IR.ID]
  /// Not of nodes that are pure: those of a colour share their code.
  private var codeOfNode: [Int32: IR.ID] = [:]
  private let codeOfColor: NodeTable<Int32>
  /// The first node of each slot.
  private let firstOfSlot: NodeTable<Int32>
  /// The elements of lists, by slot and by node.
  private var listOfSlot: [Int32: [IR.ID]] = [:]
  private var listOfNode: [Int32: [IR.ID]] = [:]
  /// Columns by their first leaf: several operands may read the same leaves.
  private var columnsByLeaf: [Int32: [(leaves: [Int32], code: IR.ID)]] = [:]

  init(
    _ sums: FlattenedSums, _ coloring: Coloring, _ lanes: Lanes, inputs: InputPositions,
    declared: Int
  ) throws(Refusal) {
    self.sums = sums
    self.coloring = coloring
    self.lanes = lanes
    self.inputs = inputs
    self.declared = declared
    sampleOfLane = declared == 0 ? Array(0..<lanes.laneCount) : Array(repeating: -1, count: lanes.laneCount)
    codeOfSlot = Array(repeating: -1, count: lanes.slotCount)
    codeOfColor = NodeTable(repeating: -1, count: coloring.count)
    firstOfSlot = NodeTable(repeating: -1, count: lanes.slotCount)
    try check()
    for node in 0..<Int32(sums.count) where sums.kinds[node] != .absorbed && sums.kinds[node] != .leaf {
      let slot = lanes.slot(of: node)
      if slot < 0 { try appendUniform(node) } else if firstOfSlot[slot] == node { try rollSlot(slot, like: node) }
    }
    let root = sums.graph.root
    if lanes.isVarying(root) { throw Refusal("the loss itself is computed several times") }
    ir.loss = try uniformOperand(root)
    try assignSamples()
  }

  /// Checks that each lane is one of the samples of the inputs, and each sample one lane, where inputs were declared.
  private mutating func assignSamples() throws(Refusal) {
    guard declared > 0 else { return }
    guard declared == lanes.laneCount, Set(sampleOfLane).count == declared, !sampleOfLane.contains(-1) else {
      throw Refusal("it has \(lanes.laneCount) samples, but not one for each of the \(declared) of the inputs")
    }
  }

  // MARK: Varying nodes

  /// Finds the first node of each slot, and checks that the operands of all others correspond to its operands.
  private func check() throws(Refusal) {
    for node in 0..<Int32(sums.count) {
      let slot = lanes.slot(of: node), lane = lanes.lane(of: node)
      guard slot >= 0 else { continue }
      if firstOfSlot[slot] < 0 { firstOfSlot[slot] = node }
      let start = Int(sums.starts[node]), first = Int(sums.starts[firstOfSlot[slot]])
      for index in 0..<sums.terms(of: node).count {
        let operand = sums.terms[start &+ index].node
        if !corresponds(operand, to: sums.terms[first &+ index].node, in: lane) {
          throw mismatch(index, of: node, in: lane, operand)
        }
      }
    }
  }

  /// Whether an operand in some lane is in the same slot as that of the first lane, or the same for all of them. Constants
  /// become columns.
  @inline(__always) private func corresponds(_ operand: Int32, to first: Int32, in lane: Int32) -> Bool {
    let slot = lanes.slot(of: first)
    if slot >= 0 { return lanes.slot(of: operand) == slot && lanes.lane(of: operand) == lane }
    if operand == first { return true }
    let color = coloring.colors[first]
    return coloring.colors[operand] == color && lanes.slot(of: operand) < 0
      && (coloring.isPure(color) || color == Coloring.constant && sums.kinds[first] == .leaf)
  }

  private func mismatch(_ index: Int, of node: Int32, in lane: Int32, _ operand: Int32) -> Refusal {
    Refusal(
      """
      operand \(index + 1) of \(sums.describe(node)) in sample \(lane + 1) is \(sums.describe(operand)), which \
      does not correspond to the one of the first sample
      """)
  }

  private mutating func rollSlot(_ slot: Int32, like node: Int32) throws(Refusal) {
    var operands: [IR.ID] = []
    let terms = sums.terms(of: node), kind = sums.kinds[node]
    // The lists of a dot product have no code of their own.
    for index in kind == .dot ? terms.dropFirst(2) : terms {
      operands.append(try operand(index - terms.lowerBound, of: slot, like: sums.terms[index].node))
    }
    switch kind {
    case .list: listOfSlot[slot] = operands
    case .dot: codeOfSlot[Int(slot)] = dot(node, bias: operands.first)
    default: codeOfSlot[Int(slot)] = code(of: node, operands)
    }
  }

  /// The operand with an index of every member of a slot, given the one of its first member.
  private mutating func operand(_ index: Int, of slot: Int32, like first: Int32) throws(Refusal) -> IR.ID {
    if sums.kinds[first] == .leaf && coloring.colors[first] == Coloring.constant {
      return try column(index, of: slot, like: first)
    }
    return lanes.isVarying(first) ? codeOfSlot[Int(lanes.slot(of: first))] : try uniformOperand(first)
  }

  // MARK: Data

  private mutating func column(_ index: Int, of slot: Int32, like first: Int32) throws(Refusal) -> IR.ID {
    let leaves = lanes.members(of: slot).map { member in
      member < 0 ? first : sums.terms[Int(sums.starts[member]) + index].node
    }
    for known in columnsByLeaf[first] ?? [] where known.leaves == leaves { return known.code }
    let numbers = leaves.map { sums.graph.numbers[$0] }
    let code: IR.ID
    let members = Array(lanes.members(of: slot))
    if let feature = try feature(of: leaves, members: members) {
      code = appendColumn(Column(source: .input(feature), numbers: numbers), members: members)
    } else if numbers.allSatisfy({ $0.bitPattern == numbers[0].bitPattern }) {
      code = ir.constant(numbers[0])
    } else {
      code = appendColumn(Column(source: .recorded, numbers: numbers))
    }
    columnsByLeaf[first, default: []].append((leaves, code))
    return code
  }

  /// Equal columns are one, and an input is the same column wherever it is used.
  private mutating func appendColumn(_ column: Column, members: [Int32] = []) -> IR.ID {
    let known = ir.columns.firstIndex {
      if case .input = column.source { return $0.source == column.source }
      return $0.source == column.source && $0.numbers.hasBits(of: column.numbers)
    }
    if let known {
      // Lanes without the node that used the column first have their numbers from here.
      for (lane, member) in members.enumerated() where member >= 0 {
        ir.columns[known].numbers[lane] = column.numbers[lane]
      }
      return ir.intern(.column(known))
    }
    ir.columns.append(column)
    return ir.intern(.column(ir.columns.count - 1))
  }

  /// Returns the feature of the user's inputs that a column holds; nil if it holds none.
  private mutating func feature(of leaves: [Int32], members: [Int32]) throws(Refusal) -> Int? {
    guard let feature = leaves.firstNonNil({ inputs[$0]?.feature }) else { return nil }
    for (lane, leaf) in leaves.enumerated() where members[lane] >= 0 {
      guard let input = inputs[leaf], input.feature == feature else {
        throw Refusal("input \(feature + 1) is another input, or none, in sample \(lane + 1)")
      }
      guard sampleOfLane[lane] == -1 || sampleOfLane[lane] == input.sample else {
        throw Refusal(
          "two samples of the inputs are used together: \(sampleOfLane[lane] + 1) and \(input.sample + 1)")
      }
      sampleOfLane[lane] = input.sample
    }
    return feature
  }

  // MARK: Uniform nodes

  private mutating func appendUniform(_ node: Int32) throws(Refusal) {
    let color = coloring.colors[node], isPure = coloring.isPure(color), terms = sums.terms(of: node)
    if isPure && codeOfColor[color] >= 0 { return }
    switch sums.kinds[node] {
    case .list:
      listOfNode[node] = try uniformOperands(terms)
    case .dot:
      // The two lists have no code of their own.
      let bias = try uniformOperands(terms.dropFirst(2)).first
      remember(dot(node, bias: bias), of: node)
    case .sum:
      remember(try uniformSum(node), of: node)
    default:
      remember(code(of: node, try uniformOperands(terms)), of: node)
    }
  }

  private mutating func remember(_ code: IR.ID, of node: Int32) {
    let color = coloring.colors[node]
    if coloring.isPure(color) { codeOfColor[color] = Int32(code) } else { codeOfNode[node] = code }
  }

  private mutating func uniformOperands(_ terms: Range<Int>) throws(Refusal) -> [IR.ID] {
    var operands: [IR.ID] = []
    for index in terms { operands.append(try uniformOperand(sums.terms[index].node)) }
    return operands
  }

  private mutating func uniformOperand(_ node: Int32) throws(Refusal) -> IR.ID {
    let color = coloring.colors[node]
    if coloring.isPure(color) && codeOfColor[color] >= 0 { return IR.ID(codeOfColor[color]) }
    if let known = codeOfNode[node] { return known }
    guard sums.kinds[node] == .leaf else {
      throw Refusal("\(sums.describe(node)) of one sample is used outside of the samples")
    }
    guard color != Coloring.constant else { return try uniformConstant(node) }
    let code = ir.intern(.parameter(Int(color) - 1))
    remember(code, of: node)
    return code
  }

  private mutating func uniformConstant(_ node: Int32) throws(Refusal) -> IR.ID {
    guard inputs[node] == nil else {
      throw Refusal("an input, \(sums.describe(node)), is used outside of the samples, or by all of them")
    }
    return ir.constant(sums.graph.numbers[node])
  }

  private mutating func uniformSum(_ node: Int32) throws(Refusal) -> IR.ID {
    let nodes = sums.terms(of: node).map { sums.terms[$0].node }
    if nodes.contains(where: lanes.isVarying) { return try reduction(node) }
    return code(of: node, try uniformOperands(sums.terms(of: node)))
  }

  /// Reduces the varying terms of a sum over the lanes, in any order.
  private mutating func reduction(_ node: Int32) throws(Refusal) -> IR.ID {
    var terms: [IR.Term] = [], weights: [Int32: [Double]] = [:], order: [Int32] = []
    for index in sums.terms(of: node) {
      let term = sums.terms[index], sign = term.isNegative ? -1.0 : 1.0
      if lanes.isVarying(term.node) {
        let slot = lanes.slot(of: term.node)
        if weights[slot] == nil { order.append(slot) }
        weights[slot, default: Array(repeating: 0, count: lanes.laneCount)][Int(lanes.lane(of: term.node))] +=
          sign
      } else {
        terms.append(IR.Term(sign, try uniformOperand(term.node)))
      }
    }
    for slot in order {
      let weights = weights[slot] ?? [], first = weights[0]
      let isWhole = first != 0 && weights.allSatisfy { $0 == first }
      let row =
        isWhole ? ir.intern(.laneMask) : appendColumn(Column(source: .slotMask, numbers: weights))
      terms.append(
        IR.Term(1, ir.reduce(isWhole ? first : 1, weights: row, codeOfSlot[Int(slot)])))
    }
    return ir.sum(inAnyOrder: terms)
  }

  // MARK: Code

  private mutating func code(of node: Int32, _ operands: [IR.ID]) -> IR.ID {
    if sums.kinds[node] == .sum { return sums.code(of: node, operands, in: &ir) }
    return ir.apply(sums.graph.operations[node], to: operands)
  }

  private mutating func dot(_ node: Int32, bias: IR.ID?) -> IR.ID {
    let index = sums.terms(of: node).lowerBound
    return ir.dot(elements(of: sums.terms[index].node), elements(of: sums.terms[index + 1].node), bias: bias)
  }

  private func elements(of list: Int32) -> [IR.ID] {
    listOfNode[list] ?? listOfSlot[lanes.slot(of: list)] ?? []
  }
}

extension Sequence {
  /// The first result that is not nil.
  fileprivate func firstNonNil<T>(_ transform: (Element) -> T?) -> T? {
    for element in self { if let result = transform(element) { return result } }
    return nil
  }
}

extension [Double] {
  /// Whether the numbers are those of another array, bit by bit.
  fileprivate func hasBits(of other: [Double]) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.bitPattern == $1.bitPattern }
  }
}
