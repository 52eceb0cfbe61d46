/// The reason why a graph cannot run over rows of samples. Its program then replays it node by node.
struct Refusal: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }

  static let noSamples = Refusal("nothing in it was computed twice in the same way: there are no samples")
}

extension FlattenedSums {
  /// Describes a node in words, for reasons of refusal.
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
