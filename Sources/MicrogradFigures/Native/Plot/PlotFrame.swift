/// The positions of the parts of a plot: title and legend at the top, the axes around the rest.
struct PlotFrame {
  static let margin = 18.0
  static let titleHeight = 24.0
  static let captionHeight = 22.0
  private static let tickHeight = 20.0
  /// The distance between the numbers of an axis on the right and the next axis.
  private static let axisGap = 14.0

  /// The size of the whole picture. It is larger than the given one if title and legend leave no room for the data.
  let size: Size
  let title: [String]
  let legend: Legend
  let legendTop: Double
  /// The rectangle between the axes.
  let area: Rectangle
  let x: Scale
  let xTicks: Ticks
  private let xName: String
  private let left: Axis
  /// The axes on the right, the innermost first, and their positions.
  private let right: [(axis: Axis, x: Double)]

  /// - Parameter hasCaption: Whether there is a line for a caption between legend and data.
  init(
    _ content: PlotContent, size: Size, title: String, legend entries: [Legend.Entry], labels: PlotLabels,
    hasCaption: Bool = false
  ) {
    let inner = size.width - 2 * Self.margin
    self.title = Font.title.wrapped(title, to: inner)
    legend = Legend(entries, width: inner)
    legendTop = Self.margin + Double(self.title.count) * Self.titleHeight
    // Half a line for the uppermost number at the axis.
    let top = legendTop + legend.height + (hasCaption ? Self.captionHeight : 0) + 12
    let foot = Self.margin + Self.tickHeight + (labels.x.isEmpty ? 0 : Axis.nameHeight)
    let height = max(size.height - foot - top, 60)
    self.size = Size(width: size.width, height: top + height + foot)

    let count = max(2, Int(height / 50))
    left = Axis(.left, of: content, name: labels.left, ticks: count)!
    let outer = [
      Axis(.percent, of: content, name: labels.percent, ticks: min(count, 5)),
      Axis(.right, of: content, name: labels.right, ticks: count),
    ].compactMap(\.self)
    let start = Self.margin + left.width
    let ends = outer.isEmpty ? 8 : outer.map(\.width).reduce(0, +) + Double(outer.count - 1) * Self.axisGap
    let width = max(size.width - Self.margin - ends - start, 60)

    area = Rectangle(x: start, y: top, width: width, height: height)
    var place = area.maxX
    right = outer.map { axis in
      defer { place += axis.width + Self.axisGap }
      return (axis, place)
    }
    x = Scale(domain: content.xDomain, pixels: (area.x, area.maxX))
    xTicks = Self.xTicks(in: content.xDomain, width: width)
    xName = labels.x
  }

  /// Returns as many ticks as there is room for, with their numbers beside each other.
  private static func xTicks(in domain: ClosedRange<Double>, width: Double) -> Ticks {
    var count = max(2, Int(width / 60))
    while true {
      let ticks = Ticks(in: domain, atMost: count)
      let widest = ticks.labels.map(Font.normal.width).max() ?? 0
      let distance = ticks.step / (domain.upperBound - domain.lowerBound) * width
      if count == 1 || widest + 16 <= distance { return ticks }
      count -= 1
    }
  }

  /// Returns the scale of an axis, or that of the left one if there is no such axis.
  func y(_ series: Series.Scale) -> Scale { height(of: right.first { $0.axis.series == series }?.axis ?? left) }

  private func height(of axis: Axis) -> Scale { Scale(domain: axis.domain, pixels: (area.maxY, area.y)) }

  // MARK: Drawing

  /// The lines behind the data.
  var grid: [SVGElement] {
    let y = y(.left)
    let vertical = xTicks.values.map {
      SVGElement.line(from: Point(x($0), area.y), to: Point(x($0), area.maxY), .grid)
    }
    let horizontal = left.ticks.values.map {
      SVGElement.line(from: Point(area.x, y($0)), to: Point(area.maxX, y($0)), .grid)
    }
    return vertical + horizontal
  }

  /// The frame around the data, with numbers and names at the axes.
  var axes: [SVGElement] {
    var frame = PathData()
    frame.polygon([
      Point(area.x, area.y), Point(area.maxX, area.y), Point(area.maxX, area.maxY), Point(area.x, area.maxY),
    ])
    let outer = right.dropFirst().map {
      SVGElement.line(from: Point($0.x, area.y), to: Point($0.x, area.maxY), .frame)
    }
    return [.path(frame, .frame)] + outer + numbers + names
  }

  private var numbers: [SVGElement] {
    func number(_ text: String, _ place: Point, _ anchor: SVGElement.Anchor) -> SVGElement {
      .text(text, at: place, .secondaryText, font: .normal, anchor: anchor)
    }
    func numbers(_ axis: Axis, x: Double, _ anchor: SVGElement.Anchor) -> [SVGElement] {
      let y = height(of: axis)
      return zip(axis.ticks.values, axis.labels).map { number($1, Point(x, y($0)), anchor) }
    }
    return zip(xTicks.values, xTicks.labels).map {
      number($1, Point(x($0), area.maxY + Self.tickHeight / 2 + 3), .middle)
    } + numbers(left, x: area.x - Axis.tickGap, .end)
      + right.flatMap { numbers($0.axis, x: $0.x + Axis.tickGap, .start) }
  }

  private var names: [SVGElement] {
    func name(_ text: String, _ place: Point, room: Double, turned: Bool = true) -> SVGElement? {
      text.isEmpty
        ? nil
        : .text(
          Font.label.shortened(text, to: room), at: place, .text, font: .label, anchor: .middle,
          turned: turned)
    }
    let below = Point(area.midX, area.maxY + Self.tickHeight + Axis.nameHeight / 2 + 4)
    let beside = Self.margin + Axis.nameHeight / 2 - 4
    return [
      name(xName, below, room: area.width, turned: false),
      name(left.name, Point(beside, area.midY), room: area.height),
    ].compactMap(\.self)
      + right.compactMap { axis, x in
        name(axis.name, Point(x + axis.labelWidth + Axis.nameHeight / 2 + 2, area.midY), room: area.height)
      }
  }
}

/// The names of the axes.
struct PlotLabels {
  var x = ""
  var left = ""
  var percent = ""
  var right = ""
}
