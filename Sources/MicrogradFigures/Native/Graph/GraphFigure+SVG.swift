import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

extension GraphFigure {
  private static let margin = 20.0
  private static let titleHeight = 24.0
  private static let lineHeight = 20.0
  /// The least width of the lines of a title, however narrow the graph.
  private static let narrowest = 360.0

  /// Returns the picture as SVG.
  ///
  /// - Complexity: About linear in the number of boxes; some tens of milliseconds for a thousand of them.
  public func svg(theme: Theme) -> String {
    let outline = GraphOutline(isFolded ? graph.grouped() : graph)
    let drawing = LevelDrawing(
      outline: outline, open: open(outline), nodes: NodeDrawing(outline.graph, at: moment), language: language)
    let picture = drawing.picture(of: nil)
    let widest = max(picture.size.width, Self.narrowest)
    let lines = Font.title.wrapped(title, to: widest), words = caption(in: widest)
    let top = Self.margin + (lines.isEmpty ? 0 : Double(lines.count) * Self.titleHeight + 8)
    let bottom = top + picture.size.height + (words.isEmpty ? 0 : 12)

    let graphic = SVGElement.group(
      nil, ["transform": "translate(\(Self.margin.pixels) \(top.pixels))"], picture.elements)
    let width = (lines.map(Font.title.width) + words.map(Font.label.width)).reduce(picture.size.width, max)
    return SVGDocument(
      size: Size(
        width: width + 2 * Self.margin, height: bottom + Double(words.count) * Self.lineHeight + Self.margin),
      title: title.isEmpty ? Localized(en: "Gradient graph", fr: "Graphe du gradient")(in: language) : title,
      description: summary,
      content: Self.titleElements(lines) + [graphic] + Self.captionElements(words, from: bottom)
    ).text(theme: theme)
  }

  private func open(_ outline: GraphOutline) -> Set<GraphOutline.GroupID> {
    switch folding {
    case .automatic: outline.readable()
    case .closed: []
    case .open: Set(outline.groups.indices)
    }
  }

  /// Returns the sentence and the arithmetic of the step that is shown.
  private func caption(in width: Double) -> [String] {
    guard let moment else { return [] }
    let narration = Narration(graph, in: language)
    guard let step = moment.step else { return [Phrase.start.filled(language)] }
    return ([narration.sentence(step)] + narration.arithmetic(step)).flatMap { Font.label.wrapped($0, to: width) }
  }

  private static func titleElements(_ lines: [String]) -> [SVGElement] {
    lines.enumerated().map { index, line in
      .text(
        line, at: Point(margin, margin + (Double(index) + 0.5) * titleHeight), .text, font: .title)
    }
  }

  private static func captionElements(_ lines: [String], from top: Double) -> [SVGElement] {
    lines.enumerated().map { index, line in
      .text(line, at: Point(margin, top + (Double(index) + 0.5) * lineHeight), .text, font: .label)
    }
  }
}

extension SVGElement {
  private static let arrowLength = 7.0

  /// Returns a line along the points of a route.
  static func route(_ points: [Point], _ style: Style = .edge) -> SVGElement {
    var path = PathData()
    path.move(to: points[0])
    for (start, end) in zip(points, points.dropFirst()) { path.sCurve(from: start, to: end) }
    return .path(path, style)
  }

  /// Returns a line with an arrow head at its end. The head is a shape, since an SVG marker would need an id.
  static func arrow(along points: [Point], isActive: Bool = false) -> [SVGElement] {
    let tip = points[points.count - 1], back = tip.x - arrowLength
    var shaft = points
    shaft[shaft.count - 1].x = back + 1
    // If the last piece is shorter than the head, the head covers it.
    if shaft.count > 2, shaft[shaft.count - 2].x > back + 1 { shaft[shaft.count - 2].x = back + 1 }
    var head = PathData()
    head.polygon([tip, Point(back, tip.y - 3.2), Point(back, tip.y + 3.2)])
    return [.route(shaft, isActive ? .activeEdge : .edge), .path(head, isActive ? .activeHead : .arrowHead)]
  }

  static func arrow(from start: Point, to end: Point) -> SVGElement {
    .group(nil, [:], arrow(along: [start, end]))
  }
}
