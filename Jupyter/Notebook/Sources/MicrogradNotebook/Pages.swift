public import Micrograd
public import Notebook

extension GraphPage: Displayable {
  /// The page in a frame of its own, where its script and style concern nothing else of the notebook.
  public var representations: Representations {
    let frame = """
      <iframe sandbox="allow-scripts" style="width: 100%; height: 640px; border: 0" srcdoc="\(escaped(html()))"></iframe>
      """
    return [.html: frame, .plainText: "GraphPage of \(graph.nodes.count) nodes"]
  }
}

extension Explanation: Displayable {
  /// The page in which the explanation can be read step by step.
  public var representations: Representations {
    var representations = GraphPage(graph, language: language).representations
    representations[.plainText] = "Explanation in \(steps.count) steps"
    return representations
  }
}
