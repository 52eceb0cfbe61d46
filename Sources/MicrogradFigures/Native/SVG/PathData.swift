/// The outline of a shape, written as the `d` of an SVG path.
struct PathData: CustomStringConvertible {
  private(set) var description = ""

  var isEmpty: Bool { description.isEmpty }

  mutating func move(to point: Point) { description += "M\(point.x.pixels) \(point.y.pixels)" }

  mutating func line(to point: Point) { description += "L\(point.x.pixels) \(point.y.pixels)" }

  /// Adds an S-shaped curve that starts and ends horizontally, or a straight line if both ends are at the same height.
  mutating func sCurve(from start: Point, to end: Point) {
    guard start.y.pixels != end.y.pixels else { return line(to: end) }
    let middle = ((start.x + end.x) / 2).pixels
    description += "C\(middle) \(start.y.pixels) \(middle) \(end.y.pixels) \(end.x.pixels) \(end.y.pixels)"
  }

  mutating func polygon(_ points: [Point]) {
    polyline(points)
    description += "Z"
  }

  /// Adds a line through many points, to a tenth of a pixel. Its relative coordinates take half as much text.
  mutating func polyline(_ points: [Point]) {
    guard let first = points.first else { return }
    var last = Self.tenths(first)
    description += "M\(Self.text(last.x)) \(Self.text(last.y))l"
    for point in points.dropFirst() {
      let next = Self.tenths(point)
      guard next != last else { continue }
      let x = Self.text(next.x - last.x), y = Self.text(next.y - last.y)
      if description.utf8.last != UInt8(ascii: "l"), x.first != "-" { description += " " }
      description += y.first == "-" ? x + y : "\(x) \(y)"
      last = next
    }
    if description.utf8.last == UInt8(ascii: "l") { description += "0 0" }
  }

  private static func tenths(_ point: Point) -> (x: Int, y: Int) { (tenths(point.x), tenths(point.y)) }

  private static func tenths(_ pixels: Double) -> Int { Int((max(-1e9, min(1e9, pixels)) * 10).rounded()) }

  private static func text(_ tenths: Int) -> String {
    let (whole, fraction) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    return fraction == 0 ? "\(sign)\(whole)" : "\(sign)\(whole == 0 ? "" : "\(whole)").\(fraction)"
  }
}
