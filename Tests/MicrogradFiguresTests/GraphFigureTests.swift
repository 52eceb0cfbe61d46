import MicrogradEngine
import MicrogradGraph
import MicrogradNetworks
import Testing

@testable import MicrogradFigures

@Suite struct GraphFigureTests {
  /// The lab's third task: a neuron, its output replaced by its sigmoid, and the squared error.
  static func neuron() -> Value {
    let weights = [Value(0.2788535969157675, label: "w1"), Value(-0.9499784895546661, label: "w2")]
    let inputs = [Value(0.888, label: "x1"), Value(0.777, label: "x2")]
    let output = dot(weights, inputs, bias: Value(0, label: "b"))
    output.data = Value(output.data).sigmoid().data
    let error = pow(output - Value(1, label: "target"), 2).labelled("error")
    error.backward()
    return error
  }

  @Test func publishedNumbersOfTheNeuron() throws {
    let parsed = try ParsedSVG(Self.neuron().svg(title: "Neuron"))
    let texts = parsed.texts
    // Label, data and gradient follow each other.
    func cells(_ label: String) -> [String] {
      texts.firstIndex(of: label).map { Array(texts[($0 + 1)...($0 + 2)]) } ?? []
    }
    #expect(cells("w1") == ["data 0.2789", "grad -1.1015"])
    #expect(cells("w2") == ["data -0.9500", "grad -0.9638"])
    #expect(cells("b") == ["data 0.0000", "grad -1.2405"])
    #expect(cells("target") == ["data 1.0000", "grad 1.2405"])
    #expect(cells("error") == ["data 0.3847", "grad 1.0000"])
    #expect(texts.contains("data 0.3798"), "the output after the sigmoid: \(texts)")
    #expect(texts.filter { ["+", "×", "^2"].contains($0) }.sorted() == ["+", "+", "+", "^2", "×", "×", "×"])
    #expect(parsed.styled("leaf").count == 7, "two weights, two inputs, bias, target, -1")
    #expect(parsed.styled("result").count == 1)
    #expect(parsed.styled("computed").count == 6)
    // 13 operands, and from each operation to its result.
    #expect(parsed.styled("arrowHead").count == 13 + 7)
    #expect(
      parsed.summary.contains("14 values, 7 of them leaves") && parsed.summary.contains("0.3847"))
  }

  @Test func aValueUsedTwiceHasTwoEdges() throws {
    let a = Value(3, label: "a")
    for result in [a + a, a * a] {
      let parsed = try ParsedSVG(result.svg())
      #expect(parsed.styled("arrowHead").count == 3, "two operands, one result")
      #expect(Set(parsed.styled("edge").compactMap { $0.attributes["d"] }).count == 3)
      #expect(result.dot().components(separatedBy: "v0 -> op1").count == 3)
    }
  }

  @Test func namesOfAnyKind() throws {
    let wild = SVGTests.wild + "{|}\\"
    let value = (Value(1, label: wild) * 2).labelled(String(repeating: "long ", count: 100))
    let figure = value.figure(title: wild)
    let parsed = try ParsedSVG(figure.svg())
    #expect(parsed.texts.contains { $0.hasPrefix("a<b>&\"c\"'d'") })
    for (index, line) in figure.dot().split(separator: "\n").enumerated() {
      DOTChecks.check(line, "line \(index + 1)")
    }
  }

  @Test func whatGraphvizWouldInterpretIsEscaped() {
    let dot = Value(1, label: "a&lt;{b}|\"c\"\\n<d>").dot(title: "&amp; \"t\"")
    #expect(dot.contains(#"{ a&amp;lt;\{b\}\|\"c\"\\n\<d\> | data 1.0000"#), "\(dot)")
    #expect(dot.contains(#"label="&amp;amp; \"t\"" labelloc=t"#), "\(dot)")
  }

  /// Each part is a cluster of its own name, and each node of it stands in the innermost one, once.
  @Test func partsAreClustersInDOT() {
    let model = MLP(2, [3, 1], seed: 1)
    let loss = (0..<5).map { (model([Double($0), 1])[0] - 1).squared() }.mean()
    let graph = loss.graph().grouped()
    func count(_ groups: [ComputationGraph.Group]) -> Int { groups.reduce(0) { $0 + 1 + count($1.children) } }
    let text = GraphFigure(graph).dot(), lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    let clusters = lines.filter { $0.hasPrefix("subgraph") }
    #expect(clusters.count == count(graph.groups) && Set(clusters).count == clusters.count, "\(text)")
    #expect(text.contains("label=\"layer 1 · 2 → 3\" style=rounded"), "\(text)")
    let members = lines.filter { $0.hasPrefix("v") || $0.hasPrefix("op") }.filter {
      !$0.contains("[") && !$0.contains(">")
    }
    .flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("v") }
    let inGroups = graph.groups.reduce(0) { $0 + $1.nodes.count }
    #expect(members.count == inGroups && Set(members).count == inGroups, "\(text)")
    #expect(GraphFigure(loss.graph()).dot().contains("subgraph cluster_1"), "a large graph is grouped by itself")
    #expect(!GraphFigure(loss.graph(), folding: .open).dot().contains("subgraph"))
  }

  @Test func dotOfTheNeuron() {
    let lines = Self.neuron().dot().split(separator: "\n").map(String.init)
    #expect(lines.first == "digraph {" && lines.last == "}" && lines.contains("  rankdir=LR"))
    #expect(lines.count { $0.contains("shape=record") } == 14)
    #expect(lines.count { $0.contains("shape=ellipse") } == 7)
    #expect(lines.count { $0.contains(" -> ") } == 13 + 7)
    #expect(lines.contains { $0.contains("{ w1 | data 0.2789 | grad -1.1015 }") }, "\(lines)")
    for line in lines { DOTChecks.check(line[...], line) }
  }

  @Test func aSingleLeaf() throws {
    let parsed = try ParsedSVG(Value(2).svg())
    #expect(parsed.texts == ["data 2.0000", "grad 0.0000"])
    #expect(parsed.title == "Gradient graph")
  }

  @Test func numbersThatAreNone() throws {
    let value = (Value(-1).log() + .infinity) * 1e-9
    value.backward()
    let parsed = try ParsedSVG(value.svg())
    #expect(parsed.texts.contains("data nan") && parsed.texts.contains("data inf"), "\(parsed.texts)")
    #expect(parsed.texts.contains("data 1.0e-09"))
  }

  @Test func operandsOfADifferenceKeepTheirOrder() {
    let x = Value(1, label: "x")
    #expect((x.exp() - x).dot(detail: .recorded).contains("label=\"−\" ordering=in"))
  }

  @Test func boxesHaveRoomForTheirText() throws {
    let graph = Self.neuron().graph(), drawing = NodeDrawing(graph)
    for node in graph.nodes {
      let text = "\(node.label ?? "")data \(node.data.inFigure)grad \(node.grad.inFigure)\(node.symbol)"
      #expect(drawing.sizes.size(of: node).width > Font.normal.width(of: text), "\(text)")
    }
  }

  /// A deep tree is continued from the left: no line is long, and each value is explained once.
  @Test func deepTreesAreContinuedBelow() {
    var y = Value(1, label: "x")
    for _ in 0..<500 { y = y.tanh() }
    let lines = y.figure(folding: .open).text().split(separator: "\n")
    #expect(lines.allSatisfy { $0.count < 200 }, "\(lines.map(\.count).max() ?? 0) characters")
    for node in y.graph().nodes {
      let listed = lines.filter {
        $0.contains(" \(node.name)  ") || $0.contains("\(node.name) = ") && !$0.hasSuffix("…")
      }
      #expect(listed.count >= 1, "\(node.name)")
      if !node.isLeaf { #expect(lines.count { $0.contains("\(node.name) = tanh  data") } == 1, "\(node.name)") }
    }
    #expect(lines.count { $0.hasSuffix("…") } == 12, "500 levels, 41 at a time")
  }

  /// Arrows end at the outline of an operation, which is a circle above and below a straight piece.
  @Test func arrowsReachRoundOutlines() {
    let graph = (Value(2) * Value(3)).graph(), drawing = NodeDrawing(graph)
    // Two edges need a height of 27: the circle's radius of 13, and a straight piece of half a pixel up and down.
    for (offset, expected) in [(0.0, 0.0), (0.5, 0), (-6.5, 13 - 133.0.squareRoot()), (13.5, 13)] {
      let got = drawing.sizes.recess(of: graph.nodes[2], at: offset)
      #expect(abs(got - expected) < 1e-9, "at \(offset): got \(got), expected \(expected)")
    }
    #expect(drawing.sizes.recess(of: graph.nodes[0], at: 5) == 0, "leaves are boxes")
  }

  @Test func french() throws {
    let figure = GraphFigure(Self.neuron().graph(), language: .french)
    #expect(try ParsedSVG(figure.svg()).summary.hasPrefix("Graphe du gradient de 14 valeurs"))
  }
}

/// What Graphviz would stumble over.
enum DOTChecks {
  /// Quotes are balanced, and in labels of records braces are, up to what is escaped.
  static func check(_ line: Substring, _ name: String) {
    var isQuoted = false, isEscaped = false, depth = 0
    for character in line {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if isQuoted, line.contains("shape=record") {
        depth += character == "{" ? 1 : character == "}" ? -1 : 0
        #expect(character != "<" && character != ">", "\(name): \(line)")
      }
    }
    #expect(!isQuoted && !isEscaped && depth == 0, "\(name): \(line)")
  }
}
