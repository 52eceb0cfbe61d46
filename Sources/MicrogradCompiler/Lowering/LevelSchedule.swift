/// The order in which nodes are computed.
///
/// Nodes alternate between levels: 0 is uniform code, 1 code of the lanes, 2 reductions and nodes that depend on
/// them, and so on. Threads share each level of lanes, and wait for each other between levels. Most programs end
/// with level 2, and then the lanes can be taken in blocks.
struct LevelSchedule {
  enum Item: Hashable {
    case node(IR.ID)
    /// Rows that are needed next to each other, and are not, are copied.
    case copy(Int)
    case matrixGradient(Int)
  }

  private(set) var items: [(item: Item, level: Int)] = []
  private(set) var levels: [Int]
  private(set) var lastLevel = 0

  /// - Parameter arrangement: The place of each node among those of its level; nil for the order of the code.
  init(_ ir: IR, _ levels: [Int], _ placement: Placement, _ arrangement: Arrangement? = nil) {
    let uses = ir.useCounts()
    self.levels = levels
    lastLevel = levels.indices.filter { uses[$0] > 0 }.map { levels[$0] }.max() ?? 0
    if lastLevel % 2 == 1 { lastLevel += 1 }

    func place(_ id: IR.ID) -> Int { arrangement?.places[id] ?? id }
    var order: [(level: Int, place: Int, rank: Int, item: Item)] = []
    for id in ir.kinds.indices where uses[id] > 0 { order.append((levels[id], place(id), 0, .node(id))) }
    for (index, copy) in placement.copies.enumerated() {
      let level = copy.map { ir.isLane[$0] ? levels[$0] : levels[$0] + 1 }.max() ?? 1
      order.append((level, copy.map { place($0) }.max() ?? 0, 1, .copy(index)))
    }
    for (index, gradient) in ir.matrixGradients.enumerated() {
      guard arrangement != nil else {
        order.append((lastLevel, ir.kinds.count + index, 0, .matrixGradient(index)))
        continue
      }
      // At once, so that its rows make room for others.
      let lists = gradient.gradients + gradient.inputs, level = lists.map { levels[$0] }.max()!
      order.append((level, lists.filter { levels[$0] == level }.map { place($0) }.max()!, 2, .matrixGradient(index)))
    }
    order.sort { ($0.level, $0.place, $0.rank) < ($1.level, $1.place, $1.rank) }
    items = order.map { ($0.item, $0.level) }
  }

  /// Returns the level of each node.
  static func levels(of ir: IR) -> [Int] {
    var levels: [Int] = []
    for (id, kind) in ir.kinds.enumerated() {
      var level = 0
      IR.forEachOperand(of: kind) { level = max(level, $0 < 0 ? levels[0] : levels[$0]) }
      if ir.isLane[id] {
        level = level % 2 == 0 ? level + 1 : level
      } else if case .reduction = kind {
        level = level % 2 == 0 ? level : level + 1
      }
      levels.append(level)
    }
    return levels
  }
}
