extension ParallelCoordinates {
  private static let margin = 18.0
  private static let nameHeight = 17.0
  private static let widestMark = 90.0
  private static let markGap = 8.0
  private static let mostOpaqueLines = 100

  /// Returns the picture as SVG.
  public func svg(theme: Theme) -> String {
    let width = self.width.isFinite ? max(self.width, 240) : 640
    let height = self.height.isFinite ? max(self.height, 200) : 400
    let lines = lines,
      colors = ScoreColors(
        lines.map { score.values[$0] }, prefersLow: prefersLow, isLogarithmic: score.scale == .logarithmic)
    let inner = width - 2 * Self.margin
    let heading = Font.title.wrapped(title, to: inner)
    let keyTop = Self.margin + Double(heading.count) * PlotFrame.titleHeight
    let places = places(lines, width: width)
    let spacing = places.count > 1 ? places[1] - places[0] : inner
    let names = allAxes.map { name in Self.shown(Font.normal.wrapped(name.name, to: max(spacing - 4, 30))) }
    let namesTop = keyTop + ScoreColors.keyHeight + 6
    let top = namesTop + Double(names.map(\.count).max() ?? 0) * Self.nameHeight + 14
    let bottom = max(height - Self.margin - 6, top + 80)
    let drawn = zip(allAxes, places).map { ParallelAxis($0, lines: lines, x: $1, top: top, bottom: bottom) }

    var content: [SVGElement] = heading.enumerated().map { index, line in
      .text(
        line, at: Point(Self.margin, Self.margin + (Double(index) + 0.5) * PlotFrame.titleHeight - 3), .text,
        font: .title)
    }
    content += colors.key(score.name, at: Point(Self.margin, keyTop), width: inner)
    for (axis, name) in zip(drawn, names) {
      content.append(.line(from: Point(axis.x, top), to: Point(axis.x, bottom), .frame))
      content += axis.marks.map { .line(from: Point(axis.x - 3, $0.y), to: Point(axis.x + 3, $0.y), .frame) }
      // Names stand on the axes, whether they have one line or two.
      for (row, text) in name.reversed().enumerated() {
        let y = top - 14 - (Double(row) + 0.5) * Self.nameHeight
        content.append(.text(text, at: Point(axis.x, y), .text, font: .normal, anchor: .middle))
      }
    }
    content += self.content(lines, drawn, colors)
    for (index, axis) in drawn.enumerated() {
      content += numbers(at: axis, isLast: index == drawn.count - 1, spacing)
    }
    return SVGDocument(
      size: Size(width: width, height: bottom + Self.margin + 6), title: title.isEmpty ? summary : title,
      description: summary, content: content
    ).text(theme: theme)
  }

  /// Returns at most two lines of a name.
  private static func shown(_ lines: [String]) -> [String] {
    lines.count <= 2 ? lines : [lines[0], lines[1] + "…"]
  }

  /// Returns the horizontal places of the axes, with room for the marks on the left of the first and on the right of the
  /// last.
  private func places(_ lines: [Int], width: Double) -> [Double] {
    func room(_ axis: Axis) -> Double {
      let marks = ParallelAxis(axis, lines: lines, x: 0, top: 0, bottom: 1000).marks
      let widest = marks.map { Font.normal.width(of: $0.text) }.max() ?? 0
      return min(max(min(widest, Self.widestMark) + Self.markGap, Font.normal.width(of: axis.name) / 2), width / 5)
    }
    guard let first = axes.first else { return [Self.margin + room(score)] }
    let left = Self.margin + room(first), right = width - Self.margin - room(score)
    return (0...axes.count).map { left + (right - left) * Double($0) / Double(axes.count) }
  }

  /// Returns the lines, those of a level in one path, and the best one over them.
  private func content(_ lines: [Int], _ axes: [ParallelAxis], _ colors: ScoreColors) -> [SVGElement] {
    guard let best = lines.last else { return [] }
    var paths = Palette.scores.map { _ in PathData() }
    for line in lines.dropLast() {
      paths[colors.level(score.values[line])].polyline(axes.map { $0.point(line) })
    }
    var bestPath = PathData()
    bestPath.polyline(axes.map { $0.point(best) })
    // Of many lines, those below shine through.
    let opacity = lines.count > Self.mostOpaqueLines ? "0.6" : "1"
    return paths.enumerated().filter { !$1.isEmpty }.map { level, path in
      .group(nil, ["stroke-opacity": opacity], [.path(path, .scoreLine(level))])
    }
      + [.path(bestPath, .halo), .path(bestPath, .bestLine)]
      + axes.map { .circle($0.point(best), radius: 5, .score(ScoreColors.top)) }
  }

  private func numbers(at axis: ParallelAxis, isLast: Bool, _ spacing: Double) -> [SVGElement] {
    let room = min(Self.widestMark, max(spacing - 20, 30)), x = axis.x + (isLast ? Self.markGap : -Self.markGap)
    return axis.marks.map { text, y in
      .text(
        Font.normal.shortened(text, to: room), at: Point(x, y), .numberOverLines, font: .normal,
        anchor: isLast ? .start : .end)
    }
  }
}
