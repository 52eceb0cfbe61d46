extension HeatMap {
  private static let margin = 18.0
  private static let rowHeight = 30.0
  private static let gap = 2.0
  private static let widestLabel = 120.0
  private static let nameHeight = 20.0

  /// Returns the picture as SVG.
  public func svg(theme: Theme) -> String {
    let rowLabels = rows.map { Font.normal.shortened($0, to: Self.widestLabel) }
    let columnLabels = columns.map { Font.normal.shortened($0, to: Self.widestLabel) }
    let left =
      Self.margin + (rowName.isEmpty ? 0 : Self.nameHeight) + (rowLabels.map(Font.normal.width).max() ?? 0) + 8
    let texts = scores.joined().map { Self.text($0) ?? "" } + columnLabels
    let narrowest = (texts.map(Font.normal.width).max() ?? 0) + 10
    let room = (width.isFinite ? width : 640) - left - Self.margin
    let cell = max(narrowest, room / Double(max(columns.count, 1)))
    let full = left + cell * Double(columns.count) + Self.margin
    let heading = Font.title.wrapped(title, to: full - 2 * Self.margin)
    let keyTop = Self.margin + Double(heading.count) * PlotFrame.titleHeight
    let top = keyTop + ScoreColors.keyHeight + 8
    let bottom = top + Double(rows.count) * Self.rowHeight
    let colors = ScoreColors(shown, prefersLow: prefersLow)

    var content: [SVGElement] = heading.enumerated().map { index, line in
      .text(
        line, at: Point(Self.margin, Self.margin + (Double(index) + 0.5) * PlotFrame.titleHeight - 3), .text,
        font: .title)
    }
    content += colors.key(scoreName, at: Point(Self.margin, keyTop), width: full - 2 * Self.margin)
    for (row, label) in rowLabels.enumerated() {
      let y = top + (Double(row) + 0.5) * Self.rowHeight
      content.append(.text(label, at: Point(left - 8, y), .secondaryText, font: .normal, anchor: .end))
    }
    for (column, label) in columnLabels.enumerated() {
      let x = left + (Double(column) + 0.5) * cell
      content.append(.text(label, at: Point(x, bottom + 13), .secondaryText, font: .normal, anchor: .middle))
    }
    content += names(left: left, right: full - Self.margin, top: top, bottom: bottom)
    for row in rows.indices {
      for column in columns.indices {
        let frame = Rectangle(
          x: left + Double(column) * cell + Self.gap / 2, y: top + Double(row) * Self.rowHeight + Self.gap / 2,
          width: cell - Self.gap, height: Self.rowHeight - Self.gap)
        content += elements(scores[row][column], frame, colors)
        if isBest(row, column) { content.append(.rectangle(frame.inset(by: 3), .bestFrame, radius: 2)) }
      }
    }
    let foot = 26 + (columnName.isEmpty ? 0 : Self.nameHeight) + 6
    return SVGDocument(
      size: Size(width: full, height: bottom + foot), title: title.isEmpty ? summary : title, description: summary,
      content: content
    ).text(theme: theme)
  }

  private func names(left: Double, right: Double, top: Double, bottom: Double) -> [SVGElement] {
    let across = Font.label.shortened(columnName, to: right - left)
    let along = Font.label.shortened(rowName, to: max(bottom - top, 60))
    return [
      columnName.isEmpty
        ? nil
        : .text(
          across, at: Point((left + right) / 2, bottom + 26 + Self.nameHeight / 2 - 2), .text, font: .label,
          anchor: .middle),
      rowName.isEmpty
        ? nil
        : .text(
          along, at: Point(Self.margin + Self.nameHeight / 2 - 4, (top + bottom) / 2), .text, font: .label,
          anchor: .middle, turned: true),
    ].compactMap(\.self)
  }

  /// Returns a cell: its colour and its number, or the cross of a missing one.
  private func elements(_ score: Double?, _ frame: Rectangle, _ colors: ScoreColors) -> [SVGElement] {
    let middle = Point(frame.midX, frame.midY)
    guard let score, Scale.canShow(score) else {
      var cross = PathData()
      cross.polyline([Point(frame.x, frame.maxY), Point(frame.maxX, frame.y)])
      cross.polyline([Point(frame.x, frame.y), Point(frame.maxX, frame.maxY)])
      return [.rectangle(frame, .computed, radius: 3), .path(cross, .grid)]
        + (Self.text(score).map { [.text($0, at: middle, .secondaryText, font: .normal, anchor: .middle)] } ?? [])
    }
    let level = colors.level(score)
    return [
      .rectangle(frame, .score(level), radius: 3),
      .text(score.short(digits: 3), at: middle, .scoreText(level), font: .normal, anchor: .middle),
    ]
  }
}

extension Rectangle {
  fileprivate func inset(by distance: Double) -> Rectangle {
    Rectangle(x: x + distance, y: y + distance, width: width - 2 * distance, height: height - 2 * distance)
  }
}
