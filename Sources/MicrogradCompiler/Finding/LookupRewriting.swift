import MicrogradEngine

/// Samples that differ in which parameters they use, and how a program can run over them all the same.
///
/// Complexity: nearly linear in the number of nodes and operands.
struct Lookups {
  /// The same graph with lookups as products: where samples use different parameters, each has the product of a table of
  /// parameters with numbers of which one is 1 and the others are 0. Then all samples are computed alike.
  ///
  /// Nil if the tables would make the graph more than twice as large.
  let rewritten: FlatGraph?
  /// The reason, if the graph must be refused.
  let refusal: Refusal

  /// Returns nil if there are no such samples.
  init?(_ graph: FlatGraph, parameters: [Int32]) {
    guard let alignment = SampleAlignment(graph, parameters: parameters), !alignment.lookups.isEmpty else {
      return nil
    }
    refusal = alignment.refusal
    var rewriting = LookupRewriting(alignment)
    rewritten = rewriting.cost <= graph.count ? rewriting.rewritten() : nil
  }
}

extension SampleAlignment {
  /// The reason why a program cannot run over samples that differ in their parameters.
  fileprivate var refusal: Refusal {
    let pairs = lookups.lazy.filter { if case .values = $0.kind { false } else { true } }.flatMap {
      leaves(of: $0.nodes)
    }
    .compactMap { leaves in leaves.first { $0 != leaves[0] }.map { (leaves[0], $0) } }
    let example = pairs.first { parameterOfNode[$0.0] >= 0 }.map {
      ", such as parameters \(parameterOfNode[$0.0] + 1) and \(parameterOfNode[$0.1] + 1)"
    }
    return Refusal(
      """
      its samples differ in which parameters they use\(example ?? ""): record the loss of one sample, with the lookup as a \
      product with a one-hot input, such as embedding(oneHot:)
      """)
  }
}

/// Writes a graph anew with lookups as products.
private struct LookupRewriting {
  /// A value that is looked up: which one of several it is in each sample.
  private struct Choice: Hashable {
    /// The table of parameters; nil for a value of the sample.
    let table: Int?
    /// The slots of the values of the sample.
    let slots: [Int32]
    let pattern: Int
  }
  /// The positions that samples choose, by number.
  private struct Patterns {
    private var numbers: [[Int]: Int] = [:]
    /// Of each pattern, the number of values to choose from, and the position chosen in each sample.
    private(set) var list: [(width: Int, positions: [Int])] = []

    /// - Parameter kind: Tells patterns apart that must not be taken for each other.
    mutating func number(of positions: [Int], width: Int, kind: [Int]) -> Int {
      let key = kind + [width] + positions
      if let known = numbers[key] { return known }
      numbers[key] = list.count
      list.append((width, positions))
      return list.count - 1
    }
  }
  private struct Place: Hashable { let pattern, sample: Int }
  private struct ChoiceOfSample: Hashable {
    let choice: Choice
    let sample: Int
  }

  private let alignment: SampleAlignment
  private let graph: FlatGraph
  /// Parameters that are looked up in the same place, in their order.
  private var tables: [[Int32]] = []
  /// The table of a parameter, and its position there.
  private var places: [Int32: (table: Int, position: Int)] = [:]
  private var patterns = Patterns()
  /// The choices of each lookup, one for each element of a list; nil where samples do not differ, or in numbers alone.
  private var choices: [[Choice?]] = []
  private var lookupOfUse: [SampleAlignment.Use: (lookup: Int, sample: Int)] = [:]

  private var new = FlatGraphTables()
  private let names: NodeTable<Int32>
  private var listOfTable: [Int32] = []
  private var masks: [Place: Int32] = [:]
  private var chosen: [ChoiceOfSample: Int32] = [:]

  init(_ alignment: SampleAlignment) {
    self.alignment = alignment
    graph = alignment.graph
    names = NodeTable(repeating: -1, count: graph.count)
    makeTables()
    for (index, lookup) in alignment.lookups.enumerated() {
      choices.append(makeChoices(lookup))
      for (sample, use) in lookup.uses.enumerated() { lookupOfUse[use] = (index, sample) }
    }
  }

