import MicrogradEngine

extension GraphFigure {
  private static let margin = 20.0
  private static let titleHeight = 24.0
  /// Titles are broken into lines of at least this width, however narrow the graph.
  private static let narrowest = 360.0

  /// The picture as SVG.
  ///
  /// - Complexity: About linear in the number of nodes; some tens of milliseconds for a thousand of them.
  public func svg(theme: Theme) -> String {
    let drawing = NodeDrawing(graph)
    let layout = Self.layout(graph, drawing)
    let lines = Font.title.wrapped(title, to: max(layout.size.width, Self.narrowest))
    let top = Self.margin + (lines.isEmpty ? 0 : Double(lines.count) * Self.titleHeight + 8)

    let graphic = SVGElement.group(
      nil, ["transform": "translate(\(Self.margin.pixels) \(top.pixels))"],
      edges(layout, drawing) + boxes(layout, drawing))
    let width = max(layout.size.width, lines.map(Font.title.width).max() ?? 0)
    return SVGDocument(
      size: Size(width: width + 2 * Self.margin, height: top + layout.size.height + Self.margin),
      title: title.isEmpty ? Localized(en: "Gradient graph", fr: "Graphe de gradient")(in: language) : title,
      description: summary, content: Self.titleElements(lines) + [graphic]
    ).text(theme: theme)
  }

  private static func layout(_ graph: ComputationGraph, _ drawing: NodeDrawing) -> LayeredLayout {
    let edges = graph.nodes.flatMap { node in
      node.operands.map { LayeredLayout.Edge(from: $0, to: node.id) }
    }
    let nodes = graph.nodes.map {
      LayeredLayout.Node(size: drawing.size(of: $0), keepsInputOrder: $0.hasOrderedOperands)
    }
    return LayeredLayout(nodes: nodes, edges: edges)
  }

  private static func titleElements(_ lines: [String]) -> [SVGElement] {
    lines.enumerated().map { index, line in
      .text(
        line, at: Point(margin, margin + (Double(index) + 0.5) * titleHeight), .text, font: .title)
    }
  }

  private func boxes(_ layout: LayeredLayout, _ drawing: NodeDrawing) -> [SVGElement] {
    graph.nodes.map { node in
      drawing.element(for: node, in: layout.frames[node.id], isResult: node.id == graph.nodes.count - 1)
    }
  }

  private func edges(_ layout: LayeredLayout, _ drawing: NodeDrawing) -> [SVGElement] {
    let targets = graph.nodes.flatMap { node in node.operands.map { _ in node } }
    return layout.routes.flatMap { route -> [SVGElement] in
      guard let edge = route.edge else { return [.route(route.points)] }
      let target = targets[edge], frame = layout.frames[target.id]
      var points = route.points
      points[points.count - 1].x += drawing.recess(of: target, at: points.last!.y - frame.midY)
      return SVGElement.arrow(along: points)
    }
  }
}

extension SVGElement {
  private static let arrowLength = 7.0

  /// A line as the layout describes it.
  static func route(_ points: [Point]) -> SVGElement {
    var path = PathData()
    path.move(to: points[0])
    for (start, end) in zip(points, points.dropFirst()) { path.sCurve(from: start, to: end) }
    return .path(path, .edge)
  }

  /// The same with an arrow head at its end. It is drawn rather than a marker, which would need an id.
  static func arrow(along points: [Point]) -> [SVGElement] {
    let tip = points[points.count - 1], back = tip.x - arrowLength
    var shaft = points
    shaft[shaft.count - 1].x = back + 1
    // Where the last piece is shorter than the head, the head covers all of it.
    if shaft.count > 2, shaft[shaft.count - 2].x > back + 1 { shaft[shaft.count - 2].x = back + 1 }
    var head = PathData()
    head.polygon([tip, Point(back, tip.y - 3.2), Point(back, tip.y + 3.2)])
    return [.route(shaft), .path(head, .arrowHead)]
  }

  static func arrow(from start: Point, to end: Point) -> SVGElement {
    .group(nil, [:], arrow(along: [start, end]))
  }
}
