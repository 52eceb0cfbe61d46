/// A plot as lines of characters: title and legend at the top, the axes around the data.
struct PlotText {
  private let style: TextStyle
  private let content: PlotContent
  private let columns: Int
  private let header: [String]
  private let xName: String
  private let left: Axis
  private let right: [Axis]
  private let xTicks: Ticks
  private var canvas: TextCanvas
  /// The scale from data to dots.
  private let x: Scale

  init(_ plot: Plot, _ content: PlotContent, columns: Int, rows: Int, style: TextStyle) {
    self.style = style
    self.content = content
    self.columns = columns
    let labels = plot.labels(content)
    xName = labels.x.printable
    header = Self.header(plot, content, labels, columns: columns, style)
    // Two lines of frame, and the numbers below.
    let height = max(rows - header.count - 3 - (labels.x.isEmpty ? 0 : 1), 4)
    let count = max(2, height / 2)
    left = Axis(.left, of: content, name: labels.left, ticks: count)!
    right = [
      Axis(.percent, of: content, name: labels.percent, ticks: count),
      Axis(.right, of: content, name: labels.right, ticks: count),
    ].compactMap(\.self)
    let beside = right.map { $0.textWidth + 2 }.reduce(left.textWidth + 1, +)
    let width = max(columns - beside - 2, 8)
    xTicks = Self.xTicks(in: content.xDomain, width: width)
    canvas = TextCanvas(columns: width, rows: height, style: style)
    x = Scale(domain: content.xDomain, pixels: (0, Double(width * TextCanvas.dots(in: style).x - 1)))
    // Lines are drawn over regions and under samples.
    for case .regions(let regions) in content.items { fill(regions) }
    for item in content.items { drawLines(item) }
    for case .samples(let samples) in content.items { draw(samples) }
  }

  private static func xTicks(in domain: ClosedRange<Double>, width: Int) -> Ticks {
    let counts = (1...max(width / 6, 2)).reversed()
    let fitting = counts.lazy.map { Ticks(in: domain, atMost: $0) }.first { ticks in
      let distance = ticks.step / (domain.upperBound - domain.lowerBound) * Double(width)
      return Double(ticks.labels.map(\.count).max() ?? 0) + 2 <= distance
    }
    return fitting ?? Ticks(in: domain, atMost: 1)
  }

  // MARK: Data

  private func y(_ series: Series.Scale) -> Scale { height(of: right.first { $0.series == series } ?? left) }

  private func height(of axis: Axis) -> Scale {
    Scale(domain: axis.domain, pixels: (Double(canvas.rows * TextCanvas.dots(in: style).y - 1), 0))
  }

  private func place(_ point: Point, _ y: Scale) -> Point { Point(x(point.x), y(point.y)) }

  private func color(_ label: Int) -> RGB { Palette.class(content.classes.firstIndex(of: label)!).light }

