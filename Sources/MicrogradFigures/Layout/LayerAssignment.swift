/// Phase 1: the layer of each node.
///
/// First every node goes as far to the right as its users allow, which puts operands next to their first user. Then
/// nodes are moved to the left, together with the operands in the way, if that makes the edges shorter in total. So the
/// copies of a computation that share their weights stand below each other, and not in a staircase.
///
/// Source: Nikolov and Tarassov, *Graph layering by promotion of nodes*, Discrete Applied Mathematics 154 (2006). It
/// comes close to the least total length, which a linear program would find, at a fraction of the effort.
struct LayerAssignment {
  /// The number of nodes to visit before the search for shorter edges ends, which takes some tenths of a second.
  private static let patience = 5_000_000

  /// The number of layers to the right of each node.
  private var levels: [Int]
  private var inputs: [[Int]]
  private var outputCounts: [Int]
  private var effort = 0

  static func layers(nodeCount: Int, edges: [LayeredLayout.Edge]) -> [Int] {
    var assignment = LayerAssignment(nodeCount: nodeCount, edges: edges)
    assignment.promoteAll()
    let last = assignment.levels.max() ?? 0
    return assignment.levels.map { last - $0 }
  }

  private init(nodeCount: Int, edges: [LayeredLayout.Edge]) {
    levels = Array(repeating: 0, count: nodeCount)
    inputs = Array(repeating: [], count: nodeCount)
    outputCounts = Array(repeating: 0, count: nodeCount)
    for edge in edges {
      inputs[edge.to].append(edge.from)
      outputCounts[edge.from] += 1
    }
    // Users come after their operands, so their levels are known when they are needed.
    for node in levels.indices.reversed() {
      for input in inputs[node] { levels[input] = max(levels[input], levels[node] + 1) }
    }
  }

  private mutating func promoteAll() {
    var isImproving = true
    while isImproving {
      isImproving = false
      for node in levels.indices.reversed() where !inputs[node].isEmpty {
        while effort < Self.patience, promote(node) { isImproving = true }
      }
    }
  }

  /// Moves a node one layer to the left, and with it the operands that would no longer be to its left, and so on.
  /// Undoes this, and returns `false`, unless the edges became shorter in total.
  private mutating func promote(_ node: Int) -> Bool {
    var moved: [Int] = [], waiting = [(node: node, level: levels[node] + 1)]
    var change = 0
    while let (node, level) = waiting.popLast() {
      guard levels[node] < level else { continue }
      levels[node] = level
      moved.append(node)
      change += outputCounts[node] - inputs[node].count
      for input in inputs[node] where levels[input] == level { waiting.append((input, level + 1)) }
    }
    effort += moved.count
    guard change >= 0 else { return true }
    for node in moved { levels[node] -= 1 }
    return false
  }
}
