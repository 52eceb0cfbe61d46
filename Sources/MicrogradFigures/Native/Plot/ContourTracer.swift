/// Finds the outlines of an area that is known at the points of a grid ("marching squares").
///
/// The outline crosses each edge of the grid that has one end inside the area and one outside. The grid is surrounded by a
/// frame of points outside, so that all outlines are closed. An edge to the frame is crossed at its inner end.
struct ContourTracer {
  /// The number of times that an edge of the grid is halved, to 1/64 of it.
  private static let halvings = 6

  private let columns: Int
  private let rows: Int
  private let isInside: [Bool]
  /// For each edge that is crossed, the next one along the outline, with the inside on its left; -1 for the others.
  private var next: [Int]
  /// For each edge, whether the line to the next one lies in the frame.
  private var startsBorder: [Bool]

  init(isInside: [Bool], columns: Int) {
    self.columns = columns
    rows = isInside.count / columns
    self.isInside = isInside
    next = Array(repeating: -1, count: 2 * (columns + 2) * (rows + 2))
    startsBorder = next.map { _ in false }
    for row in -1..<rows { for column in -1..<columns { link(column, row) } }
  }

  /// Returns the outlines, in units of the grid.
  ///
  /// - Parameter test: Returns whether a point between those of the grid is inside.
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

  /// Returns the number of an edge, given by its end with the lower coordinates. Vertical edges have odd numbers.
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

  /// Joins the crossed edges of one cell: each edge where a walk around the cell leaves the inside, with the one where it
  /// comes back. In the next cell the walk runs the other way, so the pieces fit together.
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
