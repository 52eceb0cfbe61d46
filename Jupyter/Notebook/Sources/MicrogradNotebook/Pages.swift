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

extension PlaygroundPage: Displayable {
  /// The page in a frame of its own.
  public var representations: Representations {
    let frame = """
      <iframe sandbox="allow-scripts allow-downloads allow-modals" style="width: 100%; height: 900px; border: 0" srcdoc="\(escaped(html()))"></iframe>
      """
    return [.html: frame, .plainText: "PlaygroundPage"]
  }
}

/// Returns the playground in the language of the notebook: a network that learns while you watch.
public func playground() -> PlaygroundPage { PlaygroundPage(language: language) }

/// Returns the playground in the language of the notebook, with samples of your own: two features, and a class.
///
/// - Throws: `PlaygroundPageError`, if they have another number of features, or there are more samples or classes than it
///   can show.
public func playground(_ samples: Dataset) throws -> PlaygroundPage {
  try PlaygroundPage(samples, language: language)
}

extension Explanation: Displayable {
  /// The page in which the explanation can be read step by step.
  public var representations: Representations {
    var representations = GraphPage(graph, language: language).representations
    representations[.plainText] = "Explanation in \(steps.count) steps"
    return representations
  }
}
