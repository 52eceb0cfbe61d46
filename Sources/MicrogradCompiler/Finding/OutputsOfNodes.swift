import MicrogradEngine

/// Which nodes of a function are shared by its lanes, found from the root, a sum of outputs.
///
/// An output occurs as often as there are lanes, at least, so that a lane has a certain number of outputs at most. What more
/// of them are computed from is the same for all lanes, even if its colour occurs in each: the product of a matrix element
/// and a constant may be part of a chain of bones as well as of the points that hang on it.
///
/// Complexity: linear in the number of operands times that of the outputs of a lane.
struct OutputsOfNodes {
  /// The least number of nodes of a colour that varies.
  let leastCopies: Int32
  private let isShared: NodeTable<Bool>

  init(_ sums: FlattenedSums, _ coloring: Coloring) {
    let root = sums.graph.root, outputs = sums.terms(of: root).map { sums.terms[$0].node }
    leastCopies = outputs.map { coloring.size(of: coloring.colors[$0]) }.min() ?? 0
    let most = leastCopies == 0 ? 0 : (outputs.count + Int(leastCopies) - 1) / Int(leastCopies)
    isShared = NodeTable(repeating: false, count: sums.count)
    var outputsOfNode = [[Int32]](repeating: [], count: sums.count)
    for output in outputs { outputsOfNode[Int(output)] = [output] }
    for node in (0..<root).reversed() {
      let own = outputsOfNode[Int(node)]
      if own.count > most { isShared[node] = true }
      if own.isEmpty { continue }
      for index in sums.terms(of: node) {
        let operand = sums.terms[index].node
        for output in own where outputsOfNode[Int(operand)].count <= most {
          if !outputsOfNode[Int(operand)].contains(output) { outputsOfNode[Int(operand)].append(output) }
        }
      }
      outputsOfNode[Int(node)] = []
    }
  }

  @inline(__always) func isUniform(_ node: Int32, occurring count: Int32) -> Bool {
    count < leastCopies || isShared[node]
  }
}
