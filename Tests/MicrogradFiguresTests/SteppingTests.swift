import MicrogradEngine
import MicrogradGraph
import MicrogradJSON
import MicrogradLanguage
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// The walk through a graph that a page asks for.
@Suite struct SteppingTests {
  // MARK: Descriptions

  private static func same(_ a: ComputationGraph.Node, _ b: ComputationGraph.Node) -> Bool {
    a.id == b.id && a.operation == b.operation && a.operands == b.operands && a.label == b.label
      && a.data.bitPattern == b.data.bitPattern && a.constant?.bitPattern == b.constant?.bitPattern
  }

  private static func text(_ group: ComputationGraph.Group) -> String {
    let children = group.children.map(text).joined(separator: ", ")
    return
      "\(group.kind) \(group.label ?? "-") \(group.numbers.map { "\($0)" } ?? "-") \(group.shape) \(group.nodes) [\(children)]"
  }

  @Test(arguments: 0..<30) func descriptionsAreReadAsTheyWereWritten(seed: Int) throws {
    let graph = RandomStepping.graph(seed: seed).grouped()
    let written = GraphDescription(graph, title: "“\(seed)”\n")
    let read = try GraphDescription(JSON(parsing: written.json.description))
    #expect(read.title == written.title && read.isSetByHand == written.isSetByHand, "seed \(seed)")
    #expect(read.graph.nodes.count == graph.nodes.count, "seed \(seed)")
    for (got, expected) in zip(read.graph.nodes, graph.nodes) {
      #expect(Self.same(got, expected), "seed \(seed): got \(got), expected \(expected)")
    }
    #expect(read.graph.groups.map(Self.text) == graph.groups.map(Self.text), "seed \(seed)")
  }

