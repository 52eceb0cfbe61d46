import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage
import MicrogradRequirement

/// A gradient graph: every value with its data and gradient, and every operation, from the operands on the left to the
/// result on the right.
///
/// ```swift
/// let w = Value(0.5, label: "w"), x = Value(2, label: "x")
/// let y = (w * x).tanh()
/// y.backward()
/// GraphFigure(y.graph(), title: "One neuron").svg()
/// ```
///
/// It looks like the graphs of micrograd's `trace_graph`: a box reads `label | data 0.3798 | grad -1.2405`, and the
/// operation that computed it stands in a circle to its left. Leaves have round corners; the result has a thick frame.
/// Pointing at a box shows its numbers with all digits.
///
/// In large graphs samples, layers, neurons, dot products and long sums are folded into boxes (see ``folding``), so that
/// even the graph of a whole data set is readable.
public struct GraphFigure: Figure {
  /// The graph.
  public var graph: ComputationGraph
  /// The title above the picture. If it is empty, there is none.
  public var title: String
  /// The language of the description.
  public var language: Language

  /// The parts that are folded into boxes.
  public var folding: Folding
  /// The moment of an explanation that is shown, or nil if it is the graph itself.
  let moment: Moment?

  /// A choice of the parts of a graph that are folded into boxes.
  public enum Folding: String, CaseIterable, Sendable {
    /// Small graphs are not folded. In large ones, as many parts are open as can be read: the network is open for one
    /// sample, and closed for the others.
    case automatic = "auto"
    /// All parts are closed.
    case closed
    /// Every value is shown, without boxes around parts unless the graph is grouped.
    case open
  }

  /// The page in which the graph can be stepped through. It is `nil` if the figure shows a step itself.
  public var page: GraphPage? { moment == nil ? GraphPage(graph, title: title, language: language) : nil }

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

  /// Creates a figure of a graph after the first `count` steps of its explanation: the values and gradients so far, the
  /// last of these steps, and its arithmetic in words.
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

  /// Whether the graph has to be grouped into parts first.
  var isFolded: Bool {
    guard graph.groups.isEmpty, moment == nil else { return false }
    return folding == .closed || folding == .automatic && graph.isLarge
  }

  /// A description of the picture for those who cannot see it.
  var summary: String {
    let leaves = graph.nodes.count { $0.operation == .leaf }
    let values = Localized.counted(graph.nodes.count, en: "value", fr: "valeur")(in: language)
    let result = graph.nodes.last.map { "\($0.label ?? "data") \($0.data.inFigure)" } ?? ""
    return Localized(
      en: "Gradient graph of \(values), \(leaves) of them \(leaves == 1 ? "a leaf" : "leaves"). Result: \(result).",
      fr:
        "Graphe du gradient de \(values), dont \(leaves) \(leaves < 2 ? "feuille" : "feuilles"). Résultat : \(result)."
    )(in: language)
  }
}

extension Value {
  /// Returns the gradient graph behind this value as a picture.
  public func figure(
    title: String = "", detail: ComputationGraph.Detail = .composed, language: Language = .english,
    folding: GraphFigure.Folding = .automatic
  ) -> GraphFigure {
    GraphFigure(graph(detail), title: title, language: language, folding: folding)
  }

  /// Returns the gradient graph behind this value as SVG.
  public func svg(
    title: String = "", detail: ComputationGraph.Detail = .composed, folding: GraphFigure.Folding = .automatic,
    theme: Theme = .automatic
  ) -> String {
    figure(title: title, detail: detail, folding: folding).svg(theme: theme)
  }

  /// Returns the gradient graph behind this value in the language of Graphviz, for `dot -Tsvg`.
  public func dot(title: String = "", detail: ComputationGraph.Detail = .composed) -> String {
    figure(title: title, detail: detail).dot()
  }
}

extension ComputationGraph.Node {
  /// The name, and the data and the gradient with all digits.
  var fullText: String {
    let name = label.map { "\($0): " } ?? ""
    return "\(name)data \(data.text), grad \(grad.text)"
  }
}