  /// The number of nodes that come in addition.
  var cost: Int {
    let masks = patterns.list.reduce(0) { $0 + ($1.width + 1) * $1.positions.count }
    return Set(choices.joined().compactMap { $0 }).reduce(masks) { $0 + patterns.list[$1.pattern].positions.count }
  }

  private func isLookedUp(_ leaves: [Int32]) -> Bool {
    alignment.parameterOfNode[leaves[0]] >= 0 && leaves.contains { $0 != leaves[0] }
  }

  /// Parameters that are looked up in one place belong to one table, and so do those of two places that have one in common.
  private mutating func makeTables() {
    var parents: [Int32: Int32] = [:]
    func root(_ node: Int32) -> Int32 {
      var node = node
      while let parent = parents[node], parent != node { node = parent }
      return node
    }
    for lookup in alignment.lookups {
      if case .values = lookup.kind { continue }
      for leaves in alignment.leaves(of: lookup.nodes) where isLookedUp(leaves) {
        for leaf in leaves {
          let first = root(leaves[0]), other = root(leaf)
          parents[max(first, other)] = min(first, other)
          parents[min(first, other)] = min(first, other)
        }
      }
    }
    let parameters = parents.keys.sorted { alignment.parameterOfNode[$0] < alignment.parameterOfNode[$1] }
    var tableOfRoot: [Int32: Int] = [:]
    for parameter in parameters {
      let root = root(parameter)
      if tableOfRoot[root] == nil {
        tableOfRoot[root] = tables.count
        tables.append([])
      }
      let table = tableOfRoot[root]!
      places[parameter] = (table, tables[table].count)
      tables[table].append(parameter)
    }
  }

  private mutating func makeChoices(_ lookup: SampleAlignment.Lookup) -> [Choice?] {
    if case .values(let slots) = lookup.kind {
      let positions = lookup.nodes.map { slots.firstIndex(of: alignment.slotOfNode[$0])! }
      let pattern = patterns.number(of: positions, width: slots.count, kind: [lookup.shape, Int(slots[0])])
      return [Choice(table: nil, slots: slots, pattern: pattern)]
    }
    var choices: [Choice?] = []
    for leaves in alignment.leaves(of: lookup.nodes) {
      guard isLookedUp(leaves) else {
        choices.append(nil)
        continue
      }
      let found = leaves.map { places[$0]! }, table = found[0].table
      let pattern = patterns.number(of: found.map(\.position), width: tables[table].count, kind: [lookup.shape, -1])
      choices.append(Choice(table: table, slots: [], pattern: pattern))
    }
    return choices
  }

  // MARK: Writing

  /// Returns nil if a value is looked up before all that it may be are computed.
  mutating func rewritten() -> FlatGraph? {
    for table in tables {
      for node in table { names[node] = new.append(.leaf, graph.numbers[node]) }
      listOfTable.append(new.append(.list, operands: table.map { names[$0] }))
    }
    let isNeeded = neededNodes()
    for node in 0..<Int32(graph.count) where isNeeded[node] && names[node] < 0 {
      var operands: [Int32] = []
      for use in graph.operandIndices(of: node) {
        let name = lookupOfUse[use].map { result(of: $0.lookup, in: $0.sample) } ?? names[graph.operands[use]]
        guard name >= 0 else { return nil }
        operands.append(name)
      }
      names[node] = new.append(graph.kinds[node], graph.operations[node], graph.numbers[node], operands: operands)
    }
    return new.graph(like: graph, names)
  }

  /// The nodes that the loss still needs.
  private func neededNodes() -> NodeTable<Bool> {
    let isNeeded = NodeTable(repeating: false, count: graph.count)
    isNeeded[graph.root] = true
    for node in (0..<Int32(graph.count)).reversed() where isNeeded[node] {
      for use in graph.operandIndices(of: node) {
        guard let (index, sample) = lookupOfUse[use] else {
          isNeeded[graph.operands[use]] = true
          continue
        }
        let lookup = alignment.lookups[index]
        switch lookup.kind {
        case .parameters: break
        case .list: for leaf in graph.operands(of: lookup.nodes[sample]) { isNeeded[leaf] = true }
        case .values(let slots): for slot in slots { isNeeded[alignment.slots[Int(slot)][sample]] = true }
        }
      }
    }
    return isNeeded
  }

