import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// A level of a graph with its layout, and the open levels inside it.
final class LevelPlan {
  let level: GraphOutline.Level
  let layout: LayeredLayout
  /// For each item of the level, its inside if it is an open group.
  let insides: [LevelPlan?]

  init(_ level: GraphOutline.Level, _ layout: LayeredLayout, _ insides: [LevelPlan?]) {
    self.level = level
    self.layout = layout
    self.insides = insides
  }
}

/// Plans the levels of a graph, each when it is seen for the first time, and keeps what does not change.
///
/// A level is laid out with all its groups closed. A group that opens makes room for itself (``LayeredLayout/opened(_:)``), so
/// that the picture stays recognisable. Levels of the same shape, such as the samples of a data set, share their layout.
struct LevelPlanner {
  let outline: GraphOutline
  /// The language of the titles, which the sizes depend on.
  let language: Language
  let sizes: BoxSizes
  /// The levels that have been seen, in the order of the plans.
  private var levels: [Level?]
  private var layouts: [[Int]: LayeredLayout] = [:]
  /// The plans of open levels that are still valid: at the place of a group's number plus 1; the top of the graph comes first.
  private var plans: [LevelPlan?]

  /// A level, and its look with all groups closed.
  private struct Level {
    let level: GraphOutline.Level
    let sizes: [Size]
    let layout: LayeredLayout
  }

  init(_ outline: GraphOutline, in language: Language, _ sizes: BoxSizes) {
    self.outline = outline
    self.language = language
    self.sizes = sizes
    levels = Array(repeating: nil, count: outline.groups.count + 1)
    plans = Array(repeating: nil, count: outline.groups.count + 1)
  }

  /// Forgets the plans of the levels around a group that has opened or closed.
  mutating func forget(around group: GraphOutline.GroupID) {
    var next = outline.parents[group]
    while let around = next {
      plans[around + 1] = nil
      next = outline.parents[around]
    }
    plans[0] = nil
  }

  /// Forgets all plans, since many groups have opened or closed.
  mutating func forgetAll() {
    for place in plans.indices { plans[place] = nil }
  }

  /// Returns the plan of the inside of a group, or of the top of the graph.
  ///
  /// - Complexity: That of the layout for levels that are seen for the first time, and otherwise linear in the items of the
  ///   levels that have changed.
  mutating func plan(_ group: GraphOutline.GroupID?, open: Set<GraphOutline.GroupID>) -> LevelPlan {
    let place = group.map { $0 + 1 } ?? 0
    if let known = plans[place] { return known }
    let known = levels[place] ?? seen(outline.level(group))
    levels[place] = known
    var insides: [LevelPlan?] = [], opened = known.sizes
    for (index, item) in known.level.items.enumerated() {
      guard case .group(let id) = item, open.contains(id) else {
        insides.append(nil)
        continue
      }
      let inside = plan(id, open: open)
      insides.append(inside)
      opened[index] = sizes.frameSize(name(of: item), around: inside.layout.size)
    }
    let plan = LevelPlan(known.level, known.layout.opened(opened), insides)
    plans[place] = plan
    return plan
  }

  private mutating func seen(_ level: GraphOutline.Level) -> Level {
    let sizes = level.items.map { closedSize($0) }
    let key = level.items.map { kind($0) } + level.edges.flatMap { [$0.from, $0.to] }
    let layout = layouts[key] ?? LayeredLayout(level, of: outline.graph, sizes)
    layouts[key] = layout
    return Level(level: level, sizes: sizes, layout: layout)
  }

  /// Returns a negative number, which is equal for items that are laid out alike.
  private func kind(_ item: GraphOutline.Item) -> Int {
    switch item {
    case .nodeOutside, .groupOutside: return -1
    case .group: return -2
    case .node(let id):
      let node = outline.graph.nodes[id]
      return -3 - Int(node.operation.rawValue) - 256 * node.operands.count
    }
  }

  private func closedSize(_ item: GraphOutline.Item) -> Size {
    switch item {
    case .node(let id): sizes.size(of: outline.graph.nodes[id])
    case .group: sizes.groupSize(name(of: item))
    case .nodeOutside, .groupOutside: sizes.signSize(name(of: item))
    }
  }

  /// Returns the name of a value, or the title of a group.
  func name(of item: GraphOutline.Item) -> String {
    switch item {
    case .node(let id), .nodeOutside(let id): outline.graph.nodes[id].name
    case .group(let id), .groupOutside(let id): outline.groups[id].title(in: language)
    }
  }
}
