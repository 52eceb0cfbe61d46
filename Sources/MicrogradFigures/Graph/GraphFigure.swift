import MicrogradEngine

/// A gradient graph: every value with its number and its gradient, every operation, from the operands at the left to
/// the result at the right.
///
/// ```swift
/// let w = Value(0.5, label: "w"), x = Value(2, label: "x")
/// let y = (w * x).tanh()
/// y.backward()
/// GraphFigure(y.graph(), title: "One neuron").svg()
/// ```
///
/// It looks as in micrograd's `trace_graph`: a box reads `label | data 0.3798 | grad -1.2405`, and the operation that
/// computed it stands in a circle to its left. Leaves have round corners; the result has a thick frame. Pointing at a
/// box shows its numbers with all digits.
///
/// For graphs of up to some thousand nodes. Larger ones are drawn too, but nobody will want to read them.
public struct GraphFigure: Figure {
  /// The graph.
  public var graph: ComputationGraph
  /// What stands above the picture; nothing if empty.
  public var title: String
  /// The language of the description.
  public var language: Language

  /// Creates a figure of a graph.
  public init(_ graph: ComputationGraph, title: String = "", language: Language = .english) {
    self.graph = graph
    self.title = title
    self.language = language
  }

  /// What the picture says, for those who cannot see it.
  var summary: String {
    let leaves = graph.nodes.count { $0.operation == .leaf }
    let result = graph.nodes.last.map { "\($0.label ?? "data") \($0.data.inFigure)" } ?? ""
    return Localized(
      en: "Gradient graph of \(graph.nodes.count) values, \(leaves) of them leaves. Result: \(result).",
      fr: "Graphe de gradient de \(graph.nodes.count) valeurs, dont \(leaves) feuilles. Résultat : \(result)."
    )(in: language)
  }
}

extension Value {
  /// The gradient graph behind this value, as a picture.
  public func figure(title: String = "", detail: ComputationGraph.Detail = .composed) -> GraphFigure {
    GraphFigure(graph(detail), title: title)
  }

  /// The gradient graph behind this value, as SVG.
  public func svg(
    title: String = "", detail: ComputationGraph.Detail = .composed, theme: Theme = .automatic
  ) -> String {
    figure(title: title, detail: detail).svg(theme: theme)
  }

  /// The gradient graph behind this value, for Graphviz: `dot -Tsvg`.
  public func dot(title: String = "", detail: ComputationGraph.Detail = .composed) -> String {
    figure(title: title, detail: detail).dot()
  }
}

extension ComputationGraph.Node {
  var isLeaf: Bool { operation == .leaf }

  /// Whether it matters which operand is the first.
  var hasOrderedOperands: Bool {
    switch operation {
    case .subtract, .divide, .power: true
    default: false
    }
  }

  /// The number and the gradient with all digits, and the name.
  var fullText: String {
    let name = label.map { "\($0): " } ?? ""
    return "\(name)data \(data), grad \(grad)"
  }
}