  /// Fills each character with the area at its middle.
  private mutating func fill(_ regions: DecisionRegions) {
    let y = y(.left)
    func middle(_ index: Int, of count: Int, in scale: Scale) -> Double {
      let (low, high) = (scale.domain.lowerBound, scale.domain.upperBound)
      let part = (Double(index) + 0.5) / Double(count)
      return low + (high - low) * (scale.pixels.end > scale.pixels.start ? part : 1 - part)
    }
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        let point = Point(middle(column, of: canvas.columns, in: x), middle(row, of: canvas.rows, in: y))
        guard regions.x.contains(point.x), regions.y.contains(point.y) else { continue }
        let area = regions.area(at: point), index = content.classes.firstIndex(of: area.label)!
        canvas.put(style.ground(index, area.shade), column: column, row: row, color: color(area.label))
      }
    }
  }

  private mutating func drawLines(_ item: PlotContent.Item) {
    switch item {
    case .samples: break
    case .regions(let regions):
      // In ASCII the fillings alone show the boundary.
      guard style.characters == .unicode else { return }
      for contour in regions.areas.filter(\.startsClass).flatMap(\.contours) {
        for piece in contour.boundaries {
          canvas.line(piece.map { place($0, y(.left)) }, TextCanvas.Pen(mark: "*", color: nil))
        }
      }
    case .curve(let series, let index, let pieces):
      let y = y(series.scale)
      for piece in pieces { canvas.line(piece.map { place($0, y) }, Self.pen(index, style)) }
    }
  }

  private static func pen(_ index: Int, _ style: TextStyle) -> TextCanvas.Pen {
    TextCanvas.Pen(
      mark: style.mark(index), color: Palette.class(index).light,
      dash: style.characters == .unicode ? Dash.lengths(index) : [])
  }

  private mutating func draw(_ samples: SamplePoints) {
    let dots = TextCanvas.dots(in: style), y = y(.left)
    for (point, label) in samples.points {
      let place = place(point, y)
      canvas.put(
        style.marker(content.classes.firstIndex(of: label)!), column: Int(place.x.rounded()) / dots.x,
        row: Int(place.y.rounded()) / dots.y, color: color(label))
    }
  }

  // MARK: Words

  private static func header(
    _ plot: Plot, _ content: PlotContent, _ labels: PlotLabels, columns: Int, _ style: TextStyle
  ) -> [String] {
    let title = plot.title.printable.shortened(toColumns: columns, ellipsis: style.ellipsis)
    let outer = [labels.percent, labels.right].filter { !$0.isEmpty }.joined(separator: ", ").printable
      .shortened(toColumns: columns / 2, ellipsis: style.ellipsis)
    let inner = labels.left.printable.shortened(toColumns: columns / 2 - 2, ellipsis: style.ellipsis)
    let names = outer.isEmpty ? inner : inner.padded(toColumns: columns - outer.columns) + outer
    return (title.isEmpty ? [] : [title]) + legend(plot.legend(content), columns: columns, style)
      + (names.isEmpty ? [] : [names])
  }

  /// Returns the lines of the legend, with as many entries in each as fit.
  private static func legend(_ entries: [Legend.Entry], columns: Int, _ style: TextStyle) -> [String] {
    var lines: [String] = [], width = 0
    for entry in entries.prefix(Legend.mostEntries) {
      let sign = sign(entry.sign, style),
        name = entry.name.printable.shortened(toColumns: columns - sign.columns - 1, ellipsis: style.ellipsis)
      let needed = sign.columns + 1 + name.columns
      if let last = lines.last, width + 3 + needed <= columns {
        lines[lines.count - 1] = last + "   " + sign.text + " " + name
        width += 3 + needed
      } else {
        lines.append(sign.text + " " + name)
        width = needed
      }
    }
    let hidden = entries.count - Legend.mostEntries
    return lines + (hidden > 0 ? ["\(style.ellipsis) + \(hidden)"] : [])
  }

  /// Returns the sign for a class or curve, and its number of columns.
  private static func sign(_ sign: Legend.Entry.Sign, _ style: TextStyle) -> (text: String, columns: Int) {
    switch sign {
    case .marker(let index, let shades):
      let grounds = shades.map { style.ground(index, $0) }, marker = style.marker(index)
      let text = shades.isEmpty ? "\(marker)" : "\(grounds.first!)\(marker)\(grounds.last!)"
      return (style.colored(text, Palette.class(index).light), text.count)
    case .line(let index):
      let width = style.characters == .unicode ? 6 : 1, dots = TextCanvas.dots(in: style)
      var canvas = TextCanvas(columns: width, rows: 1, style: style)
      let height = Double(dots.y / 2)
      canvas.line([Point(0, height), Point(Double(width * dots.x - 1), height)], pen(index, style))
      return (canvas.line(0), width)
    }
  }

  // MARK: Lines

  var lines: [String] {
    let frame = style.frame, dots = TextCanvas.dots(in: style)
    let indent = String(repeating: " ", count: left.textWidth + 1)
    let places = xTicks.values.map { min(Int(x($0).rounded()) / dots.x, canvas.columns - 1) }
    var bottom = Array(repeating: frame.horizontal, count: canvas.columns)
    for place in places { bottom[place] = frame.below }
    let top = String(repeating: frame.horizontal, count: canvas.columns)
    let below = numbers(places)
    let name = xName.shortened(toColumns: canvas.columns, ellipsis: style.ellipsis)
    return header + [indent + frame.corners[0] + top + frame.corners[1]] + data
      + [indent + frame.corners[3] + String(bottom) + frame.corners[2], indent + " " + below]
      + (name.isEmpty ? [] : [indent + " " + name.leftPadded(toColumns: (canvas.columns + name.columns) / 2)])
  }

  private var data: [String] {
    let frame = style.frame, numbers = numbers(left), outer = right.map { self.numbers($0) }
    return (0..<canvas.rows).map { row in
      let label = (numbers[row] ?? "").leftPadded(toColumns: left.textWidth)
      let start = label + " " + (numbers[row] == nil ? frame.vertical : frame.left)
      let end = outer.first?[row] == nil ? frame.vertical : frame.right
      let labels = zip(right, outer).map { axis, numbers in
        "  " + (numbers[row] ?? "").leftPadded(toColumns: axis.textWidth)
      }.joined()
      return start + canvas.line(row) + end + (labels.allSatisfy { $0 == " " } ? "" : labels)
    }
  }

  /// Returns the numbers at an axis, by row.
  private func numbers(_ axis: Axis) -> [Int: String] {
    let scale = height(of: axis), dots = TextCanvas.dots(in: style)
    return Dictionary(
      zip(axis.ticks.values.map { min(max(Int(scale($0).rounded()) / dots.y, 0), canvas.rows - 1) }, axis.labels)
    ) { $1 }
  }

  /// Returns the line of numbers below the ticks, each centred below its tick. Those without room are left out.
  private func numbers(_ places: [Int]) -> String {
    var line = ""
    for (place, label) in zip(places, xTicks.labels) {
      let start = max(0, min(place - label.count / 2, canvas.columns - label.count))
      guard line.isEmpty || start > line.count else { continue }
      line = line.padded(toColumns: start) + label
    }
    return line
  }
}

extension Axis {
  /// The number of columns that its numbers take.
  fileprivate var textWidth: Int { labels.map(\.count).max() ?? 0 }
}
