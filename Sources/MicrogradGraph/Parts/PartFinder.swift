import MicrogradEngine

/// A set of nodes that might become a group.
struct Part {
  var kind: ComputationGraph.Group.Kind
  var label: String?
  var shape: [Int] = []
  var members: [Int]
}

/// Finds what users think in: neurons, layers, samples. All of it is read off the structure, so that it does not matter
/// how a network was written.
struct PartFinder {
  /// Smaller computations do not need a box.
  private static let smallest = 4
  /// Sums of fewer terms do not need one.
  private static let longSum = 5
  /// Nobody opens more boxes than this to see what is in the innermost. Without a limit, values that are all named, each
  /// computed from the one before, would be as many boxes inside each other.
  private static let deepest = 16

  private(set) var parts: [Part] = []
  private let nodes: [ComputationGraph.Node]
  private let users: [[Int]]
  private let dominators: Dominators
  private let scopes: ScopeTree
  /// The neurons by their inputs, to find those with the same ones.
  private var layers: [[Int]: [Part]] = [:]
  /// The number of nodes of the neuron that a value is the output of.
  private var neuronSizes: [Int: Int] = [:]
  private var sums: [(top: Int, terms: [Int])] = []

  init(_ graph: ComputationGraph) {
    nodes = graph.nodes
    users = graph.users
    dominators = Dominators(users: users)
    scopes = ScopeTree(of: nodes, users: users)
    for part in scopes.parts { add(part) }
    findNamed()
    findSums()
    findSamples()
    findLayers()
    parts.removeAll { $0.kind != .scope && !scopes.allow($0) }
  }

  private mutating func add(_ part: Part) {
    if part.members.count >= Self.smallest { parts.append(part) }
  }

  private mutating func findNamed() {
    let named = nodes.dropLast().filter { !$0.isLeaf && $0.label != nil }.map { $0.id }
    let outermost = dominators.outermost(of: named, depth: Self.deepest)
    for node in named where outermost.contains(node) {
      add(.init(kind: .named, label: nodes[node].label, members: dominators.region(of: node)))
    }
  }

  // MARK: Sums and neurons

  private mutating func findSums() {
    var seen: Set<Int> = []
    for node in nodes.reversed() {
      if node.operation == .dot {
        addNeuron(top: node.id, core: [node.id], inputs: node.operands.suffix(node.operands.count / 2 * 2).odd)
      } else if node.operation == .add, !seen.contains(node.id) {
        let (sums, terms) = chain(endingAt: node.id)
        seen.formUnion(sums)
        addSum(sums, terms)
      }
    }
  }

  /// Additions of one scope whose results only go into the next one, and what they add up.
  private func chain(endingAt top: Int) -> (sums: [Int], terms: [Int]) {
    var sums: [Int] = [], terms: [Int] = [], waiting = [top]
    while let id = waiting.popLast() {
      let isPartial =
        nodes[id].operation == .add && users[id].count == 1 && nodes[id].label == nil && !isDifference(id)
        && !isDifference(top) && nodes[id].scope === nodes[top].scope
      if id == top || isPartial {
        sums.append(id)
        waiting += nodes[id].operands.reversed()
      } else {
        terms.append(id)
      }
    }
    return (sums, terms)
  }

  /// Whether the sum is `a + b·(-1)`, a difference as it is composed.
  private func isDifference(_ sum: Int) -> Bool {
    let product = nodes[nodes[sum].operands[1]]
    guard product.operation == .multiply else { return false }
    let factor = nodes[product.operands[1]]
    return factor.isLeaf && factor.data == -1 && factor.label == nil
  }

  private mutating func addSum(_ additions: [Int], _ terms: [Int]) {
    let products = terms.filter { nodes[$0].operation == .multiply && users[$0].count == 1 }
    if products.count >= 2, terms.count - products.count <= 1 {
      addNeuron(top: additions[0], core: additions + products, inputs: products.map { nodes[$0].operands[1] })
    } else {
      sums.append((additions[0], terms))
      if terms.count >= Self.longSum { add(.init(kind: .sum, shape: [terms.count], members: additions)) }
    }
  }

  private mutating func addNeuron(top: Int, core: [Int], inputs: [Int]) {
    var output = top
    if users[top].count == 1, nodes[users[top][0]].operation.isActivation { output = users[top][0] }
    let own = core.flatMap { nodes[$0].operands.filter { nodes[$0].isLeaf && users[$0].count == 1 } }
    let neuron = Part(kind: .neuron, shape: [inputs.count], members: core + [output].filter { $0 != top } + own)
    neuronSizes[output] = neuron.members.count
    add(neuron)
    // Inside a neuron, a long weighted sum has a box of its own.
    if inputs.count >= Self.longSum { add(.init(kind: .dotProduct, shape: [inputs.count], members: core)) }
    layers[inputs, default: []].append(neuron)
  }

  // MARK: Layers and samples

  private mutating func findLayers() {
    for neurons in layers.values.sorted(by: { $0[0].members[0] < $1[0].members[0] }) where neurons.count > 1 {
      add(.init(kind: .layer, shape: neurons[0].shape + [neurons.count], members: neurons.flatMap { $0.members }))
    }
  }

  /// Terms of a sum that are computed from the same parameters, each by operations of its own.
  private mutating func findSamples() {
    let candidates = sums.map { sum in
      sum.terms.filter { term in
        dominators.sizes[term] >= Self.smallest && dominators.sizes[term] > neuronSizes[term] ?? 0
      }
    }
    let outermost = dominators.outermost(of: candidates.flatMap { $0 }, depth: Self.deepest)
    for samples in candidates where samples.count > 1 && samples.allSatisfy(outermost.contains) {
      let regions = samples.map { dominators.region(of: $0) }
      let parameters = parameters(of: regions[0])
      guard parameters == self.parameters(of: regions[1]) else { continue }
      for region in regions { add(.init(kind: .sample, members: region)) }
      let leaves = parameters.filter { nodes[$0].isLeaf }.sorted()
      add(.init(kind: .parameters, shape: [leaves.count], members: leaves))
    }
  }

  /// The nodes outside that a region depends on.
  private func parameters(of region: [Int]) -> Set<Int> {
    Set(region.flatMap { nodes[$0].operands }).subtracting(region)
  }
}

extension Collection {
  /// The second, the fourth, and so on.
  fileprivate var odd: [Element] { enumerated().filter { $0.offset % 2 == 1 }.map { $0.element } }
}

extension ComputationGraph {
  /// For each node, the positions of those that it is an operand of, as often as it is one.
  var users: [[Int]] {
    var users = nodes.map { _ in [Int]() }
    for node in nodes { for operand in node.operands { users[operand].append(node.id) } }
    return users
  }
}

extension ComputationGraph.Node {
  /// Whether the value was not computed.
  package var isLeaf: Bool { operation == .leaf }
}
