import MicrogradEngine
import MicrogradGraph
import MicrogradJSON
import MicrogradLanguage

/// A graph as JSON, for a page in which it can be stepped through.
///
/// The members of the object:
/// - `title`: a text;
/// - `operations`: for each node, the engine's number for its operation;
/// - `operands`: for each node, the count of its operands, and then the distance to each of them, one list for all nodes;
/// - `data`: the numbers of all nodes, bit by bit (``NumberText``);
/// - `constants`, `labels`: pairs of a node and its number or text, where it has one;
/// - `setByHand`: the nodes whose number somebody has set to another one than the operation gives;
/// - `groups`: for each group, each before those inside it, an array of its kind, the group around it or -1, the first
///   node and the one after the last, its label or null, its numbers (none, or the first and the last), and its shape.
package struct GraphDescription {
  package let graph: ComputationGraph
  package let title: String
  /// For each node, whether its number is another one than its operation gives.
  package let isSetByHand: [Bool]

  /// Describes a graph. Large graphs are grouped.
  ///
  /// - Precondition: The graph has a node.
  package init(_ graph: ComputationGraph, title: String = "") {
    let graph = graph.isLarge ? graph.grouped() : graph
    self.graph = graph
    self.title = title
    isSetByHand = graph.nodes.map { !$0.isLeaf && Explanation.forward($0.id, in: graph).isSetByHand }
  }

  init(_ graph: ComputationGraph, title: String, isSetByHand: [Bool]) {
    self.graph = graph
    self.title = title
    self.isSetByHand = isSetByHand
  }

  /// The description, from which ``init(_:)`` makes an equal one.
  package var json: JSON {
    let nodes = graph.nodes
    return .object([
      ("title", .text(title)),
      ("operations", .integers(nodes.map { Int($0.operation.rawValue) })),
      ("operands", .integers(nodes.flatMap { node in [node.operands.count] + node.operands.map { node.id - $0 } })),
      ("data", .text(NumberText.encoded(nodes.map { $0.data }))),
      (
        "constants",
        .array(nodes.compactMap { node in node.constant.map { .array([.integer(node.id), .number($0)]) } })
      ),
      ("labels", .array(nodes.compactMap { node in node.label.map { .array([.integer(node.id), .text($0)]) } })),
      ("setByHand", .integers(isSetByHand.indices.filter { isSetByHand[$0] })),
      ("groups", .array(groups)),
    ])
  }

  private var groups: [JSON] {
    let outline = GraphOutline(graph)
    return outline.groups.indices.map { id in
      let group = outline.groups[id]
      return .array([
        .text(group.kind.rawValue), .integer(outline.parents[id] ?? -1), .integer(group.nodes.lowerBound),
        .integer(group.nodes.upperBound), group.label.map { .text($0) } ?? .null,
        .integers(group.numbers.map { [$0.lowerBound, $0.upperBound] } ?? []), .integers(group.shape),
      ])
    }
  }
}
