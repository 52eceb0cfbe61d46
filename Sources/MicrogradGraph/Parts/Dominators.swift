/// For each node, the nearest node that all paths from it to the result pass through.
///
/// The nodes that a value dominates were computed for this value alone. Such sets are nested in each other or disjoint, so they
/// make good boxes.
///
/// Source: Cooper, Harvey and Kennedy, *A Simple, Fast Dominance Algorithm*, 2001; in an acyclic graph one pass will do.
/// The common dominator of two nodes is found in logarithmic time by the jumps of Myers, *An Applicative Random-Access
/// Stack*, Information Processing Letters 17 (1983).
struct Dominators {
  /// The nearest dominator; the result is its own.
  private var nearest: [Int]
  private var dominated: [[Int]]
  /// The number of dominators between each node and the result.
  private var depths: [Int]
  /// A dominator further up. Its depth depends on that of the node alone.
  private var jumps: [Int]
  /// The size of each node's region.
  private(set) var sizes: [Int]

  init(users: [[Int]]) {
    nearest = Array(users.indices)
    dominated = users.map { _ in [] }
    sizes = users.map { _ in 1 }
    depths = users.map { _ in 0 }
    jumps = nearest
    for node in users.indices.reversed() {
      guard let first = users[node].first else { continue }
      let dominator = users[node].dropFirst().reduce(first) { common($0, $1) }
      nearest[node] = dominator
      dominated[dominator].append(node)
      depths[node] = depths[dominator] + 1
      let near = jumps[dominator], far = jumps[near]
      jumps[node] = depths[dominator] - depths[near] == depths[near] - depths[far] ? far : dominator
    }
    for node in users.indices where nearest[node] != node { sizes[nearest[node]] += sizes[node] }
  }

  private func common(_ a: Int, _ b: Int) -> Int {
    var a = climbed(a, to: depths[b]), b = climbed(b, to: depths[a])
    while a != b { (a, b) = jumps[a] != jumps[b] ? (jumps[a], jumps[b]) : (nearest[a], nearest[b]) }
    return a
  }

  /// The dominator at a depth; the node itself if it is not deeper.
  private func climbed(_ node: Int, to depth: Int) -> Int {
    var node = node
    while depths[node] > depth { node = depths[jumps[node]] >= depth ? jumps[node] : nearest[node] }
    return node
  }

  /// Returns those of the given nodes that lie in the regions of at most `depth` others of them.
  func outermost(of nodes: [Int], depth: Int) -> Set<Int> {
    var isGiven = nearest.map { _ in false }, depths = nearest.map { _ in 0 }
    for node in nodes { isGiven[node] = true }
    for node in nearest.indices.reversed() {
      depths[node] = (nearest[node] == node ? 0 : depths[nearest[node]]) + (isGiven[node] ? 1 : 0)
    }
    return Set(nodes.filter { depths[$0] <= depth + 1 })
  }

  /// The node, and all that it dominates.
  func region(of node: Int) -> [Int] {
    var region: [Int] = [], waiting = [node]
    while let next = waiting.popLast() {
      region.append(next)
      waiting += dominated[next]
    }
    return region
  }
}
