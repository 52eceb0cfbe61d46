import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// The closed ReLUs of a graph that stop the gradient on its way to parameters and inputs.
///
/// A ReLU is closed if its input is not positive: its local derivative is 0. A unit that is closed for every sample is
/// dead, since training changes nothing that it is computed from.
struct DeadUnits {
  /// The number of names that a sentence lists at most.
  private static let mostNames = 8

  /// The closed ReLUs that receive a gradient.
  let units: [Int]
  /// The leaves with a name that no gradient reaches, since every path from the result to them contains one of these ReLUs.
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
    leaves = graph.nodes.filter { $0.isLeaf && $0.label != nil && !isReached[$0.id] }.map { $0.id }
  }

  /// Returns a sentence that names the leaves without a gradient and says why; `nil` if all receive one.
  func sentence(in language: Language) -> String? {
    guard !leaves.isEmpty else { return nil }
    return Phrase.dead.filled(language, ["leaves": names(of: leaves), "units": unitNames(in: language)])
  }

  private func names(of nodes: [Int]) -> String {
    nodes.prefix(Self.mostNames).map { graph.nodes[$0].name }.joined(separator: ", ")
      + (nodes.count > Self.mostNames ? ", …" : "")
  }

  /// Returns the names of the closed ReLUs, or their number if they are many or the graph is large. In pictures of a large
  /// graph the nodes have other positions, so their names would mean nothing.
  private func unitNames(in language: Language) -> String {
    if units.count <= Self.mostNames, !graph.isLarge { return names(of: units) }
    return Localized(en: "there are \(units.count)", fr: "il y en a \(units.count)")(in: language)
  }
}

extension ComputationGraph {
  /// Returns a sentence about the parameters and inputs that receive no gradient because of closed ReLUs; `nil` if all
  /// receive one.
  package func deadUnits(in language: Language) -> String? { DeadUnits(self).sentence(in: language) }
}
