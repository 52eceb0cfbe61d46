import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// The closed ReLUs of a graph that keep the gradient from parameters and inputs.
///
/// A ReLU is closed if its input is not positive: its local derivative is 0. A unit that is closed for every sample is dead,
/// since nothing that it is computed from will be changed by training.
struct DeadUnits {
  /// More names than this are not listed.
  private static let mostNames = 8

  /// The closed ReLUs that a gradient arrives at.
  let units: [Int]
  /// The leaves with a name that every way from the result leads to through one of them.
  let leaves: [Int]
  private let graph: ComputationGraph

  /// - Complexity: Linear in the number of nodes and edges.
  init(_ graph: ComputationGraph) {
    self.graph = graph
    var isReached = graph.nodes.map { _ in false }, units: [Int] = []
    isReached[isReached.count - 1] = true
    for node in graph.nodes.reversed() where isReached[node.id] {
      if node.operation == .relu, node.data <= 0 {
        units.append(node.id)
      } else {
        for operand in node.operands { isReached[operand] = true }
      }
    }
    self.units = units.reversed()
    leaves = graph.nodes.filter { $0.isLeaf && $0.label != nil && !isReached[$0.id] }.map(\.id)
  }

  /// Which leaves receive no gradient, and why; `nil` if all do.
  func sentence(in language: Language) -> String? {
    guard !leaves.isEmpty else { return nil }
    return Phrase.dead.filled(language, ["leaves": names(of: leaves), "units": unitNames(in: language)])
  }

  private func names(of nodes: [Int]) -> String {
    nodes.prefix(Self.mostNames).map { graph.nodes[$0].name }.joined(separator: ", ")
      + (nodes.count > Self.mostNames ? ", …" : "")
  }

  /// The positions of a large graph's nodes mean nothing to a reader: in pictures its parts are put into another order.
  private func unitNames(in language: Language) -> String {
    if units.count <= Self.mostNames, !GraphFigure.isLarge(graph) { return names(of: units) }
    return Localized(en: "there are \(units.count)", fr: "il y en a \(units.count)")(in: language)
  }
}

extension ComputationGraph {
  /// Which parameters and inputs receive no gradient because of closed ReLUs; `nil` if all do.
  package func deadUnits(in language: Language) -> String? { DeadUnits(self).sentence(in: language) }
}
