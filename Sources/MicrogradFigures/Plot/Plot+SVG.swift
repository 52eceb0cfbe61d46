import MicrogradEngine

extension Plot {
  /// The picture as SVG.
  public func svg(theme: Theme) -> String {
    let content = PlotContent(layers)
    let size = Size(
      width: width.isFinite ? max(width, 240) : 640, height: height.isFinite ? max(height, 200) : 460)
    let labels = labels(content)
    let frame = PlotFrame(content, size: size, title: title, legend: legend(content), labels: labels)

    var elements: [SVGElement] = frame.title.enumerated().map { index, line in
      let y = PlotFrame.margin + (Double(index) + 0.5) * PlotFrame.titleHeight - 3
      return .text(line, at: Point(PlotFrame.margin, y), .text, font: .title)
    }
    elements += frame.legend.elements(at: Point(PlotFrame.margin, frame.legendTop))
    elements += content.regions.isEmpty ? frame.grid : []
    elements += content.items.flatMap { self.elements($0, content, frame) }
    elements += frame.axes(labels)
    return SVGDocument(
      size: frame.size,
      title: title.isEmpty ? Localized(en: "Plot", fr: "Graphique")(in: language) : title,
      description: summary(content), content: elements
    ).text(theme: theme)
  }

  private func labels(_ content: PlotContent) -> PlotLabels {
    func names(_ scale: Series.Scale) -> String { content.curves(scale).map(\.name).joined(separator: ", ") }
    return PlotLabels(
      x: xLabel, y: yLabel.isEmpty ? names(.left) : yLabel,
      percent: percentLabel.isEmpty ? names(.percent) : percentLabel)
  }

  func className(_ label: Int) -> String {
    classNames[label] ?? Localized(en: "class \(label)", fr: "classe \(label)")(in: language)
  }

  /// The classes, if there are any, and the curves, if there is something to tell them from.
  private func legend(_ content: PlotContent) -> [Legend.Entry] {
    let regions = Set(content.regions.flatMap(\.classes))
    let classes = content.classes.enumerated().map { index, label in
      Legend.Entry(name: className(label), sign: .marker(index, hasRegion: regions.contains(label)))
    }
    let curves = content.items.compactMap { item -> Legend.Entry? in
      guard case .curve(let series, let index, _) = item else { return nil }
      return .init(name: series.name, sign: .line(index))
    }
    return classes + (classes.count + curves.count > 1 ? curves : [])
  }

  // MARK: Layers

  private func elements(_ item: PlotContent.Item, _ content: PlotContent, _ frame: PlotFrame) -> [SVGElement] {
    switch item {
    case .samples(let samples): Self.elements(samples, content.classes, frame)
    case .regions(let regions): Self.elements(regions, content.classes, frame)
    case .curve(let series, let index, let pieces):
      Self.elements(pieces, index, x: frame.x, y: series.scale == .left ? frame.y : frame.percent ?? frame.y)
    }
  }

  private static func elements(_ samples: SamplePoints, _ classes: [Int], _ frame: PlotFrame) -> [SVGElement] {
    let radius = Marker.radius(for: samples.points.count)
    return classes.enumerated().map { index, label in
      .group(
        .marker(index), [:],
        samples.points.filter { $0.label == label }.map {
          Marker.element(index, at: Point(frame.x($0.point.x), frame.y($0.point.y)), radius: radius)
        })
    }
  }

  /// All of the plane in the colour of the first class, over it what does not belong to it in that of the second, and
  /// so on; then the boundaries.
  private static func elements(_ regions: DecisionRegions, _ classes: [Int], _ frame: PlotFrame)
    -> [SVGElement]
  {
    func style(_ label: Int) -> Style { .region(classes.firstIndex(of: label)!) }
    let left = frame.x(regions.x.lowerBound), right = frame.x(regions.x.upperBound)
    let top = frame.y(regions.y.upperBound), bottom = frame.y(regions.y.lowerBound)
    let all = Rectangle(x: left, y: top, width: right - left, height: bottom - top)
    var elements = [SVGElement.rectangle(all, style(regions.classes[0]))]
    var boundary = PathData()
    for (label, contours) in zip(regions.classes.dropFirst(), regions.outlines) {
      var area = PathData()
      for contour in contours {
        let points = contour.points.map { Point(frame.x($0.x), frame.y($0.y)) }
        area.polygon(points)
        boundary.addBoundary(points, isBorder: contour.isBorder)
      }
      var element = SVGElement.path(area, style(label))
      element.attributes.append(("fill-rule", "evenodd"))
      elements.append(element)
    }
    return elements + (boundary.isEmpty ? [] : [.path(boundary, .boundary)])
  }

  /// A piece of one point is a dot: a line of no length would not be seen.
  private static func elements(_ pieces: [[Point]], _ index: Int, x: Scale, y: Scale) -> [SVGElement] {
    var line = PathData(), dots: [SVGElement] = []
    for piece in pieces {
      let points = piece.map { Point(x($0.x), y($0.y)) }
      if points.count == 1 {
        dots.append(.circle(points[0], radius: 3, .marker(index)))
      } else {
        line.polyline(points)
      }
    }
    return [.path(line, .line(index), dash: Dash.pattern(index))] + dots
  }
}

extension PathData {
  /// The outline without the pieces that run along the border.
  fileprivate mutating func addBoundary(_ points: [Point], isBorder: [Bool]) {
    let pieces = points.indices.split { isBorder[$0] }
    for piece in pieces { polyline(piece.map { points[$0] } + [points[(piece.last! + 1) % points.count]]) }
  }
}
