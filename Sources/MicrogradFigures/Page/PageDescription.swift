import MicrogradEngine
import MicrogradGraph
import MicrogradJSON
import MicrogradLanguage

/// The description of a graph for the page's script.
///
/// Positions are given for each level with all boxes closed. The script makes room for boxes that open, as `Stretch` does.
/// Levels of the same shape, such as the samples of a data set, share their positions.
struct PageDescription {
  private let outline: GraphOutline
  private let graph: ComputationGraph
  private let language: Language
  private var shapes: [JSON] = []
  private var levels: [JSON] = []

  init(_ graph: ComputationGraph, in language: Language) {
    self.graph = graph
    self.language = language
    outline = GraphOutline(graph)
    addLevels()
  }

  var json: JSON {
    let explanation = Explanation(graph),
      used = Operation.allCases.filter { operation in graph.nodes.contains { $0.operation == operation } }
    return .object([
      ("language", .text(language.rawValue)),
      ("phrases", .object(Phrase.allCases.map { ($0.rawValue, Self.json($0.text)) })),
      ("operations", .object(used.map { ("\($0)", Self.json($0)) })),
      ("dots", .object(Self.dots(explanation))),
      ("nodes", .array(nodes(explanation))),
      ("groups", .array(outline.groups.indices.map(group))),
      ("open", .integers(outline.readable().sorted())),
      ("levels", .array(levels)),
      ("shapes", .array(shapes)),
    ])
  }

  private static func json(_ phrase: Localized) -> JSON {
    .object(Language.allCases.map { ($0.rawValue, .text(FormulaText(sentence: phrase(in: $0)).text)) })
  }

  private static func json(_ operation: Operation) -> JSON {
    func text(_ formula: String) -> String { FormulaText(formula: formula, variables: ["a", "b", "y"]).text }
    return .object([
      ("symbol", .text(operation.symbol)), ("formula", .text(text(operation.formula))),
      ("partials", .texts(operation.partialFormulas.map(text))),
      ("explanation", .localized(operation.words.explanation)),
    ])
  }

  /// Returns the formulas of dot products by the number of their operands: the variables, one for each operand, the
  /// formula, and the local derivatives.
  private static func dots(_ explanation: Explanation) -> [(String, JSON)] {
    var dots: [Int: JSON] = [:]
    for step in explanation.steps where step.direction == .backward {
      let node = explanation.graph.nodes[step.node], count = node.operands.count
      guard node.operation == .dot, dots[count] == nil else { continue }
      let letters = step.variables.map(\.name), variables = Set(letters)
      func text(_ formula: String) -> String { FormulaText(formula: formula, variables: variables).text }
      dots[count] = .object([
        ("variables", .texts(letters)), ("formula", .text(text(step.formula))),
        ("partials", .texts(step.contributions.map { text($0.formula) })),
      ])
    }
    return dots.sorted { $0.key < $1.key }.map { ("\($0.key)", $0.value) }
  }

  private func nodes(_ explanation: Explanation) -> [JSON] {
    let isSetByHand = Set(explanation.steps.lazy.filter(\.isSetByHand).map(\.node))
    return graph.nodes.map { node in
      .array([
        .text("\(node.operation)"), .integers(node.operands), .number(node.data),
        node.constant.map { .number($0) } ?? .null, node.label.map { .text($0) } ?? .null,
        .integer(isSetByHand.contains(node.id) ? 1 : 0),
      ])
    }
  }

  private func group(_ id: GraphOutline.GroupID) -> JSON {
    let group = outline.groups[id]
    func words(_ text: (Language) -> String) -> JSON {
      .object(Language.allCases.map { ($0.rawValue, .text(text($0))) })
    }
    return .object([
      ("title", words(group.title)), ("contents", words(group.contents)),
      ("parent", .integer(outline.parents[id] ?? -1)),
      ("nodes", .integers([group.nodes.lowerBound, group.nodes.upperBound])),
    ])
  }

  // MARK: Levels

  /// The items and edges of a level. Levels for which they are equal look alike.
  private struct Key: Hashable {
    let items: [String]
    let edges: [GraphOutline.Edge]
  }

  private mutating func addLevels() {
    let drawing = LevelDrawing(
      outline: outline, open: [], nodes: NodeDrawing(graph, at: Moment(Explanation(graph), after: 0)),
      language: language)
    var known: [Key: Int] = [:]
    for id in [nil] + outline.groups.indices.map(Optional.some) {
      let level = outline.level(id), key = Key(items: level.items.map(kind), edges: level.edges)
      let shape = known[key] ?? shapes.count
      if known[key] == nil {
        known[key] = shape
        shapes.append(Self.json(drawing.closedLayout(level), level.edges))
      }
      levels.append(.object([("shape", .integer(shape)), ("signs", .array(level.items.compactMap(sign)))]))
    }
  }

  private func kind(_ item: GraphOutline.Item) -> String {
    switch item {
    case .node(let id): "\(graph.nodes[id].operation) \(graph.nodes[id].operands.count)"
    case .group: "group"
    case .nodeOutside, .groupOutside: "sign"
    }
  }

  private func sign(_ item: GraphOutline.Item) -> JSON? {
    switch item {
    case .nodeOutside(let id): .integer(id)
    case .groupOutside(let id): .integers([id])
    case .node, .group: nil
    }
  }

  private static func json(_ layout: LayeredLayout, _ edges: [GraphOutline.Edge]) -> JSON {
    .object([
      ("edges", .array(edges.map { .integers([$0.from, $0.to]) })),
      ("layers", .integers(layout.layers)),
      ("frames", .array(layout.frames.map { .array([.place($0.y), .place($0.height)]) })),
      ("sides", .array(layout.sides.map { .array([.place($0.left), .place($0.right)]) })),
      ("routes", .array(layout.routes.map(json))),
      ("size", .array([.place(layout.size.width), .place(layout.size.height)])),
    ])
  }

  private static func json(_ route: LayeredLayout.Route) -> JSON {
    .array([
      .integer(route.source), .integer(route.edge ?? -1), .integer(route.target ?? -1),
      .array(route.points.flatMap { [.place($0.x), .place($0.y)] }),
    ])
  }
}
