import MicrogradEngine
import MicrogradGraph

/// The looks of the boxes of values.
struct NodeDrawing {
  private static let longestLabel = 180.0

  let sizes: BoxSizes
  /// The moment that says which numbers are known. Without one, all of them are shown.
  private let moment: Moment?

  init(_ graph: ComputationGraph, at moment: Moment? = nil) {
    self.moment = moment
    // The columns have room for the numbers of every moment, so that nothing moves from step to step.
    let gradients = moment?.explanation.gradients ?? graph.nodes.map(\.grad)
    sizes = BoxSizes(
      dataWidth: Self.width("data", graph.nodes.map(\.data)),
      gradWidth: Self.width("grad", gradients + (moment?.gradients.compactMap { $0 } ?? [])),
      showsPositions: moment != nil, longestLabel: Self.longestLabel)
  }

  private static func width(_ name: String, _ numbers: [Double]) -> Double {
    let longest = numbers.map { BoxSizes.font.width(of: "\(name) \($0.inFigure)") }.max() ?? 0
    return longest + 2 * BoxSizes.padding
  }

  // MARK: The moment

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

  // MARK: Shapes

  /// Returns a sign for something at another level.
  static func sign(_ name: String, in frame: Rectangle, isActive: Bool) -> SVGElement {
    .group(
      nil, [:],
      [
        .rectangle(frame, isActive ? .active : .sign, radius: 10),
        .text(
          BoxSizes.font.shortened(name, to: longestLabel), at: Point(frame.midX, frame.midY), .secondaryText,
          font: BoxSizes.font,
          anchor: .middle),
      ])
  }

  func element(for node: ComputationGraph.Node, in frame: Rectangle, isResult: Bool) -> SVGElement {
    let box = Rectangle(
      x: frame.maxX - sizes.boxWidth(node), y: frame.midY - BoxSizes.boxHeight / 2, width: sizes.boxWidth(node),
      height: BoxSizes.boxHeight)
    var group = SVGElement("g", nil, [:], [SVGElement("title", text: node.fullText)])
    if !node.isLeaf {
      group.append(.arrow(from: Point(box.x - BoxSizes.link, box.midY), to: Point(box.x, box.midY)))
      for shape in operation(node, frame) { group.append(shape) }
    }
    let isStep = moment?.step?.node == node.id
    let style: Style = isStep ? .active : isResult ? .result : node.isLeaf ? .leaf : .computed
    group.append(.rectangle(box, style, radius: node.isLeaf ? 8 : 2))
    for cell in cells(of: node, in: box) { group.append(cell) }
    return group
  }

  private func operation(_ node: ComputationGraph.Node, _ frame: Rectangle) -> [SVGElement] {
    let size = sizes.operationSize(node)
    let outline = Rectangle(
      x: frame.x, y: frame.midY - size.height / 2, width: size.width, height: size.height)
    return [
      .rectangle(outline, .operation, radius: BoxSizes.boxHeight / 2),
      .text(node.symbol, at: Point(outline.midX, outline.midY), .text, font: BoxSizes.font, anchor: .middle),
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
    if let label = sizes.label(of: node) {
      let width = sizes.labelWidth(node), center = Point(x + width / 2, box.midY)
      let text = BoxSizes.labelFont.shortened(label, to: Self.longestLabel)
      add(.text(text, at: center, .text, font: BoxSizes.labelFont, anchor: .middle), width: width)
    }
    let numbers = numbers(of: node)
    for (name, number, width) in [("data", numbers.data, sizes.dataWidth), ("grad", numbers.grad, sizes.gradWidth)] {
      var text = SVGElement.text(
        "", at: Point(x + width / 2, box.midY), .text, font: BoxSizes.font, anchor: .middle)
      text.content = [
        .element(SVGElement("tspan", .secondaryText, text: name)), .text(" \(number?.inFigure ?? "·")"),
      ]
      add(text, width: width)
    }
    return elements
  }
}
