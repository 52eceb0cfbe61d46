import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// The graph of a GPT folds into the parts that its modules name.
@Suite struct TransformerFigureTests {
  private static func graph() -> ComputationGraph {
    var random = PythonRandom(seed: 42)
    let model = GPT(.init(vocabulary: 5, width: 8, heads: 2, layers: 1, context: 4), using: &random)
    model.labelParameters()
    let loss = withNamedScopes { () -> Value in
      var memory = model.memory(), logits: [Value] = []
      for token in [4, 0, 2] { logits = model(token, &memory) }
      return namedScope("loss") { softmaxCrossEntropy(logits: logits, label: 1) }
    }
    loss.backward()
    return loss.graph()
  }

  private func titles(_ groups: [ComputationGraph.Group], _ language: Language) -> [String] {
    groups.filter { $0.kind == .scope }.map { $0.title(in: language) }
  }

  @Test func partsAreThoseOfTheModel() throws {
    let top = Self.graph().grouped().groups
    #expect(titles(top, .english) == ["position 1", "position 2", "position 3", "loss"])
    let last = try #require(top.last { $0.label == "position" })
    #expect(titles(last.children, .english) == ["embedding", "norm", "block", "logits"])
    let block = try #require(last.children.first { $0.label == "block" })
    #expect(titles(block.children, .english) == ["norm 1", "attention", "residual 1", "norm 2", "MLP", "residual 2"])
    let attention = try #require(block.children.first { $0.label == "attention" })
    #expect(
      titles(attention.children, .english).sorted() == ["head 1", "head 2", "keys", "output", "queries", "values"])
    let head = try #require(attention.children.first { $0.label == "head" })
    #expect(titles(head.children, .english) == ["scores", "softmax", "weighted sum"])
    let scores = try #require(head.children.first { $0.label == "scores" })
    #expect(
      scores.children.map(\.kind) == [.dotProduct, .dotProduct, .dotProduct], "computed by computed: no neurons")
    let network = try #require(block.children.first { $0.label == "MLP" })
    #expect(network.children.filter { $0.kind == .layer }.map(\.shape) == [[8, 32], [32, 8]])
  }

  @Test func titlesAreFrenchOnFrenchPages() throws {
    let top = Self.graph().grouped().groups
    #expect(titles(top, .french) == ["position 1", "position 2", "position 3", "perte"])
    let last = try #require(top.last { $0.label == "position" })
    #expect(titles(last.children, .french) == ["plongement", "normalisation", "bloc", "logits"])
  }

  @Test func usersNamesAreTheSameInAllLanguages() {
    let graph = withNamedScopes { namedScope("my part") { (Value(1).exp() * 2).tanh() } }.graph().grouped()
    #expect(titles(graph.groups, .french) == titles(graph.groups, .english))
  }

  /// The way of the last position through the network is open; what came before is closed.
  @Test func theLastPositionIsOpen() throws {
    let outline = GraphOutline(Self.graph().grouped()), open = outline.readable()
    let names = open.filter { outline.groups[$0].kind == .scope }.map { outline.groups[$0].title(in: .english) }
    for name in ["position 3", "block", "attention", "MLP"] { #expect(names.contains(name), "\(names)") }
    for name in ["position 1", "position 2"] { #expect(!names.contains(name), "\(names)") }
  }

  @Test func allFormatsHaveTheParts() throws {
    let figure = GraphFigure(Self.graph(), title: "A letter")
    let drawn = try ParsedSVG(figure.svg()), text = figure.text(), dot = figure.dot(), page = figure.page!.html()
    for title in ["position 1", "position 3", "attention", "head 1", "head 2", "MLP", "logits", "loss"] {
      #expect(drawn.texts.contains(title), "\(title) in \(drawn.texts)")
      #expect(text.contains("▸ \(title)  "), "\(title) in \(text)")
      #expect(dot.contains("label=\"\(title)\" style=rounded"), "\(title)")
      // The page has a group's name and number apart.
      let name = title.split(separator: " ")[0]
      #expect(page.contains(",\"\(name)\","), "\(title)")
    }
    #expect(drawn.texts.contains("wk · 8 × 8"), "weights that all positions share: \(drawn.texts)")
  }
}
