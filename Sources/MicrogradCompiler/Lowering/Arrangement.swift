import MicrogradEngine

/// An order of nodes in which those that do the same follow each other, and rows placed alike: part of the pass `instructions`
/// for code in which a layer is applied at several positions.
///
/// What happens between two layers happens at each position, and mostly in each head or feature. Nodes are sorted by the
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
      for group in groups(of: step, placement) {
        for id in sorted(group, &placement) {
          places[id] = next
          next += 1
        }
      }
    }
  }

  // MARK: Steps

  /// Lists of nodes that do not depend on each other, each list after those that it depends on.
  private static func steps(of ir: IR, _ levels: [Int]) -> [[IR.ID]] {
    let uses = ir.useCounts()
    var stages: [Int] = [], distances = [Int](repeating: 0, count: ir.kinds.count)
    for kind in ir.kinds {
      var stage = 0
      IR.forEachOperand(of: kind) { stage = max(stage, $0 < 0 ? 0 : stages[$0]) }
      stages.append(isProduct(kind) ? stage + 1 : stage)
    }
    for id in ir.kinds.indices.reversed() where uses[id] > 0 {
      IR.forEachOperand(of: ir.kinds[id]) { operand in
        guard operand >= 0, levels[operand] == levels[id], stages[operand] == stages[id] else { return }
        distances[operand] = max(distances[operand], distances[id] + 1)
      }
    }
    // The layer comes before everything else of its stage.
    func key(_ id: IR.ID) -> (Int, Int, Int, Int) {
      (levels[id], stages[id], isProduct(ir.kinds[id]) ? 0 : 1, isProduct(ir.kinds[id]) ? 0 : -distances[id])
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
    let regions: [Int]
  }

  private func groups(of step: [IR.ID], _ placement: Placement) -> [[IR.ID]] {
    var indices: [Signature: Int] = [:], groups: [[IR.ID]] = []
    for id in step {
      let kind = ir.kinds[id]
      let regions = [region(id, placement)] + operands(of: kind).map { region($0, placement) }
      let signature = Signature(kind: kind.renamed { _ in 0 }, regions: regions)
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

  private func operands(of kind: IR.Kind) -> [IR.ID] { IR.operands(of: kind).filter { $0 >= 0 } }

  private func sorted(_ group: [IR.ID], _ placement: inout Placement) -> [IR.ID] {
    let keys = group.map { id in
      [gradientOf[id] ?? -1] + operands(of: ir.kinds[id]).map { index(of: $0, placement) }
    }
    let order = group.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1]) }
    let sorted = order.map { group[$0] }
    let lists = sorted.map { operands(of: ir.kinds[$0]) }
    for slot in lists[0].indices {
      for list in lists where slot < list.count && ir.isLane[list[slot]] { _ = placement.location(of: list[slot]) }
    }
    placement.placeInOrder(sorted.filter { ir.isLane[$0] })
    return sorted
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
