import MicrogradEngine
import MicrogradRequirement

/// Parts nested in each other, and at each level an order in which operands come first.
struct PartTree {
  /// A thing at a level.
  enum Item: Hashable {
    case node(Int)
    case part(Int)
  }

  private(set) var parts: [Part]
  /// The part that each part, and each node, directly lies in; `nil` at the top.
  private var parents: [Int?] = []
  private var homes: [Int?]

  /// Keeps those parts that lie wholly inside others or outside of them, the larger ones first; of equal ones the first.
  init(_ candidates: [Part], of graph: ComputationGraph) {
    parts = []
    homes = Array(repeating: nil, count: graph.nodes.count)
    let sizes = candidates.enumerated().sorted {
      ($1.element.members.count, $0.offset) < ($0.element.members.count, $1.offset)
    }
    for (_, part) in sizes {
      let home = homes[part.members[0]]
      guard part.members.allSatisfy({ homes[$0] == home }) else { continue }
      if let home, parts[home].members.count == part.members.count { continue }
      for member in part.members { homes[member] = parts.count }
      parts.append(part)
      parents.append(home)
    }
    while let culprit = partInACycle(graph) { dissolve(culprit) }
  }

  /// The items of each level in topological order; the top level by `nil`.
  private(set) var levels: [Int?: [Item]] = [:]

  // MARK: Order

  /// Orders all levels, or returns a part that takes part in a cycle: something outside stands between its members.
  private mutating func partInACycle(_ graph: ComputationGraph) -> Int? {
    var operands: [Item: [Item]] = [:], items: [Int?: [Item]] = [:]
    for part in parts.indices { items[parents[part], default: []].append(.part(part)) }
    for node in graph.nodes {
      items[homes[node.id], default: []].append(.node(node.id))
      for operand in node.operands {
        let (left, right) = siblings(operand, node.id)
        if left != right { operands[right, default: []].append(left) }
      }
    }
    let first = firstMembers(graph)
    levels = [:]
    for (level, content) in items {
      func place(_ item: Item) -> Int {
        switch item {
        case .node(let node): node
        case .part(let part): first[part]
        }
      }
      switch Self.sorted(content.sorted { place($0) < place($1) }, by: operands) {
      case .order(let order): levels[level] = order
      case .cycle(let part): return part
      }
    }
    return nil
  }

  private enum Sorting {
    case order([Item])
    case cycle(Int)
  }

  /// A depth-first walk from each item to its operands, with a stack of its own: graphs may be deep.
  private static func sorted(_ items: [Item], by operands: [Item: [Item]]) -> Sorting {
    var order: [Item] = [], isDone: [Item: Bool] = [:]
    for start in items {
      var waiting: [(item: Item, isLeaving: Bool)] = [(start, false)]
      while let (item, isLeaving) = waiting.popLast() {
        if isLeaving {
          isDone[item] = true
          order.append(item)
        } else if isDone[item] == nil {
          isDone[item] = false
          waiting.append((item, true))
          for operand in (operands[item] ?? []).reversed() {
            if isDone[operand] == false { return .cycle(partBetween(operand, waiting)) }
            if isDone[operand] == nil { waiting.append((operand, false)) }
          }
        }
      }
    }
    return .order(order)
  }

  /// A part on the way that has come back to where it was. There is one, since nodes alone have no cycles.
  private static func partBetween(_ start: Item, _ way: [(item: Item, isLeaving: Bool)]) -> Int {
    let onTheWay = way.filter { $0.isLeaving }.map { $0.item }
    for item in onTheWay[onTheWay.firstIndex(of: start)!...] { if case .part(let part) = item { return part } }
    stop("a cycle of nodes")
  }

  /// The items of one level that two nodes lie in.
  private func siblings(_ a: Int, _ b: Int) -> (Item, Item) {
    var left = path(to: a), right = path(to: b)
    while let l = left.last, let r = right.last, l == r, left.count > 1 || right.count > 1 {
      left.removeLast()
      right.removeLast()
    }
    return (left.last ?? .node(a), right.last ?? .node(b))
  }

  /// A node and the parts around it, from the inside.
  private func path(to node: Int) -> [Item] {
    var path = [Item.node(node)], home = homes[node]
    while let part = home {
      path.append(.part(part))
      home = parents[part]
    }
    return path
  }

  private func firstMembers(_ graph: ComputationGraph) -> [Int] { parts.map { $0.members.min() ?? 0 } }

  private mutating func dissolve(_ part: Int) {
    let outer = parents[part]
    for node in homes.indices where homes[node] == part { homes[node] = outer }
    for other in parents.indices where parents[other] == part { parents[other] = outer }
    // Keeps the numbers of the others: an empty part is left out by the assembly.
    parts[part].members = []
  }
}
