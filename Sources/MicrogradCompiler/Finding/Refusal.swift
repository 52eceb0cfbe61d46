/// Why a graph cannot be run over rows of samples. It is then replayed node by node.
struct Refusal: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

extension FlattenedSums {
  /// A node in words, for reasons of refusal: what it is and what it is computed from.
  func describe(_ node: Int32) -> String {
    switch kinds[node] {
    case .leaf: "the number \(graph.numbers[Int(node)])"
    case .sum: "a sum of \(terms(of: node).count) terms (\(graph.numbers[Int(node)]))"
    case .dot: "a dot product (\(graph.numbers[Int(node)]))"
    case .list: "a list of \(terms(of: node).count) values"
    case .apply, .absorbed: "\(graph.operations[Int(node)].name) (\(graph.numbers[Int(node)]))"
    }
  }
}
