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
  private var codeOfNode: [Int32: IR.ID] = [:]
  private var codeOfColor: [Int32: IR.ID] = [:]
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
    for node in 0..<Int32(sums.count) where sums.kinds[node] != .absorbed && sums.kinds[node] != .leaf {
      if lanes.isVarying(node) { try rollSlot(of: node) } else { try appendUniform(node) }
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

  private mutating func rollSlot(of node: Int32) throws(Refusal) {
    let slot = lanes.positions[node].slot
    guard codeOfSlot[Int(slot)] < 0 && listOfSlot[slot] == nil else { return }
    var operands: [IR.ID] = []
    let terms = sums.terms(of: node), kind = sums.kinds[node]
    for index in terms {
      if kind == .dot && index - terms.lowerBound < 2 {
        try check(index - terms.lowerBound, of: slot, against: sums.terms[index].node)
      } else {
        operands.append(try operand(index - terms.lowerBound, of: slot, like: sums.terms[index].node))
      }
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
    try check(index, of: slot, against: first)
    return lanes.isVarying(first) ? codeOfSlot[Int(lanes.positions[first].slot)] : try uniformOperand(first)
  }

  /// Checks that an operand is in the same slot of each lane, or the same for all of them.
  private func check(_ index: Int, of slot: Int32, against first: Int32) throws(Refusal) {
    let isVarying = lanes.isVarying(first), slotOfOperand = lanes.positions[first].slot
    let color = coloring.colors[first], isPure = coloring.isPure[Int(color)]
    var lane: Int32 = -1
    for member in lanes.members(of: slot) {
      lane += 1
      guard member >= 0 else { continue }
      let operand = sums.terms[Int(sums.starts[member]) + index].node
      let matches =
        isVarying
        ? lanes.positions[operand] == Lanes.Position(slot: slotOfOperand, lane: lane)
        : operand == first || isPure && coloring.colors[operand] == color
      guard matches else {
        throw Refusal(
          """
          operand \(index + 1) of \(sums.describe(member)) in sample \(lane + 1) is \(sums.describe(operand)), which \
          does not correspond to the one of the first sample
          """)
      }
    }
  }

  // MARK: Data

  private mutating func column(_ index: Int, of slot: Int32, like first: Int32) throws(Refusal) -> IR.ID {
    let leaves = lanes.members(of: slot).map { member in
      member < 0 ? first : sums.terms[Int(sums.starts[member]) + index].node
    }
    for known in columnsByLeaf[first] ?? [] where known.leaves == leaves { return known.code }
    let numbers = leaves.map { sums.graph.numbers[Int($0)] }
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
    let bits = column.numbers.map(\.bitPattern)
    let known = ir.columns.firstIndex {
      if case .input = column.source { return $0.source == column.source }
      return $0.source == column.source && $0.numbers.map(\.bitPattern) == bits
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
    let color = coloring.colors[node], isPure = coloring.isPure[Int(color)]
    if isPure, let known = codeOfColor[color] {
      codeOfNode[node] = known
      return
    }
    switch sums.kinds[node] {
    case .list:
      var elements: [IR.ID] = []
      for index in sums.terms(of: node) { elements.append(try uniformOperand(sums.terms[index].node)) }
      listOfNode[node] = elements
      return
    case .dot:
      let terms = sums.terms(of: node)
      let bias = terms.count > 2 ? sums.terms[terms.upperBound - 1].node : nil
      codeOfNode[node] = dot(node, bias: try bias.map { node throws(Refusal) in try uniformOperand(node) })
    case .sum:
      codeOfNode[node] = try uniformSum(node)
    default:
      var operands: [IR.ID] = []
      for index in sums.terms(of: node) { operands.append(try uniformOperand(sums.terms[index].node)) }
      codeOfNode[node] = code(of: node, operands)
    }
    if isPure { codeOfColor[color] = codeOfNode[node] }
  }

  private mutating func uniformOperand(_ node: Int32) throws(Refusal) -> IR.ID {
    if let known = codeOfNode[node] { return known }
    guard sums.kinds[node] == .leaf else {
      throw Refusal("\(sums.describe(node)) of one sample is used outside of the samples")
    }
    guard inputs[node] == nil || coloring.colors[node] != Coloring.constant else {
      throw Refusal("an input, \(sums.describe(node)), is used outside of the samples, or by all of them")
    }
    let color = coloring.colors[node]
    let code =
      color == Coloring.constant
      ? ir.constant(sums.graph.numbers[Int(node)]) : ir.intern(.parameter(Int(color) - 1))
    codeOfNode[node] = code
    return code
  }

  private mutating func uniformSum(_ node: Int32) throws(Refusal) -> IR.ID {
    let nodes = sums.terms(of: node).map { sums.terms[$0].node }
    if nodes.contains(where: lanes.isVarying) { return try reduction(node) }
    var operands: [IR.ID] = []
    for node in nodes { operands.append(try uniformOperand(node)) }
    return code(of: node, operands)
  }

  /// Reduces the varying terms of a sum over the lanes, in any order.
  private mutating func reduction(_ node: Int32) throws(Refusal) -> IR.ID {
    var terms: [IR.Term] = [], weights: [Int32: [Double]] = [:], order: [Int32] = []
    for index in sums.terms(of: node) {
      let term = sums.terms[index], sign = term.isNegative ? -1.0 : 1.0
      if lanes.isVarying(term.node) {
        let slot = lanes.positions[term.node].slot
        if weights[slot] == nil { order.append(slot) }
        weights[slot, default: Array(repeating: 0, count: lanes.laneCount)][Int(lanes.positions[term.node].lane)] +=
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
    return ir.apply(sums.graph.operations[Int(node)], to: operands)
  }

  private mutating func dot(_ node: Int32, bias: IR.ID?) -> IR.ID {
    let index = sums.terms(of: node).lowerBound
    return ir.dot(elements(of: sums.terms[index].node), elements(of: sums.terms[index + 1].node), bias: bias)
  }

  private func elements(of list: Int32) -> [IR.ID] {
    listOfNode[list] ?? listOfSlot[lanes.positions[list].slot] ?? []
  }
}

extension Sequence {
  /// The first result that is not nil.
  fileprivate func firstNonNil<T>(_ transform: (Element) -> T?) -> T? {
    for element in self { if let result = transform(element) { return result } }
    return nil
  }
}
