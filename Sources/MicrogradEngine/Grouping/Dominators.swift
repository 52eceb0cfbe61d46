/// For each node, the nearest one that all of its ways to the result lead through.
///
/// What a value dominates was computed for this value alone. Such sets are nested in each other or disjoint, so they
/// make good boxes.
///
/// Source: Cooper, Harvey and Kennedy, *A Simple, Fast Dominance Algorithm*, 2001; in an acyclic graph one pass will do.
struct Dominators {
  /// The nearest dominator; the result is its own.
  private var nearest: [Int]
  private var dominated: [[Int]]
  /// How large the region of each node is.
  private(set) var sizes: [Int]

  init(users: [[Int]]) {
    nearest = Array(users.indices)
    dominated = users.map { _ in [] }
    sizes = users.map { _ in 1 }
    for node in users.indices.reversed() {
      guard let first = users[node].first else { continue }
      nearest[node] = users[node].dropFirst().reduce(first) { common($0, $1) }
      dominated[nearest[node]].append(node)
    }
    for node in users.indices where nearest[node] != node { sizes[nearest[node]] += sizes[node] }
  }

  /// Dominators have larger positions than what they dominate.
  private func common(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while a != b { if a < b { a = nearest[a] } else { b = nearest[b] } }
    return a
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
