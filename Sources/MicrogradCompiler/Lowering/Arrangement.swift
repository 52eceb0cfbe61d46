import MicrogradEngine

/// An order of nodes in which those that do the same follow each other, and rows placed alike: part of the pass `instructions`
/// for code in which a layer is applied at several positions.
///
/// The operations between two layers are repeated at each position, and mostly in each head or feature. Nodes are sorted by the
/// number of layers before them, and then by how far they are from the next layer. Those of one such step that are of the
/// same kind, and whose operands lie in the same regions, are sorted by the places of these operands, and their results
/// placed in this order. Then addresses advance by constant steps, and `RowJoining` finds few instructions for many rows.
///
/// Complexity: linear in the number of operands, but for the sorting.
struct Arrangement {
  /// The place of each node in the order.
  private(set) var places: [Int]

  private let ir: IR
  /// The parameters whose gradient a node is.
  private let gradientOf: [IR.ID: Int]

  /// Places the rows that are in no list as well.
  init(_ ir: IR, levels: [Int], _ placement: inout Placement) {
    self.ir = ir
    places = Array(repeating: -1, count: ir.kinds.count)
    gradientOf = Dictionary(
      ir.gradients.enumerated().compactMap { index, id in id.map { ($0, index) } }, uniquingKeysWith: min)
    var next = 0
    for step in Arrangement.steps(of: ir, levels) {
      let groups = groups(of: step, placement).map { sorted($0, placement) }
      placeOperands(of: groups, &placement)
      placeResults(of: groups, &placement)
      for id in groups.joined() {
        places[id] = next
        next += 1
      }
    }
    // Columns that are gradients as they are, and that no node uses.
    placement.placeOthers()
  }

  // MARK: Steps

  /// Lists of nodes that do not depend on each other, each list after those that it depends on.
  private static func steps(of ir: IR, _ levels: [Int]) -> [[IR.ID]] {
    let uses = ir.useCounts()
    var stages: [Int] = [], isFirst: [Bool] = [], distances = [Int](repeating: 0, count: ir.kinds.count)
    for kind in ir.kinds {
      var stage = 0, hasOnlyRows = true
      IR.forEachOperand(of: kind) { stage = max(stage, $0 < 0 ? 0 : stages[$0]) }
      IR.forEachOperand(of: kind) { operand in
        guard operand >= 0, stages[operand] == stage else { return }
        if case .row = ir.kinds[operand] { return }
        hasOnlyRows = false
      }
      stages.append(isProduct(kind) ? stage + 1 : stage)
      isFirst.append(hasOnlyRows)
    }
    for id in ir.kinds.indices.reversed() where uses[id] > 0 {
      IR.forEachOperand(of: ir.kinds[id]) { operand in
        guard operand >= 0, levels[operand] == levels[id], stages[operand] == stages[id] else { return }
        distances[operand] = max(distances[operand], distances[id] + 1)
      }
    }
    // The layer comes before everything else of its stage, then what needs nothing but its rows.
    func key(_ id: IR.ID) -> (Int, Int, Int, Int) {
      let rank =
        if isProduct(ir.kinds[id]) { 0 } else if case .row = ir.kinds[id] { 1 } else { isFirst[id] ? 2 : 3 }
      return (levels[id], stages[id], rank, rank == 3 ? -distances[id] : 0)
    }
    let order = ir.kinds.indices.filter { uses[$0] > 0 }.map { (key: key($0), id: $0) }.sorted {
      $0.key == $1.key ? $0.id < $1.id : $0.key < $1.key
    }
    var steps: [[IR.ID]] = []
    for (index, node) in order.enumerated() {
      if index > 0, order[index - 1].key == node.key {
        steps[steps.count - 1].append(node.id)
      } else {
        steps.append([node.id])
      }
    }
    return steps
  }

  private static func isProduct(_ kind: IR.Kind) -> Bool {
    switch kind {
    case .dense, .denseInputs: true
    default: false
    }
  }

  // MARK: Groups

