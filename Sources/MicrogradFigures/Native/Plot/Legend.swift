/// The names of classes and curves beside their signs, in rows above the data, where they hide nothing.
struct Legend {
  struct Entry {
    enum Sign {
      case marker(Int, shades: [DecisionRegions.Shade])
      case line(Int)
    }

    var name: String
    var sign: Sign
  }

  private static let rowHeight = 22.0
  private static let signWidth = 30.0
  private static let gap = 18.0
  static let mostEntries = 24

  private var rows: [[(entry: Entry, x: Double)]] = []
  /// The number of entries that are left out.
  private let hidden: Int

  init(_ entries: [Entry], width: Double) {
    hidden = max(0, entries.count - Self.mostEntries)
    var x = Double.infinity
    for var entry in entries.prefix(Self.mostEntries) {
      entry.name = Font.normal.shortened(entry.name, to: width - Self.signWidth)
      let needed = Self.signWidth + Font.normal.width(of: entry.name)
      if x + needed > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((entry, x))
      x += needed + Self.gap
    }
  }

  var height: Double { Double(rows.count + (hidden > 0 ? 1 : 0)) * Self.rowHeight }

  func elements(at origin: Point) -> [SVGElement] {
    var elements: [SVGElement] = []
    for (index, row) in rows.enumerated() {
      let y = origin.y + (Double(index) + 0.5) * Self.rowHeight
      for (entry, x) in row {
        elements += Self.sign(entry.sign, at: Point(origin.x + x, y))
        elements.append(
          .text(entry.name, at: Point(origin.x + x + Self.signWidth, y), .text, font: .normal))
      }
    }
    if hidden > 0 {
      let y = origin.y + (Double(rows.count) + 0.5) * Self.rowHeight
      elements.append(.text("… + \(hidden)", at: Point(origin.x, y), .secondaryText, font: .normal))
    }
    return elements
  }

  private static func sign(_ sign: Entry.Sign, at place: Point) -> [SVGElement] {
    let middle = Point(place.x + 12, place.y)
    switch sign {
    case .marker(let index, let shades):
      let width = 24 / Double(shades.count)
      let grounds = shades.enumerated().map { position, shade in
        let ground = Rectangle(x: place.x + Double(position) * width, y: place.y - 8, width: width, height: 16)
        return SVGElement.rectangle(ground, .region(index, shade), radius: shades.count == 1 ? 2 : 0)
      }
      return grounds + [Marker.element(index, at: middle, radius: 4.5, .marker(index))]
    case .line(let index):
      var path = PathData()
      path.move(to: Point(place.x, place.y))
      path.line(to: Point(place.x + 24, place.y))
      return [.path(path, .line(index), dash: Dash.pattern(index))]
    }
  }
}
