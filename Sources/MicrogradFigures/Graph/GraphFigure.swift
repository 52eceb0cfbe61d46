import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage
import MicrogradRequirement

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
/// In large graphs samples, layers, neurons, dot products and long sums are folded into boxes (see `folding`), so that
/// the net of a whole data set is a readable picture.
public struct GraphFigure: Figure {
  /// The graph.
  public var graph: ComputationGraph
  /// What stands above the picture; nothing if empty.
  public var title: String
  /// The language of the description.
  public var language: Language

  /// Which parts are boxes.
  public var folding: Folding
  /// The moment of an explanation that is shown, if it is not the graph as it is.
  let moment: Moment?

  /// Which parts of a graph are boxes.
  public enum Folding: String, CaseIterable, Sendable {
    /// None in small graphs. In large ones as many parts are open as can be read; the net is open once, and its copies
    /// for other samples are not.
    case automatic = "auto"
    /// All parts are closed.
    case closed
    /// Every value is shown, without boxes around parts unless the graph is grouped.
    case open
  }

  /// The page in which the graph can be stepped through; `nil` if the figure shows a step itself.
  public var page: GraphPage? { moment == nil ? GraphPage(graph, title: title, language: language) : nil }

  /// Whether nobody would want to see all values at once.
  static func isLarge(_ graph: ComputationGraph) -> Bool { graph.nodes.count > 60 && graph.groups.isEmpty }

  /// Creates a figure of a graph.
  public init(
    _ graph: ComputationGraph, title: String = "", language: Language = .english, folding: Folding = .automatic
  ) {
    self.graph = graph
    self.title = title
    self.language = language
    self.folding = folding
    moment = nil
  }

  /// Creates a figure of a graph in the middle of its explanation: what is known after so many steps, the step that was
  /// taken last, and its arithmetic in words.
  ///
  /// - Precondition: `count` is from 0 to the number of steps.
  public init(
    _ explanation: Explanation, after count: Int, title: String = "", language: Language = .english,
    folding: Folding = .automatic
  ) {
    graph = explanation.graph
    self.title = title
    self.language = language
    self.folding = folding
    moment = Moment(explanation, after: count)
  }

  /// Whether parts have to be found first.
  var isFolded: Bool {
    guard graph.groups.isEmpty, moment == nil else { return false }
    return folding == .closed || folding == .automatic && Self.isLarge(graph)
  }

  /// What the picture says, for those who cannot see it.
  var summary: String {
    let leaves = graph.nodes.count { $0.operation == .leaf }
    let values = Localized.counted(graph.nodes.count, en: "value", fr: "valeur")(in: language)
    let result = graph.nodes.last.map { "\($0.label ?? "data") \($0.data.inFigure)" } ?? ""
    return Localized(
      en: "Gradient graph of \(values), \(leaves) of them \(leaves == 1 ? "a leaf" : "leaves"). Result: \(result).",
      fr:
        "Graphe de gradient de \(values), dont \(leaves) \(leaves < 2 ? "feuille" : "feuilles"). Résultat : \(result)."
    )(in: language)
  }
}

extension Value {
  /// The gradient graph behind this value, as a picture.
  public func figure(
    title: String = "", detail: ComputationGraph.Detail = .composed, language: Language = .english,
    folding: GraphFigure.Folding = .automatic
  ) -> GraphFigure {
    GraphFigure(graph(detail), title: title, language: language, folding: folding)
  }

  /// The gradient graph behind this value, as SVG.
  public func svg(
    title: String = "", detail: ComputationGraph.Detail = .composed, folding: GraphFigure.Folding = .automatic,
    theme: Theme = .automatic
  ) -> String {
    figure(title: title, detail: detail, folding: folding).svg(theme: theme)
  }

  /// The gradient graph behind this value, for Graphviz: `dot -Tsvg`.
  public func dot(title: String = "", detail: ComputationGraph.Detail = .composed) -> String {
    figure(title: title, detail: detail).dot()
  }
}

extension ComputationGraph.Node {
  /// The number and the gradient with all digits, and the name.
  var fullText: String {
    let name = label.map { "\($0): " } ?? ""
    return "\(name)data \(data.text), grad \(grad.text)"
  }
}
