/// Where the parts of a plot are: title and legend at the top, the axes around the rest.
struct PlotFrame {
  static let margin = 18.0
  static let titleHeight = 24.0
  private static let labelHeight = 20.0
  private static let tickHeight = 20.0
  private static let tickGap = 7.0

  /// That of the whole picture: what was asked for, or more if title and legend leave no room for the data.
  let size: Size
  let title: [String]
  let legend: Legend
  let legendTop: Double
  /// The rectangle between the axes.
  let area: Rectangle
  let x: Scale
  let y: Scale
  let percent: Scale?
  let xTicks: Ticks
  let yTicks: Ticks
  let percentTicks: Ticks?

  init(_ content: PlotContent, size: Size, title: String, legend entries: [Legend.Entry], labels: PlotLabels) {
    let inner = size.width - 2 * Self.margin
    self.title = Font.title.wrapped(title, to: inner)
    legend = Legend(entries, width: inner)
    legendTop = Self.margin + Double(self.title.count) * Self.titleHeight
    // Half a line of room for the uppermost number at the axis.
    let top = legendTop + legend.height + 12
    let foot = Self.margin + Self.tickHeight + (labels.x.isEmpty ? 0 : Self.labelHeight)
    let height = max(size.height - foot - top, 60)
    self.size = Size(width: size.width, height: top + height + foot)

    let count = max(2, Int(height / 50))
    let domains = content.domains(ticks: count), percentDomain = content.percentDomain(ticks: min(count, 5))
    yTicks = Ticks(in: domains.y, atMost: count)
    percentTicks = percentDomain.map { Ticks(in: $0, atMost: min(count, 5)) }
    let left = Self.margin + (labels.y.isEmpty ? 0 : Self.labelHeight) + Self.width(of: yTicks.labels)
    let ends = percentTicks.map { Self.width(of: $0.labels.map { "\($0) %" }) } ?? 8
    let right = size.width - Self.margin - (labels.percent.isEmpty ? 0 : Self.labelHeight) - ends
    let width = max(right - left, 60)

    area = Rectangle(x: left, y: top, width: width, height: height)
    x = Scale(domain: domains.x, pixels: (left, left + width))
    y = Scale(domain: domains.y, pixels: (top + height, top))
    percent = percentDomain.map { Scale(domain: $0, pixels: (top + height, top)) }
    xTicks = Self.xTicks(in: domains.x, width: width)
  }

  private static func width(of labels: [String]) -> Double {
    (labels.map(Font.normal.width).max() ?? 0) + tickGap
  }

  /// As many ticks as have room for their numbers beside each other.
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

  // MARK: Drawing

  /// The lines behind the data.
  var grid: [SVGElement] {
    let vertical = xTicks.values.map {
      SVGElement.line(from: Point(x($0), area.y), to: Point(x($0), area.maxY), .grid)
    }
    let horizontal = yTicks.values.map {
      SVGElement.line(from: Point(area.x, y($0)), to: Point(area.maxX, y($0)), .grid)
    }
    return vertical + horizontal
  }

  /// The frame around the data, with numbers and names at the axes.
  func axes(_ labels: PlotLabels) -> [SVGElement] {
    var frame = PathData()
    frame.polygon([
      Point(area.x, area.y), Point(area.maxX, area.y), Point(area.maxX, area.maxY), Point(area.x, area.maxY),
    ])
    return [.path(frame, .frame)] + numbers() + names(labels)
  }

  private func numbers() -> [SVGElement] {
    func number(_ text: String, _ place: Point, _ anchor: SVGElement.Anchor) -> SVGElement {
      .text(text, at: place, .secondaryText, font: .normal, anchor: anchor)
    }
    var elements = zip(xTicks.values, xTicks.labels).map {
      number($1, Point(x($0), area.maxY + Self.tickHeight / 2 + 3), .middle)
    }
    elements += zip(yTicks.values, yTicks.labels).map {
      number($1, Point(area.x - Self.tickGap, y($0)), .end)
    }
    if let percent, let percentTicks {
      elements += zip(percentTicks.values, percentTicks.labels).map {
        number("\($1) %", Point(area.maxX + Self.tickGap, percent($0)), .start)
      }
    }
    return elements
  }

  private func names(_ labels: PlotLabels) -> [SVGElement] {
    func name(_ text: String, _ place: Point, room: Double, turned: Bool) -> SVGElement? {
      text.isEmpty
        ? nil
        : .text(
          Font.label.shortened(text, to: room), at: place, .text, font: .label, anchor: .middle,
          turned: turned)
    }
    let edge = Self.margin + Self.labelHeight / 2 - 4
    let right =
      area.maxX + Self.width(of: (percentTicks?.labels ?? []).map { "\($0) %" }) + Self.labelHeight / 2 + 2
    return [
      name(
        labels.x, Point(area.midX, area.maxY + Self.tickHeight + Self.labelHeight / 2 + 4), room: area.width,
        turned: false),
      name(labels.y, Point(edge, area.midY), room: area.height, turned: true),
      name(labels.percent, Point(right, area.midY), room: area.height, turned: true),
    ].compactMap { $0 }
  }
}

/// What stands at the axes.
struct PlotLabels {
  var x: String
  var y: String
  var percent: String
}
