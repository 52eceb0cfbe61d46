/// The places of a heat map's cells and of the labels beside them.
struct HeatMapGrid {
  static let labelHeight = 26.0
  static let nameHeight = 20.0
  private static let leastRowHeight = 30.0
  private static let gap = 2.0
  private static let widestLabel = 120.0

  let heading: ScoreHeading
  /// The rectangle of all cells.
  let area: Rectangle
  /// The size of the whole picture.
  let width: Double
  let height: Double
  private let rows: [String]
  private let columns: [String]
  private let rowHeight: Double

  init(_ map: HeatMap) {
    rows = map.rows.map { Font.normal.shortened($0, to: Self.widestLabel) }
    columns = map.columns.map { Font.normal.shortened($0, to: Self.widestLabel) }
    // Few rows are so high that the name beside them can be read.
    let nameWidth = min(Font.label.width(of: map.rowName) + 1, Self.widestLabel)
    rowHeight = max(Self.leastRowHeight, nameWidth / Double(max(rows.count, 1)))
    let margin = ScoreHeading.margin
    let left = margin + (map.rowName.isEmpty ? 0 : Self.nameHeight) + (rows.map(Font.normal.width).max() ?? 0) + 8
    let texts = map.scores.joined().map { HeatMap.text($0) ?? "" } + columns
    let narrowest = ((texts.map(Font.normal.width).max() ?? 0) + 10) * Double(columns.count)
    let room = (map.width.isFinite ? map.width : 640) - left - margin
    width = left + max(room, narrowest) + margin
    heading = ScoreHeading(map.title, width: width)
    area = Rectangle(
      x: left, y: heading.bottom + 8, width: max(room, narrowest), height: Double(rows.count) * rowHeight)
    height = area.maxY + Self.labelHeight + (map.columnName.isEmpty ? 0 : Self.nameHeight) + 6
  }

  private var cellWidth: Double { area.width / Double(max(columns.count, 1)) }

  func cell(_ row: Int, _ column: Int) -> Rectangle {
    Rectangle(
      x: area.x + Double(column) * cellWidth + Self.gap / 2, y: area.y + Double(row) * rowHeight + Self.gap / 2,
      width: cellWidth - Self.gap, height: rowHeight - Self.gap)
  }

  /// The settings beside the rows and below the columns.
  var labels: [SVGElement] {
    let beside = rows.enumerated().map { row, label in
      SVGElement.text(
        label, at: Point(area.x - 8, cell(row, 0).midY), .secondaryText, font: .normal, anchor: .end)
    }
    let below = columns.enumerated().map { column, label in
      SVGElement.text(
        label, at: Point(cell(0, column).midX, area.maxY + 13), .secondaryText, font: .normal, anchor: .middle)
    }
    return beside + below
  }
}
