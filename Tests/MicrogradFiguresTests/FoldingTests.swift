import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct FoldingTests {
  static func loss(samples: Int, hidden: Int = 16) -> Value {
    let model = MLP(2, [hidden, 1], seed: 42)
    model.labelParameters()
    let losses = (0..<samples).map { k in squaredError(model([Double(k) / 50, 1])[0], Double(k % 2)) }
    let loss = losses.mean()
    loss.backward()
    return loss
  }

  /// The net on a hundred samples: one sample open, and the others in a box.
  @Test func aNetOnManySamplesIsReadable() throws {
    let parsed = try ParsedSVG(Self.loss(samples: 100).svg())
    #expect(parsed.texts.contains("sample 1") && parsed.texts.contains("samples 2–100"), "\(parsed.texts)")
    #expect(parsed.texts.contains("layer · 2 → 16") && parsed.texts.contains("w1 · 16 × 2"), "\(parsed.texts)")
    let boxes = parsed.styled("leaf").count + parsed.styled("computed").count + parsed.styled("group").count / 2
    #expect(boxes < 60, "\(boxes) boxes")
  }

  /// What the samples share goes to each of them once, and not by a bundle of edges.
  @Test(arguments: [2, 16]) func parametersStandTogether(hidden: Int) throws {
    let outline = GraphOutline(Self.loss(samples: 100, hidden: hidden).graph().grouped()), top = outline.level(nil)
    let parameters = try #require(outline.roots.first { outline.groups[$0].kind == .parameters })
    #expect(outline.groups[parameters].title(in: .french) == "paramètres · \(4 * hidden + 1)")
    #expect(outline.readable().contains(parameters))
    let place = try #require(top.items.firstIndex(of: .group(parameters)))
    let users = top.edges.filter { $0.from == place }.map { top.items[$0.to] }
    let samples = outline.roots.filter { outline.groups[$0].kind == .sample }.map { GraphOutline.Item.group($0) }
    #expect(samples.count == 2 && users == samples, "\(users)")
  }

  /// Neurons are alike: where one is open, all are that have room to be.
  @Test(arguments: 1...8) func neuronsAreOpenTogether(hidden: Int) {
    let outline = GraphOutline(Self.loss(samples: 1, hidden: hidden).graph().grouped()), open = outline.readable()
    let neurons = outline.groups.indices.filter { id in
      outline.groups[id].kind == .neuron && outline.parents[id].map(open.contains) ?? true
    }
    #expect([0, neurons.count].contains(neurons.count(where: open.contains)), "\(hidden) hidden neurons: \(open)")
  }

  @Test func smallGraphsStayAsTheyAre() throws {
    let value = GraphFigureTests.neuron()
    #expect(try ParsedSVG(value.svg()).styled("openGroup").isEmpty)
    #expect(try ParsedSVG(value.svg(folding: .closed)).styled("group").count == 2, "one box, drawn as two")
  }

  @Test func largeGraphsCanBeShownWhole() throws {
    let loss = Self.loss(samples: 2), nodes = loss.graph().nodes.count
    let parsed = try ParsedSVG(loss.svg(folding: .open))
    #expect(nodes > 60)
    #expect(parsed.styled("leaf").count + parsed.styled("computed").count + parsed.styled("result").count == nodes)
  }

  /// Whatever is open, each level's boxes keep apart, and lie inside.
  @Test(arguments: 0..<40)
  func framesOfAnyOpening(seed: Int) throws {
    var random = SplitMix(seed: seed)
    let outline = GraphOutline(Self.loss(samples: 8, hidden: 4).graph().grouped())
    let open = Set(outline.groups.indices.filter { _ in Bool.random(using: &random) })
    let drawing = LevelDrawing(
      outline: outline, open: open, nodes: NodeDrawing(outline.graph), language: .english)
    let picture = drawing.picture(of: nil),
      closed = LevelDrawing(
        outline: outline, open: [], nodes: NodeDrawing(outline.graph), language: .english
      ).picture(of: nil)
    #expect(picture.size.width >= closed.size.width && picture.size.height >= closed.size.height, "seed \(seed)")
    for id in [nil] + outline.groups.indices.map(Optional.some) {
      let level = outline.level(id)
      #expect(
        level.edges.allSatisfy { $0.from < $0.to }, "seed \(seed), level \(String(describing: id)): edges go forward")
      let sizes = level.items.map { _ in Size(width: .random(in: 9...99, using: &random), height: 26) }
      LayoutChecks.framesAreApart(LayeredLayout(level, of: outline.graph, sizes), "seed \(seed)")
      let range = id.map { outline.groups[$0].nodes } ?? outline.graph.nodes.indices
      let inside = level.items.filter { !$0.isOutside }.flatMap { Array(outline.nodes(of: $0)) }
      #expect(inside == Array(range), "seed \(seed): each node stands once in its level")
    }
  }

  /// What the boxes of a level take from elsewhere is shown by the largest box there that does not hold the level itself.
  @Test func signsStandForTheOutermostBox() {
    let model = MLP(2, [4, 3, 1], seed: 42)
    let loss = (0..<3).map { k in squaredError(model([Double(k), 1])[0], 1) }.mean()
    let outline = GraphOutline(loss.graph().grouped())
    var count = 0
    for id in outline.groups.indices {
      for case .groupOutside(let box) in outline.level(id).items {
        let outer = outline.parents[box], start = outline.groups[id].nodes.lowerBound
        #expect(outer.map { outline.groups[$0].nodes.contains(start) } ?? true, "box \(box) at level \(id)")
        count += 1
      }
    }
    #expect(count > 0)
  }

  /// Rows of samples stay closed, even where there is room for them.
  @Test func rowsAreNotOpened() {
    let outline = GraphOutline(Self.loss(samples: 6, hidden: 2).graph().grouped()), open = outline.readable()
    let rows = outline.groups.indices.filter { (outline.groups[$0].numbers?.count ?? 1) > 1 }
    #expect(!open.isEmpty && !rows.isEmpty && open.isDisjoint(with: rows), "open \(open), rows \(rows)")
  }

  @Test func aStepIsMarkedAndExplained() throws {
    let a = Value(3, label: "a"), explanation = Explanation((a * a).labelled("y").graph())
    let start = try ParsedSVG(GraphFigure(explanation, after: 0).svg())
    #expect(start.texts.contains("data ·") && start.styled("active").isEmpty)
    let last = try ParsedSVG(GraphFigure(explanation, after: 2, language: .french).svg())
    #expect(last.styled("active").count == 1 && last.styled("activeEdge").count == 2)
    #expect(
      last.texts.contains { $0.contains("a reçoit 1 × 3 = 3") && $0.contains("(∂y/∂a = a = 3)") }, "\(last.texts)")
    #expect(last.texts.contains { $0.contains("3 + 3 = 6") }, "\(last.texts)")
    #expect(last.texts.contains("grad 1.0000") && last.texts.contains("grad 6.0000"), "\(last.texts)")
  }

  @Test func allStepsAsText() {
    let a = Value(3, label: "a"), text = Explanation((a * a).labelled("y").graph()).text()
    let expected = """
      FORWARD
      1  y = a × a = 3 × 3 = 9

      BACKWARD
      2  The derivative of y with respect to itself is 1: backward begins here. In a product, each operand receives the gradient \
      times the other operand.
         a receives 1 × 3 = 3   (∂y/∂a = a = 3)
         a receives 1 × 3 = 3   (∂y/∂a = a = 3); it is used more than once, so it adds up: 3 + 3 = 6

      """
    #expect(text == expected, "\(text)")
  }

  /// Of the lines to a closed box only those are marked that the step went along.
  @Test func stepsInsideBoxesMarkTheirOperands() throws {
    let explanation = Explanation(Self.loss(samples: 3).graph().grouped())
    for count in stride(from: 1, to: explanation.steps.count, by: 29) {
      let operands = explanation.graph.nodes[explanation.steps[count - 1].node].operands
      let marked = try ParsedSVG(GraphFigure(explanation, after: count, folding: .closed).svg()).styled("activeEdge")
      #expect(marked.count <= operands.count, "step \(count): \(marked.count) of \(operands.count)")
    }
  }

  @Test func textIsATree() {
    let a = Value(2, label: "a\u{1B}[31m"), y = (a * 3).labelled("y")
    let text = (y + y).figure().text(style: .init(.ascii))
    #expect(
      text == """
        v3 = +  data 12.0000  grad 0.0000
        |- y = *  data 6.0000  grad 0.0000
        |  |- a[31m  data 2.0000  grad 0.0000
        |  `- v1  data 3.0000  grad 0.0000
        `- y = * ...

        """, "\(text)")
  }

  @Test func formulasTakeNumbers() {
    let words = ["a": "-2", "b": "3", "y": "x1"]
    for (formula, expected) in [
      ("b × a ^ (b − 1)", "3 × (-2) ^ (3 − 1)"), ("max(a, 0)", "max(-2, 0)"), ("|a|", "|-2|"), ("a ^ b", "(-2) ^ 3"),
      ("a > 0 ? 1 : y + b", "-2 > 0 ? 1 : x1 + 3"), ("log(a) + e^a", "log(-2) + e^(-2)"),
      ("a × b − a", "-2 × 3 − (-2)"),
      ("b ÷ a", "3 ÷ (-2)"), ("−a", "−(-2)"), ("√a", "√(-2)"), ("e^−a²", "e^−(-2)²"), ("a² + b", "(-2)² + 3"),
    ] {
      let got = FormulaText(formula: formula, variables: ["a", "b", "y"]).filled { words[$0]! }
      #expect(got == expected, "\(formula): got \(got), expected \(expected)")
    }
    let sentence = FormulaText(sentence: "{y} has {a} × {a} = {b}: {a}")
    #expect(sentence.text == "{y} has {a} × {(a)} = {b}: {a}")
    #expect(sentence.filled { words[$0]! } == "x1 has -2 × (-2) = 3: -2")
  }
}
