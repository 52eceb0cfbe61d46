import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// A plot that is being drawn: its text and data, and their positions.
struct PlotDrawing {
  let plot: Plot
  let content: PlotContent
  let frame: PlotFrame

  init(_ plot: Plot, _ content: PlotContent, hasCaption: Bool = false) {
    self.plot = plot
    self.content = content
    let size = Size(
      width: plot.width.isFinite ? max(plot.width, 240) : 640,
      height: plot.height.isFinite ? max(plot.height, 200) : 460)
    frame = PlotFrame(
      content, size: size, title: plot.title, legend: plot.legend(content), labels: plot.labels(content),
      hasCaption: hasCaption)
  }

  /// Returns the document: the data, with title, legend and axes around them.
  func document(_ data: [SVGElement], description: String) -> SVGDocument {
    var elements: [SVGElement] = frame.title.enumerated().map { index, line in
      let y = PlotFrame.margin + (Double(index) + 0.5) * PlotFrame.titleHeight - 3
      return .text(line, at: Point(PlotFrame.margin, y), .text, font: .title)
    }
    elements += frame.legend.elements(at: Point(PlotFrame.margin, frame.legendTop))
    elements += content.regions.isEmpty ? frame.grid : []
    elements += data
    elements += frame.axes
    return SVGDocument(
      size: frame.size,
      title: plot.title.isEmpty ? Localized(en: "Plot", fr: "Graphique")(in: plot.language) : plot.title,
      description: description, content: elements)
  }

  func elements(_ item: PlotContent.Item) -> [SVGElement] {
    switch item {
    case .samples(let samples): elements(samples)
    case .regions(let regions): elements(regions)
    case .curve(let series, let index, let pieces): elements(pieces, index, y: frame.y(series.scale))
    }
  }

  private func elements(_ samples: SamplePoints) -> [SVGElement] {
    let radius = Marker.radius(for: samples.points.count)
    return content.classes.enumerated().map { index, label in
      .group(
        .marker(index), [:],
        samples.points.filter { $0.label == label }.map {
          Marker.element(index, at: place($0.point, frame.y(.left)), radius: radius)
        })
    }
  }

  /// Returns the areas, painted over each other from the first, which fills the rectangle, to the last; then the boundaries.
  func elements(_ regions: DecisionRegions) -> [SVGElement] {
    let y = frame.y(.left)
    let left = frame.x(regions.x.lowerBound), right = frame.x(regions.x.upperBound)
    let top = y(regions.y.upperBound), bottom = y(regions.y.lowerBound)
    func style(_ area: DecisionRegions.Area) -> Style {
      .region(content.classes.firstIndex(of: area.label)!, area.shade)
    }
    let all = Rectangle(x: left, y: top, width: right - left, height: bottom - top)
    var elements = [SVGElement.rectangle(all, style(regions.areas[0]))]
    var boundary = PathData()
    for area in regions.areas.dropFirst() {
      var outline = PathData()
      for contour in area.contours {
        let points = contour.points.map { place($0, y) }
        outline.polygon(points)
        guard area.startsClass else { continue }
        for piece in contour.boundaries { boundary.polyline(piece.map { place($0, y) }) }
      }
      var element = SVGElement.path(outline, style(area))
      element.attributes.append(("fill-rule", "evenodd"))
      elements.append(element)
    }
    return elements + (boundary.isEmpty ? [] : [.path(boundary, .boundary)])
  }

  /// Returns the pieces of a curve. A piece of one point is a dot, since a line of no length would be invisible.
  private func elements(_ pieces: [[Point]], _ index: Int, y: Scale) -> [SVGElement] {
    var line = PathData(), dots: [SVGElement] = []
    for piece in pieces {
      let points = piece.map { place($0, y) }
      if points.count == 1 {
        dots.append(.circle(points[0], radius: 3, .marker(index)))
      } else {
        line.polyline(points)
      }
    }
    return [.path(line, .line(index), dash: Dash.pattern(index))] + dots
  }

  private func place(_ point: Point, _ y: Scale) -> Point { Point(frame.x(point.x), y(point.y)) }
}
