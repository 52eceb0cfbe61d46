/// Finds the outlines of an area that is known at the points of a grid ("marching squares").
///
/// Where an edge of the grid has one end inside and one outside, the outline crosses it. A frame of points outside is
/// laid around the grid, so that all outlines are closed; an edge to the frame is crossed at its inner end.
struct ContourTracer {
  /// Halvings of an edge of the grid: to 1/64 of it.
  private static let halvings = 6

  private let columns: Int
  private let rows: Int
  private let isInside: [Bool]
  /// For each edge that is crossed, the next one along the outline, the inside being at its left; or -1.
  private var next: [Int]
  /// Whether the line from there to the next edge lies in the frame.
  private var startsBorder: [Bool]

  init(isInside: [Bool], columns: Int) {
    self.columns = columns
    rows = isInside.count / columns
    self.isInside = isInside
    next = Array(repeating: -1, count: 2 * (columns + 2) * (rows + 2))
    startsBorder = next.map { _ in false }
    for row in -1..<rows { for column in -1..<columns { link(column, row) } }
  }

  /// The outlines, in units of the grid.
  ///
  /// - Parameter test: Whether a point between those of the grid is inside.
  mutating func contours(_ test: (Point) -> Bool) -> [Contour] {
    var contours: [Contour] = []
    for start in next.indices {
      var contour = Contour(points: [], isBorder: []), edge = start
      while next[edge] >= 0 {
        contour.points.append(crossing(of: edge, test))
        contour.isBorder.append(startsBorder[edge])
        (edge, next[edge]) = (next[edge], -1)
      }
      if !contour.points.isEmpty { contours.append(contour) }
    }
    return contours
  }

  // MARK: The grid and its frame

  private func inside(_ column: Int, _ row: Int) -> Bool {
    (0..<columns).contains(column) && (0..<rows).contains(row) && isInside[row * columns + column]
  }

  /// Edges are numbered by their end with the lower coordinates, the vertical ones being odd.
  private func edge(_ column: Int, _ row: Int, isVertical: Bool) -> Int {
    2 * ((row + 1) * (columns + 2) + column + 1) + (isVertical ? 1 : 0)
  }

  private func ends(of edge: Int) -> (first: (column: Int, row: Int), second: (column: Int, row: Int)) {
    let (row, column) = (edge / 2).quotientAndRemainder(dividingBy: columns + 2)
    let first = (column: column - 1, row: row - 1)
    return (first, edge % 2 == 1 ? (first.column, first.row + 1) : (first.column + 1, first.row))
  }

  private func touchesFrame(_ edge: Int) -> Bool {
    let (first, second) = ends(of: edge)
    return first.column < 0 || first.row < 0 || second.column >= columns || second.row >= rows
  }

  // MARK: Outlines

  /// Joins the crossed edges of one cell, each where a walk around it leaves the inside to the one where it comes
  /// back. In the neighbouring cell the walk runs the other way, so the pieces fit together.
  private mutating func link(_ column: Int, _ row: Int) {
    let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    let edges = [
      edge(column, row, isVertical: false), edge(column + 1, row, isVertical: true),
      edge(column, row + 1, isVertical: false), edge(column, row, isVertical: true),
    ]
    let states = corners.map { inside($0.0, $0.1) }
    for side in 0..<4 where states[side] && !states[(side + 1) % 4] {
      var back = (side + 1) % 4
      while !states[(back + 1) % 4] { back = (back + 1) % 4 }
      next[edges[side]] = edges[back]
      startsBorder[edges[side]] = column < 0 || row < 0 || column == columns - 1 || row == rows - 1
    }
  }

  private func crossing(of edge: Int, _ test: (Point) -> Bool) -> Point {
    let (first, second) = ends(of: edge)
    let (inner, outer) = inside(first.column, first.row) ? (first, second) : (second, first)
    var low = Point(Double(inner.column), Double(inner.row))
    guard !touchesFrame(edge) else { return low }
    var high = Point(Double(outer.column), Double(outer.row))
    for _ in 0..<Self.halvings {
      let middle = Point((low.x + high.x) / 2, (low.y + high.y) / 2)
      if test(middle) { low = middle } else { high = middle }
    }
    return Point((low.x + high.x) / 2, (low.y + high.y) / 2)
  }
}
