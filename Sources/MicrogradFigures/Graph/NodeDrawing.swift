import MicrogradEngine

/// How wide the parts of a box are, and what they look like. The cells for numbers are equally wide in the whole
/// figure, so that they stand below each other.
struct NodeDrawing {
  private static let font = Font.normal
  private static let labelFont = Font(size: Font.base, isBold: true)
  private static let boxHeight = 26.0
  private static let padding = 8.0
  private static let longestLabel = 180.0
  /// Between the operation's circle and its result's box.
  private static let link = 18.0
  /// The room that an edge arriving at an operation needs.
  private static let portDistance = 9.0

  private let dataWidth: Double
  private let gradWidth: Double

  init(_ graph: ComputationGraph) {
    func width(_ name: String, _ number: (ComputationGraph.Node) -> Double) -> Double {
      let longest = graph.nodes.map { Self.font.width(of: "\(name) \(number($0).inFigure)") }.max() ?? 0
      return longest + 2 * Self.padding
    }
    dataWidth = width("data", \.data)
    gradWidth = width("grad", \.grad)
  }

  // MARK: Sizes

  /// The room for the operation, if there is one, the arrow, and the box.
  func size(of node: ComputationGraph.Node) -> Size {
    Size(
      width: (node.isLeaf ? 0 : operationSize(node).width + Self.link) + boxWidth(node),
      height: node.isLeaf ? Self.boxHeight : operationSize(node).height)
  }

  private func boxWidth(_ node: ComputationGraph.Node) -> Double { labelWidth(node) + dataWidth + gradWidth }

  private func labelWidth(_ node: ComputationGraph.Node) -> Double {
    node.label.map { min(Self.labelFont.width(of: $0), Self.longestLabel) + 2 * Self.padding } ?? 0
  }

  /// A circle, or an oblong where there is more to hold: a long name, or many edges.
  private func operationSize(_ node: ComputationGraph.Node) -> Size {
    let height = max(Self.boxHeight, Double(node.operands.count + 1) * Self.portDistance)
    return Size(width: max(Self.boxHeight, Self.font.width(of: node.symbol) + 14), height: height)
  }

  // MARK: Shapes

  func element(for node: ComputationGraph.Node, in frame: Rectangle, isResult: Bool) -> SVGElement {
    let box = Rectangle(
      x: frame.maxX - boxWidth(node), y: frame.midY - Self.boxHeight / 2, width: boxWidth(node),
      height: Self.boxHeight)
    var group = SVGElement("g", nil, [:], [SVGElement("title", text: node.fullText)])
    if !node.isLeaf {
      group.append(.arrow(from: Point(box.x - Self.link, box.midY), to: Point(box.x, box.midY)))
      for shape in operation(node, frame) { group.append(shape) }
    }
    let style: Style = isResult ? .result : node.isLeaf ? .leaf : .computed
    group.append(.rectangle(box, style, radius: node.isLeaf ? 8 : 2))
    for cell in cells(of: node, in: box) { group.append(cell) }
    return group
  }

  private func operation(_ node: ComputationGraph.Node, _ frame: Rectangle) -> [SVGElement] {
    let size = operationSize(node)
    let outline = Rectangle(
      x: frame.x, y: frame.midY - size.height / 2, width: size.width, height: size.height)
    return [
      .rectangle(outline, .operation, radius: Self.boxHeight / 2),
      .text(node.symbol, at: Point(outline.midX, outline.midY), .text, font: Self.font, anchor: .middle),
    ]
  }

  private func cells(of node: ComputationGraph.Node, in box: Rectangle) -> [SVGElement] {
    var elements: [SVGElement] = [], x = box.x
    func add(_ text: SVGElement, width: Double) {
      if x > box.x {
        elements.append(.line(from: Point(x, box.y), to: Point(x, box.maxY), .separator))
      }
      elements.append(text)
      x += width
    }
    if let label = node.label {
      let width = labelWidth(node), center = Point(x + width / 2, box.midY)
      let text = Self.labelFont.shortened(label, to: Self.longestLabel)
      add(.text(text, at: center, .text, font: Self.labelFont, anchor: .middle), width: width)
    }
    for (name, number, width) in [("data", node.data, dataWidth), ("grad", node.grad, gradWidth)] {
      var text = SVGElement.text(
        "", at: Point(x + width / 2, box.midY), .text, font: Self.font, anchor: .middle)
      text.content = [
        .element(SVGElement("tspan", .secondaryText, text: name)), .text(" \(number.inFigure)"),
      ]
      add(text, width: width)
    }
    return elements
  }

  /// How far an operation's outline recedes from the left side of its frame, at a distance from its middle.
  func recess(of node: ComputationGraph.Node, at offset: Double) -> Double {
    guard !node.isLeaf else { return 0 }
    let radius = Self.boxHeight / 2, straight = operationSize(node).height / 2 - radius
    let height = min(max(abs(offset) - straight, 0), radius)
    return radius - (radius * radius - height * height).squareRoot()
  }
}