  /// Writes what a sample looks up; returns -1 if that cannot be written yet.
  private mutating func result(of lookup: Int, in sample: Int) -> Int32 {
    let choices = choices[lookup], node = alignment.lookups[lookup].nodes[sample]
    guard graph.kinds[node] == .list else { return product(choices[0]!, sample, graph.numbers[node]) }
    let operands = zip(graph.operands(of: node), choices).map { leaf, choice in
      choice.map { product($0, sample, graph.numbers[leaf]) } ?? names[leaf]
    }
    return operands.contains(-1) ? -1 : new.append(.list, operands: operands)
  }

  /// The product of a table, or of values of the sample, with a mask.
  private mutating func product(_ choice: Choice, _ sample: Int, _ number: Double) -> Int32 {
    let key = ChoiceOfSample(choice: choice, sample: sample)
    if let known = chosen[key] { return known }
    if let table = choice.table {
      let mask = mask(choice.pattern, sample, tag: [])
      chosen[key] = new.append(.dot, .dot, number, operands: [listOfTable[table], mask])
    } else {
      let values = choice.slots.map { names[alignment.slots[Int($0)][sample]] }
      guard !values.contains(-1) else { return -1 }
      // Samples of another shape may choose among as many values somewhere else. The product of 0 and a value tells the masks
      // apart; as any product with 0, it is gone from the code.
      let zero = new.append(.leaf, 0), list = new.append(.list, operands: values + [zero])
      let mask = mask(choice.pattern, sample, tag: [values[0]])
      chosen[key] = new.append(.dot, .dot, number, operands: [list, mask])
    }
    return chosen[key]!
  }

  private mutating func mask(_ pattern: Int, _ sample: Int, tag: [Int32]) -> Int32 {
    let place = Place(pattern: pattern, sample: sample)
    if let known = masks[place] { return known }
    let (width, positions) = patterns.list[pattern]
    let used = Set(positions)
    var unusedCount = 0
    let numbers = (0..<width).map { row in
      if !used.contains(row) { unusedCount += 1 }
      // Rows that no sample chooses stay, and stay apart, by the signs of their zeros: all lookups in a table have the same rows,
      // and are one layer.
      let isNegative = !used.contains(row) && sample < 63 && unusedCount >> sample & 1 == 1
      return new.append(.leaf, row == positions[sample] ? 1 : isNegative ? -0.0 : 0)
    }
    masks[place] = new.append(.list, operands: numbers + tag)
    return masks[place]!
  }
}

/// The tables of a graph that is being written.
private struct FlatGraphTables {
  private var kinds: [FlatGraph.Kind] = []
  private var operations: [Operation] = []
  private var numbers: [Double] = []
  private var starts: [Int32] = [0]
  private var operands: [Int32] = []

  mutating func append(
    _ kind: FlatGraph.Kind, _ operation: Operation = .leaf, _ number: Double = 0, operands: [Int32] = []
  ) -> Int32 {
    kinds.append(kind)
    operations.append(operation)
    numbers.append(number)
    self.operands += operands
    starts.append(Int32(self.operands.count))
    return Int32(kinds.count - 1)
  }

  mutating func append(_ kind: FlatGraph.Kind, _ number: Double) -> Int32 { append(kind, .leaf, number) }

  /// - Parameter names: The new nodes of those of the original.
  func graph(like original: FlatGraph, _ names: NodeTable<Int32>) -> FlatGraph {
    FlatGraph(
      kinds: NodeTable(kinds), operations: NodeTable(operations), numbers: NodeTable(numbers),
      starts: NodeTable(starts),
      operands: NodeTable(operands), root: names[original.root],
      located: original.located.map { $0 < 0 ? -1 : names[$0] }, assigned: [], chosen: [],
      valueCount: original.valueCount)
  }
}
