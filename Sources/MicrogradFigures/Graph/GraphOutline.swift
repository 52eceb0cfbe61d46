import MicrogradEngine
import MicrogradGraph

/// The parts of a graph in a flat list, and the items at each level.
struct GraphOutline {
  /// A group of the graph, by its position in `groups`.
  typealias GroupID = Int

  let graph: ComputationGraph
  /// All groups, each before those inside it.
  private(set) var groups: [ComputationGraph.Group] = []
  /// The group that contains each group, or `nil` at the top.
  private(set) var parents: [GroupID?] = []
  private(set) var children: [[GroupID]] = []
  /// The groups at the top.
  private(set) var roots: [GroupID] = []
  /// The innermost group of each node.
  private var homes: [GroupID?]

  init(_ graph: ComputationGraph) {
    self.graph = graph
    homes = Array(repeating: nil, count: graph.nodes.count)
    roots = graph.groups.map { add($0, parent: nil) }
  }

  private mutating func add(_ group: ComputationGraph.Group, parent: GroupID?) -> GroupID {
    let id = groups.count
    groups.append(group)
    parents.append(parent)
    children.append([])
    for node in group.nodes { homes[node] = id }
    for child in group.children {
      let inner = add(child, parent: id)
      children[id].append(inner)
    }
    return id
  }

  // MARK: Levels

  /// A level: the top of the graph, or the inside of a group.
  struct Level {
    /// The signs first, then nodes and groups in topological order.
    var items: [Item]
    var edges: [Edge]
  }

  enum Item: Hashable {
    case node(Int)
    case group(GroupID)
    /// A sign for a node outside the level that is used inside it.
    case nodeOutside(Int)
    /// A sign for a group outside the level whose values are used inside it.
    case groupOutside(GroupID)
  }

  struct Edge: Hashable {
    /// The position of its start in the level's items.
    var from: Int
    /// The position of its end in the level's items.
    var to: Int
    /// The number of edges of the graph that it stands for.
    var count = 1
  }

  /// Returns the inside of a group, or the top of the graph for `nil`.
  func level(_ id: GroupID?) -> Level {
    let range = id.map { groups[$0].nodes } ?? graph.nodes.indices
    var inner: [Item] = [], next = range.lowerBound
    for child in id.map({ children[$0] }) ?? roots {
      inner += (next..<groups[child].nodes.lowerBound).map { .node($0) } + [.group(child)]
      next = groups[child].nodes.upperBound
    }
    inner += (next..<range.upperBound).map { .node($0) }

    // The places of the nodes' items among the inner ones.
    var places = Array(repeating: 0, count: range.count)
    for (place, item) in inner.enumerated() {
      for node in nodes(of: item) { places[node - range.lowerBound] = place }
    }
    // Until the signs are counted, the n-th of them has the place -n.
    var bundles = EdgeBundles(), signs: [Item] = [], known: [Item: Int] = [:]
    for node in range {
      let place = places[node - range.lowerBound], target = inner[place]
      for operand in graph.nodes[node].operands {
        if range.contains(operand) {
          let source = places[operand - range.lowerBound]
          if source != place { bundles.add(source, place, isBundled: !(inner[source].isNode && target.isNode)) }
        } else {
          let sign = sign(for: operand, at: id, usedBy: target)
          let number = known[sign] ?? signs.count + 1
          if number > signs.count {
            signs.append(sign)
            known[sign] = number
          }
          bundles.add(-number, place, isBundled: !(sign.isNode && target.isNode))
        }
      }
    }
    let edges = bundles.edges.map { edge in
      Edge(
        from: edge.from < 0 ? -edge.from - 1 : edge.from + signs.count, to: edge.to + signs.count, count: edge.count)
    }
    return Level(items: signs + inner, edges: edges)
  }

  /// An edge for each pair of nodes, and a single one for all pairs between a group and the same item.
  private struct EdgeBundles {
    private(set) var edges: [Edge] = []
    private var bundles: [Edge: Int] = [:]

    mutating func add(_ from: Int, _ to: Int, isBundled: Bool) {
      let edge = Edge(from: from, to: to)
      if isBundled, let bundle = bundles[edge] {
        edges[bundle].count += 1
        return
      }
      if isBundled { bundles[edge] = edges.count }
      edges.append(edge)
    }
  }

  func nodes(of item: Item) -> Range<Int> {
    switch item {
    case .node(let node), .nodeOutside(let node): node..<node + 1
    case .group(let group), .groupOutside(let group): groups[group].nodes
    }
  }

  /// Returns the sign for an operand from outside. A node shows the value that it uses, a group the box that it uses values
  /// of.
  private func sign(for operand: Int, at level: GroupID?, usedBy target: Item) -> Item {
    guard !target.isNode, var box = homes[operand] else { return .nodeOutside(operand) }
    let inside = level.map { groups[$0].nodes } ?? graph.nodes.indices
    if groups[box].nodes.contains(inside.lowerBound) { return .nodeOutside(operand) }
    while let outer = parents[box], !groups[outer].nodes.contains(inside.lowerBound) { box = outer }
    return .groupOutside(box)
  }

  // MARK: Open groups

  /// Returns the groups to open: from the outside to the inside, as long as the boxes are few enough to read. Rows of equal
  /// groups stay closed, as do leaves and sums, whose insides say nothing new. Neurons are alike, so either all of them are
  /// open or none. Of scopes, the largest are opened first; of several with the same name, only the last.
  func readable(boxes limit: Int = 50) -> Set<GroupID> {
    var open: Set<GroupID> = [], neurons: [GroupID] = [], boxes = level(nil).items.count, waiting = roots[...]
    while let group = popNext(&waiting) {
      let kind = groups[group].kind
      let isRow = (groups[group].numbers?.count ?? 1) > 1
      if kind == .neuron { neurons.append(group) }
      if isRow || [.neuron, .leaves, .sum, .dotProduct, .values].contains(kind) || isFollowedByItsLike(group) {
        continue
      }
      let inside = level(group).items.count
      guard boxes + inside <= limit else { continue }
      boxes += inside
      open.insert(group)
      waiting += children[group]
    }
    boxes += neurons.map { level($0).items.count }.reduce(0, +)
    return boxes <= limit ? open.union(neurons) : open
  }

  /// Takes the largest scope of those that wait to be opened, or the first group if there is no scope.
  private func popNext(_ waiting: inout ArraySlice<GroupID>) -> GroupID? {
    let scopes = waiting.indices.filter { groups[waiting[$0]].kind == .scope }
    guard let largest = scopes.max(by: { groups[waiting[$0]].nodes.count < groups[waiting[$1]].nodes.count }) else {
      return waiting.popFirst()
    }
    return waiting.remove(at: largest)
  }

  /// Whether a scope of the same name comes after this one at the same level.
  private func isFollowedByItsLike(_ id: GroupID) -> Bool {
    guard groups[id].kind == .scope else { return false }
    let siblings = parents[id].map { children[$0] } ?? roots
    return siblings.contains { $0 > id && groups[$0].kind == .scope && groups[$0].label == groups[id].label }
  }
}

extension GraphOutline.Item {
  var isNode: Bool {
    switch self {
    case .node, .nodeOutside: true
    case .group, .groupOutside: false
    }
  }

  var isOutside: Bool {
    switch self {
    case .nodeOutside, .groupOutside: true
    case .node, .group: false
    }
  }
}

extension ComputationGraph {
  /// Whether the graph is too large to show all values at once, and has not been grouped yet.
  var isLarge: Bool { nodes.count > 60 && groups.isEmpty }
}
