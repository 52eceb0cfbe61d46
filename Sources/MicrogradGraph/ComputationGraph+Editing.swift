import MicrogradEngine

extension ComputationGraph {
  /// Returns the graph with another number in a leaf, and with all values computed anew, except those that somebody had set
  /// by hand.
  ///
  /// - Parameter isSetByHand: For each node, whether it keeps its number.
  /// - Precondition: `leaf` is the position of a leaf.
  /// - Complexity: Linear in the nodes and edges.
  package func setting(_ leaf: Int, to number: Double, keeping isSetByHand: [Bool]) -> ComputationGraph {
    var nodes = nodes
    nodes[leaf].data = number
    for id in nodes.indices where !isSetByHand[id] && nodes[id].operation != .leaf {
      nodes[id].data = nodes[id].value(in: nodes)
    }
    return ComputationGraph(nodes: nodes, groups: groups)
  }
}
