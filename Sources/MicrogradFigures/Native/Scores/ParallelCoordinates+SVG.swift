extension ParallelCoordinates {
  private static let nameHeight = 17.0
  private static let widestMark = 90.0
  private static let markGap = 8.0
  private static let mostOpaqueLines = 100

  /// Returns the picture as SVG.
  public func svg(theme: Theme) -> String {
    let width = self.width.isFinite ? max(self.width, 240) : 640
    let height = self.height.isFinite ? max(self.height, 200) : 400
    let lines = lines, places = places(lines, width: width), heading = ScoreHeading(title, width: width)
    let colors = ScoreColors(
      lines.map { score.values[$0] }, prefersLow: prefersLow, isLogarithmic: score.scale == .logarithmic)
    let spacing = places.count > 1 ? places[1] - places[0] : width - 2 * ScoreHeading.margin
    let names = allAxes.map { Self.shown(Font.normal.wrapped($0.name, to: max(spacing - 4, 30))) }
    let top = heading.bottom + Double(names.map(\.count).max() ?? 0) * Self.nameHeight + 20
    let bottom = max(height - ScoreHeading.margin - 6, top + 80)
    let axes = zip(allAxes, places).map { ParallelAxis($0, lines: lines, x: $1, top: top, bottom: bottom) }

    var content = heading.elements(colors, score.name)
    for (axis, name) in zip(axes, names) { content += axis.elements + Self.elements(name, of: axis, top: top - 14) }
    content += elements(lines, axes, colors)
    for (index, axis) in axes.enumerated() { content += numbers(at: axis, isLast: index == axes.count - 1, spacing) }
    return SVGDocument(
      size: Size(width: width, height: bottom + ScoreHeading.margin + 6), title: title.isEmpty ? summary : title,
      description: summary, content: content
    ).text(theme: theme)
  }

  /// Returns at most two lines of a name.
  private static func shown(_ lines: [String]) -> [String] {
    lines.count <= 2 ? lines : [lines[0], lines[1] + "…"]
  }

  /// Returns the name of an axis, whose last line stands at the same height whether there are one or two.
  private static func elements(_ name: [String], of axis: ParallelAxis, top: Double) -> [SVGElement] {
    name.reversed().enumerated().map { row, text in
      .text(
        text, at: Point(axis.x, top - (Double(row) + 0.5) * nameHeight), .text, font: .normal, anchor: .middle)
    }
  }

  /// Returns the horizontal places of the axes, with room for the marks on the left of the first and on the right of the
  /// last.
  private func places(_ lines: [Int], width: Double) -> [Double] {
    func room(_ axis: Axis) -> Double {
      let marks = ParallelAxis(axis, lines: lines, x: 0, top: 0, bottom: 1000).marks
      let widest = min(marks.map { Font.normal.width(of: $0.text) }.max() ?? 0, Self.widestMark)
      return min(max(widest + Self.markGap, Font.normal.width(of: axis.name) / 2), width / 3.5)
    }
    let right = width - ScoreHeading.margin - room(score)
    guard let first = axes.first else { return [right] }
    let left = ScoreHeading.margin + room(first)
    return (0...axes.count).map { left + (right - left) * Double($0) / Double(axes.count) }
  }

  /// Returns the lines, those of a level in one path, and the best one over them.
  private func elements(_ lines: [Int], _ axes: [ParallelAxis], _ colors: ScoreColors) -> [SVGElement] {
    guard let best = lines.last else { return [] }
    var paths = Palette.scores.map { _ in PathData() }, bestPath = PathData()
    for line in lines.dropLast() {
      paths[colors.level(score.values[line])].polyline(axes.map { $0.point(line) })
    }
    bestPath.polyline(axes.map { $0.point(best) })
    // Of many lines, those below shine through.
    let opacity = lines.count > Self.mostOpaqueLines ? "0.6" : "1"
    let others = paths.enumerated().filter { !$1.isEmpty }.map { level, path in
      SVGElement.group(nil, ["stroke-opacity": opacity], [.path(path, .scoreLine(level))])
    }
    return others + [.path(bestPath, .halo), .path(bestPath, .bestLine)]
      + axes.map { .circle($0.point(best), radius: 5, .score(ScoreColors.top)) }
  }

  private func numbers(at axis: ParallelAxis, isLast: Bool, _ spacing: Double) -> [SVGElement] {
    let room = max(min(Self.widestMark, isLast ? width - axis.x : spacing - 12, axis.x) - Self.markGap, 30)
    let x = axis.x + (isLast ? Self.markGap : -Self.markGap)
    return axis.marks.map { text, y in
      .text(
        Font.normal.shortened(text, to: room), at: Point(x, y), .numberOverLines, font: .normal,
        anchor: isLast ? .start : .end)
    }
  }
}
