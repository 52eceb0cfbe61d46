import MicrogradEngine
import MicrogradGraph

/// The sizes and looks of the parts of a box. The cells for numbers are equally wide in the whole figure, so that they
/// stand below each other.
struct NodeDrawing {
  private static let font = Font.normal
  private static let labelFont = Font(size: Font.base, isBold: true)
  private static let boxHeight = 26.0
  private static let padding = 8.0
  private static let longestLabel = 180.0
  /// The distance between the circle of an operation and the box of its result.
  private static let link = 18.0
  /// The height that each edge arriving at an operation needs.
  private static let portDistance = 9.0

  private var dataWidth = 0.0
  private var gradWidth = 0.0
  /// The moment that says which numbers are known. Without one, all of them are shown.
  private let moment: Moment?

  init(_ graph: ComputationGraph, at moment: Moment? = nil) {
    self.moment = moment
    // The columns have room for the numbers of every moment, so that nothing moves from step to step.
    let gradients = moment?.explanation.gradients ?? graph.nodes.map(\.grad)
    dataWidth = Self.width("data", graph.nodes.map(\.data))
    gradWidth = Self.width("grad", gradients + (moment?.gradients.compactMap { $0 } ?? []))
  }

  private static func width(_ name: String, _ numbers: [Double]) -> Double {
    let longest = numbers.map { font.width(of: "\(name) \($0.inFigure)") }.max() ?? 0
    return longest + 2 * padding
  }

  // MARK: The moment

  private func label(of node: ComputationGraph.Node) -> String? { moment == nil ? node.label : node.name }

  /// Returns the data and the gradient, or nil for those that are not known yet.
  private func numbers(of node: ComputationGraph.Node) -> (data: Double?, grad: Double?) {
    guard let moment else { return (node.data, node.grad) }
    return (moment.hasNumber[node.id] ? node.data : nil, moment.gradients[node.id])
  }

  /// Returns whether the step that was just taken computes or uses one of these nodes.
  func isTouched(_ nodes: Range<Int>) -> Bool {
    guard let moment, let step = moment.step else { return false }
    return nodes.contains(step.node) || moment.operands.contains { nodes.contains($0) }
  }

  /// Returns whether the step that was just taken went along an edge.
  func isActive(edgeFrom source: Range<Int>, to target: Range<Int>) -> Bool {
    guard let moment, let step = moment.step else { return false }
    return target.contains(step.node) && moment.operands.contains { source.contains($0) }
  }

  // MARK: Sizes

  /// Returns the size of the operation, if there is one, the arrow, and the box together.
  func size(of node: ComputationGraph.Node) -> Size {
    Size(
      width: (node.isLeaf ? 0 : operationSize(node).width + Self.link) + boxWidth(node),
      height: node.isLeaf ? Self.boxHeight : operationSize(node).height)
  }

  private func boxWidth(_ node: ComputationGraph.Node) -> Double { labelWidth(node) + dataWidth + gradWidth }

  private func labelWidth(_ node: ComputationGraph.Node) -> Double {
    label(of: node).map { min(Self.labelFont.width(of: $0), Self.longestLabel) + 2 * Self.padding } ?? 0
  }

  /// Returns the size of a circle, or of an oblong if the name is long or there are many edges.
  private func operationSize(_ node: ComputationGraph.Node) -> Size {
    let height = max(Self.boxHeight, Double(node.operands.count + 1) * Self.portDistance)
    return Size(width: max(Self.boxHeight, Self.font.width(of: node.symbol) + 14), height: height)
  }

  // MARK: Signs

  static func signSize(_ name: String) -> Size {
    Size(width: min(font.width(of: name), longestLabel) + 2 * padding, height: 20)
  }

  /// Returns a sign for something at another level.
  static func sign(_ name: String, in frame: Rectangle, isActive: Bool) -> SVGElement {
    .group(
      nil, [:],
      [
        .rectangle(frame, isActive ? .active : .sign, radius: 10),
        .text(
          font.shortened(name, to: longestLabel), at: Point(frame.midX, frame.midY), .secondaryText, font: font,
          anchor: .middle),
      ])
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
    let isStep = moment?.step?.node == node.id
    let style: Style = isStep ? .active : isResult ? .result : node.isLeaf ? .leaf : .computed
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
    if let label = label(of: node) {
      let width = labelWidth(node), center = Point(x + width / 2, box.midY)
      let text = Self.labelFont.shortened(label, to: Self.longestLabel)
      add(.text(text, at: center, .text, font: Self.labelFont, anchor: .middle), width: width)
    }
    let numbers = numbers(of: node)
    for (name, number, width) in [("data", numbers.data, dataWidth), ("grad", numbers.grad, gradWidth)] {
      var text = SVGElement.text(
        "", at: Point(x + width / 2, box.midY), .text, font: Self.font, anchor: .middle)
      text.content = [
        .element(SVGElement("tspan", .secondaryText, text: name)), .text(" \(number?.inFigure ?? "·")"),
      ]
      add(text, width: width)
    }
    return elements
  }

  /// Returns the distance between the left side of an operation's frame and its outline, at a height from its middle.
  func recess(of node: ComputationGraph.Node, at offset: Double) -> Double {
    guard !node.isLeaf else { return 0 }
    let radius = Self.boxHeight / 2, straight = operationSize(node).height / 2 - radius
    let height = min(max(abs(offset) - straight, 0), radius)
    return radius - (radius * radius - height * height).squareRoot()
  }
}
