extension HeatMap {
  /// Returns the picture as SVG.
  public func svg(theme: Theme) -> String {
    let grid = HeatMapGrid(self), colors = ScoreColors(shown, prefersLow: prefersLow)
    var content = grid.heading.elements(colors, scoreName) + grid.labels + names(grid)
    for row in rows.indices {
      for column in columns.indices {
        let frame = grid.cell(row, column)
        content += elements(scores[row][column], frame, colors)
        if isBest(row, column) { content.append(.rectangle(frame.inset(by: 3), .bestFrame, radius: 2)) }
      }
    }
    return SVGDocument(
      size: Size(width: grid.width, height: grid.height), title: title.isEmpty ? summary : title,
      description: summary, content: content
    ).text(theme: theme)
  }

  private func names(_ grid: HeatMapGrid) -> [SVGElement] {
    let area = grid.area
    let across =
      columnName.isEmpty
      ? nil
      : SVGElement.text(
        Font.label.shortened(columnName, to: area.width),
        at: Point(area.midX, area.maxY + HeatMapGrid.labelHeight + HeatMapGrid.nameHeight / 2 - 2), .text,
        font: .label, anchor: .middle)
    let along =
      rowName.isEmpty
      ? nil
      : SVGElement.text(
        Font.label.shortened(rowName, to: area.height),
        at: Point(ScoreHeading.margin + HeatMapGrid.nameHeight / 2 - 4, area.midY), .text, font: .label,
        anchor: .middle, turned: true)
    return [across, along].compactMap(\.self)
  }

  /// Returns a cell: its colour and its number, or the cross of a missing one.
  private func elements(_ score: Double?, _ frame: Rectangle, _ colors: ScoreColors) -> [SVGElement] {
    let middle = Point(frame.midX, frame.midY)
    guard let score, Scale.canShow(score) else {
      var cross = PathData()
      cross.polyline([Point(frame.x, frame.maxY), Point(frame.maxX, frame.y)])
      cross.polyline([Point(frame.x, frame.y), Point(frame.maxX, frame.maxY)])
      let text = Self.text(score).map {
        SVGElement.text($0, at: middle, .secondaryText, font: .normal, anchor: .middle)
      }
      return [.rectangle(frame, .computed, radius: 3), .path(cross, .grid)] + [text].compactMap(\.self)
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