  /// Nodes of one kind, with operands in the same regions.
  private struct Signature: Hashable {
    let kind: IR.Kind
    var regions: [Int]
  }

  private func groups(of step: [IR.ID], _ placement: Placement) -> [[IR.ID]] {
    var indices: [Signature: Int] = [:], groups: [[IR.ID]] = []
    for id in step {
      let kind = ir.kinds[id]
      var signature = Signature(kind: kind.renamed { _ in 0 }, regions: [region(id, placement)])
      IR.forEachOperand(of: kind) { if $0 >= 0 { signature.regions.append(region($0, placement)) } }
      if let index = indices[signature] {
        groups[index].append(id)
      } else {
        indices[signature] = groups.count
        groups.append([id])
      }
    }
    return groups
  }

  private func region(_ id: IR.ID, _ placement: Placement) -> Int {
    if case .row(let region, _)? = placement.locations[placement.resolved(id)] { return region }
    if ir.isLane[id] { return -1 }
    if case .parameter = ir.kinds[id] { return -2 }
    return -3
  }

  private func operands(of kind: IR.Kind) -> [IR.ID] {
    var operands: [IR.ID] = []
    IR.forEachOperand(of: kind) { if $0 >= 0 { operands.append($0) } }
    return operands
  }

  /// Sorted by the places of the operands: of the first one that is another one for each node; if there is none, of all,
  /// those that were recorded last varying fastest, as the later positions of a sequence do.
  private func sorted(_ group: [IR.ID], _ placement: Placement) -> [IR.ID] {
    guard group.count > 1 else { return group }
    let lists = group.map { operands(of: ir.kinds[$0]) }, slots = lists[0].indices
    var keys = lists.map { list in list.map { index(of: $0, placement) } }
    if let slot = slots.first(where: { slot in Set(keys.map { $0[slot] }).count == group.count }) {
      keys = keys.map { [$0[slot]] }
    } else {
      let order = slots.map { slot in (lists.reduce(0) { $0 + $1[slot] }, slot) }.sorted { $0 < $1 }
      keys = keys.map { key in order.map { key[$0.1] } }
    }
    for (index, id) in group.enumerated() { keys[index].insert(gradientOf[id] ?? -1, at: 0) }
    return group.indices.sorted {
      keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
    }.map { group[$0] }
  }

  /// Gives columns that have no place yet one, operand by operand.
  private func placeOperands(of groups: [[IR.ID]], _ placement: inout Placement) {
    for group in groups {
      let lists = group.map { operands(of: ir.kinds[$0]) }
      for slot in lists[0].indices {
        for list in lists where ir.isLane[list[slot]] { _ = placement.location(of: list[slot]) }
      }
    }
  }

  /// Places the results of each operation in one region: of one group in its order, of several in the order of the code.
  private func placeResults(of groups: [[IR.ID]], _ placement: inout Placement) {
    var regions: [IR.Kind: [[IR.ID]]] = [:], order: [IR.Kind] = []
    for group in groups where ir.isLane[group[0]] {
      let operation = ir.kinds[group[0]].operation
      if regions[operation] == nil { order.append(operation) }
      regions[operation, default: []].append(group)
    }
    for operation in order {
      let groups = regions[operation]!
      placement.placeInOrder(groups.count == 1 ? groups[0] : groups.flatMap { $0 }.sorted())
    }
  }

  /// The place within its region, or among the data or parameters.
  private func index(of id: IR.ID, _ placement: Placement) -> Int {
    switch placement.locations[placement.resolved(id)] {
    case .row(_, let index)?, .data(let index)?: return index
    case nil:
      switch ir.kinds[id] {
      case .parameter(let index), .column(let index): return index
      default: return 0
      }
    }
  }
}

extension IR.Kind {
  /// The operation alone, whatever it is applied to, and to however much.
  fileprivate var operation: IR.Kind {
    switch self {
    case .sum: .sum([], constant: IR.Number(0))
    case .maximum: .maximum([])
    default: renamed { _ in 0 }
    }
  }
}
