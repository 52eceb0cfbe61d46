import MicrogradEngine

/// The named scopes that the nodes of a graph were recorded in.
///
/// A leaf belongs to the innermost scope that all its uses lie in: the parameters of a layer that is used once lie in the
/// layer's box.
struct ScopeTree {
  /// A scope, by its position among all of them.
  private typealias ID = Int

  private var scopes: [NamedScope] = []
  /// For each scope, the scopes around it and itself, the outermost first.
  private var paths: [[ID]] = []
  /// The innermost scope of each node.
  private var homes: [ID?]
  /// The nodes of each scope.
  private var members: [[Int]] = []

  init(of nodes: [ComputationGraph.Node], users: [[Int]]) {
    homes = Array(repeating: nil, count: nodes.count)
    var known: [ObjectIdentifier: ID] = [:]
    for node in nodes { if let scope = node.scope { homes[node.id] = add(scope, &known) } }
    guard !scopes.isEmpty else { return }
    for node in nodes where node.isLeaf { homes[node.id] = commonScope(of: users[node.id]) }
    members = scopes.map { _ in [] }
    for node in nodes.indices { for scope in path(of: node) { members[scope].append(node) } }
  }

  private mutating func add(_ scope: NamedScope, _ known: inout [ObjectIdentifier: ID]) -> ID {
    if let id = known[ObjectIdentifier(scope)] { return id }
    let outer = scope.outer.map { add($0, &known) }, id = scopes.count
    known[ObjectIdentifier(scope)] = id
    scopes.append(scope)
    paths.append((outer.map { paths[$0] } ?? []) + [id])
    return id
  }

  private func path(of node: Int) -> [ID] { homes[node].map { paths[$0] } ?? [] }

  /// The innermost scope that holds all of some nodes.
  private func commonScope(of nodes: [Int]) -> ID? {
    guard let first = nodes.first else { return nil }
    var common = path(of: first)[...]
    for node in nodes.dropFirst() {
      let path = path(of: node)
      while let last = common.last, common.count > path.count || path[common.count - 1] != last {
        common.removeLast()
      }
    }
    return common.last
  }

  /// The scopes as parts, each after those around it.
  var parts: [Part] {
    scopes.indices.map { Part(kind: .scope, label: scopes[$0].name, members: members[$0]) }
  }

  /// Whether a part that was found by its structure goes with the scopes. Samples hold whole scopes, or lie in one; layers,
  /// neurons and sums are not divided into scopes.
  func allow(_ part: Part) -> Bool {
    guard !scopes.isEmpty else { return true }
    let depth = commonScope(of: part.members).map { paths[$0].count } ?? 0
    var counts: [ID: Int] = [:]
    for node in part.members {
      let path = path(of: node)
      if path.count > depth { counts[path[depth], default: 0] += 1 }
    }
    switch part.kind {
    case .layer, .neuron, .dotProduct, .sum: return counts.isEmpty
    default: return counts.allSatisfy { $0.value == members[$0.key].count }
    }
  }
}