  @Test(arguments: ["forward", "backward"]) func aLeafAloneHasNoSteps(direction: String) throws {
    let description = GraphDescription(Value(3).graph()), dispatcher = SteppingDispatcher()
    let opened = try #require(
      dispatcher.answer(
        .object([
          ("do", .text("graph.open")), ("description", description.json), ("language", .text("en")),
          ("at", .object([("node", .integer(0)), ("direction", .text(direction))])),
        ])))
    #expect(opened.json["moment"]?["step"]?.integer == 0, "got \(opened.json.description)")
  }

  @Test func numbersKeepAllTheirBits() {
    var random = SplitMix(seed: 1)
    for count in 0..<20 {
      let numbers = (0..<count).map { _ in Double(bitPattern: random.next()) } + [.nan, -.infinity, -0.0]
      let got = NumberText.decoded(NumberText.encoded(numbers))
      #expect(got?.map(\.bitPattern) == numbers.map(\.bitPattern), "\(numbers)")
    }
    #expect(NumberText.decoded("AAAA") == nil && NumberText.decoded("*") == nil)
  }

  /// Whatever a request contains, the answer is an answer or an error, and never a trap.
  @Test(arguments: 0..<40) func nonsenseIsAnError(seed: Int) throws {
    var random = SplitMix(seed: seed)
    let text = GraphDescription(RandomStepping.graph(seed: seed).grouped()).json.description
    let dispatcher = SteppingDispatcher()
    for _ in 0..<50 {
      let mutated = RandomStepping.mutated(try JSON(parsing: text), &random)
      var members: [(String, JSON)] = [
        ("do", .text("graph.open")), ("description", mutated), ("language", .text("en")),
      ]
      let opened = try #require(dispatcher.answer(.object(members)))
      guard let graph = opened.json["graph"]?.integer else {
        #expect(opened.json["error"]?["fr"]?.text != nil, "seed \(seed)")
        continue
      }
      members = [
        ("do", .text("graph.go")), ("graph", .integer(graph)),
        ("to", .integer(.random(in: -9...999, using: &random))),
      ]
      #expect(dispatcher.answer(.object(members))?.json["moment"] != nil, "seed \(seed)")
    }
    for action in ["go", "toggle", "setAll", "speak", "edit", "reset", "texts", "close", "nothing"] {
      let request = JSON.object([("do", .text("graph.\(action)")), ("graph", .integer(-1))])
      #expect(dispatcher.answer(request)?.json["error"] != nil, "\(action)")
    }
    #expect(dispatcher.answer(.object([("do", .text("train"))])) == nil && dispatcher.answer(.null) == nil)
  }

  // MARK: Steps

  /// With all groups open each step is one of the explanation, and has its words and numbers.
  @Test(arguments: 0..<20) func stepsAreThoseOfTheExplanation(seed: Int) throws {
    let graph = RandomStepping.graph(seed: seed).grouped(), explanation = Explanation(graph)
    let language: Language = seed % 2 == 0 ? .english : .french, narration = Narration(graph, in: language)
    let session = SteppingSession(GraphDescription(graph), in: language)
    session.setOpen(Set(session.outline.groups.indices))
    #expect(session.stepCount == explanation.steps.count, "seed \(seed)")
    for (index, step) in explanation.steps.enumerated() {
      session.go(to: index + 1)
      let now = SteppingMoment(session), moment = Moment(explanation, after: index + 1)
      #expect(now.words.lines == narration.arithmetic(step), "seed \(seed), step \(index + 1)")
      #expect(now.words.sentence.hasPrefix(narration.sentence(step)), "seed \(seed), step \(index + 1)")
      for node in graph.nodes {
        let expected = moment.hasNumber[node.id] ? node.data.bitPattern : nil
        #expect(now.data(of: node.id)?.bitPattern == expected, "seed \(seed), step \(index + 1), \(node.name)")
        let got = now.gradient(of: node.id)
        #expect(
          got?.bitPattern == moment.gradients[node.id]?.bitPattern, "seed \(seed), step \(index + 1), \(node.name)")
      }
    }
  }

  /// A closed group is one step, forward and backward; the walk stays at its place when boxes open and close.
  @Test(arguments: 0..<20) func openingStaysAtTheSamePlace(seed: Int) {
    var random = SplitMix(seed: seed)
    let graph = RandomStepping.graph(seed: seed).grouped()
    let session = SteppingSession(GraphDescription(graph), in: .english)
    for _ in 0..<20 where !session.outline.groups.isEmpty {
      session.go(to: .random(in: 0...session.stepCount, using: &random))
      let before = session.stop.map { (session.visible.boxes[$0.box].nodes, $0.direction) }
      session.toggle(.random(in: session.outline.groups.indices, using: &random))
      let after = session.stop.map { (session.visible.boxes[$0.box].nodes, $0.direction) }
      #expect(before?.1 == after?.1, "seed \(seed)")
      if let before, let after { #expect(before.0.overlaps(after.0), "seed \(seed): from \(before.0) to \(after.0)") }
      let shown = session.visible.boxes.filter { !$0.isOpen && !$0.item.isOutside }.flatMap { Array($0.nodes) }
      #expect(shown == Array(graph.nodes.indices), "seed \(seed): each value is in one visible box")
    }
  }

  /// What was kept from before gives the same boxes as planning everything anew. Their places may differ: levels of the same
  /// shape share the layout of the one that was seen first.
  @Test(arguments: 0..<20) func keptPlansAreStillRight(seed: Int) {
    var random = SplitMix(seed: seed)
    let description = GraphDescription(RandomStepping.graph(seed: seed).grouped())
    let session = SteppingSession(description, in: .english)
    for _ in 0..<20 where !session.outline.groups.isEmpty {
      session.toggle(.random(in: session.outline.groups.indices, using: &random))
      let anew = SteppingSession(description, in: .english, open: session.open)
      #expect(session.visible.boxes.map(\.item) == anew.visible.boxes.map(\.item), "seed \(seed)")
      #expect(session.visible.boxes.map(\.isOpen) == anew.visible.boxes.map(\.isOpen), "seed \(seed)")
      #expect(session.visible.lines.count == anew.visible.lines.count, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<20) func aNodeIsFoundInItsGroup(seed: Int) {
    var random = SplitMix(seed: seed)
    let graph = RandomStepping.graph(seed: seed).grouped(), computed = graph.nodes.filter { !$0.isLeaf }.map(\.id)
    let session = SteppingSession(GraphDescription(graph), in: .english, open: [])
    for direction in [Explanation.Step.Direction.forward, .backward] {
      let node = computed.randomElement(using: &random)!
      session.go(to: node, direction)
      let stop = session.stop
      #expect(stop.map { session.visible.boxes[$0.box].item } == .node(node), "seed \(seed): node \(node)")
      #expect(stop?.direction == direction, "seed \(seed)")
    }
  }

  @Test func valuesSetByHandKeepTheirNumbers() throws {
    let a = Value(2, label: "a"), b = a * 3
    b.data = 10
    let graph = (b + a).graph()
    let session = SteppingSession(GraphDescription(graph), in: .english)
    let leaf = try #require(graph.nodes.first { $0.label == "a" }).id
    session.edit(leaf, 5)
    #expect(session.graph.nodes.last?.data == 15 && session.graph.nodes.contains { $0.data == 10 })
    session.reset()
    #expect(session.graph.nodes.map(\.data) == graph.nodes.map(\.data))
  }
}

/// Graphs and requests at random.
enum RandomStepping {
  static func graph(seed: Int) -> ComputationGraph {
    var random = SplitMix(seed: seed)
    switch seed % 3 {
    case 0: return (0..<4).map { _ in ArithmeticTests.randomResult(&random) }.sum().graph(.recorded)
    case 1:
      let model = MLP(2, [.random(in: 2...9, using: &random), 1], seed: seed)
      model.labelParameters()
      let losses = (0..<Int.random(in: 1...12, using: &random)).map { sample in
        squaredError(model([Double(sample) / 3, 1])[0], 1)
      }
      return losses.mean().graph(seed % 2 == 0 ? .composed : .recorded)
    default:
      return withNamedScopes {
        namedScope("outer") {
          let a = Value(0.5, label: "a"),
            parts = (0..<5).map { index in namedScope("part") { (a * Double(index)).tanh() } }
          return parts.sum() * parts[0] + ArithmeticTests.randomResult(&random)
        }
      }.graph()
    }
  }

  /// Returns a document in which some values are others.
  static func mutated(_ json: JSON, _ random: inout SplitMix) -> JSON {
    switch json {
    case .object(let members):
      let chosen = Int.random(in: 0..<max(members.count, 1), using: &random)
      return .object(
        members.enumerated().compactMap { index, member in
          if index != chosen { return member }
          return Int.random(in: 0..<9, using: &random) == 0 ? nil : (member.0, mutated(member.1, &random))
        })
    case .array(let elements) where !elements.isEmpty && Int.random(in: 0..<9, using: &random) > 0:
      var elements = elements
      let chosen = Int.random(in: elements.indices, using: &random)
      elements[chosen] = mutated(elements[chosen], &random)
      return .array(elements)
    default:
      let others: [JSON] = [
        .null, .integer(0), .integer(-1), .integer(1), .integer(7), .integer(.max), .number(.nan), .text(""),
        .text("AAAA"),
        .array([]), .object([]), .boolean(true),
      ]
      return others.randomElement(using: &random)!
    }
  }
}
