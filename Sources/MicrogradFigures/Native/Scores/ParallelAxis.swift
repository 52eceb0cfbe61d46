import MicrogradPlatform

/// A vertical axis of parallel coordinates: where it stands, the places of its numbers, and its marks.
struct ParallelAxis {
  let x: Double
  private let axis: ParallelCoordinates.Axis
  private let scale: Scale

  /// The distance of two marks that can be read.
  private static let leastDistance = 15.0
  /// The most different numbers that are all marked, as those of a grid.
  private static let mostNumbers = 8

  init(_ axis: ParallelCoordinates.Axis, lines: [Int], x: Double, top: Double, bottom: Double) {
    self.axis = axis
    self.x = x
    let domain: ClosedRange<Double>
    if case .categories(let texts) = axis.scale {
      domain = -0.5...(Double(max(texts.count, 1)) - 0.5)
    } else {
      let isLogarithmic = axis.scale == .logarithmic
      domain = Scale.domain(of: lines.map { isLogarithmic ? log10(axis.values[$0]) : axis.values[$0] })
    }
    scale = Scale(domain: domain, pixels: (bottom, top))
    marks = []
    marks = Self.readable(candidates(lines))
  }

  /// The texts at the axis.
  private(set) var marks: [(text: String, y: Double)]

  /// The line of the axis, with a tick at each mark.
  var elements: [SVGElement] {
    [.line(from: Point(x, scale.pixels.end), to: Point(x, scale.pixels.start), .frame)]
      + marks.map { .line(from: Point(x - 3, $0.y), to: Point(x + 3, $0.y), .frame) }
  }

  /// Returns the place of a line.
  func point(_ line: Int) -> Point { Point(x, y(axis.values[line])) }

  private func y(_ value: Double) -> Double { scale(axis.scale == .logarithmic ? log10(value) : value) }

  /// Returns texts: every category; the numbers themselves if they are few, and otherwise round ones.
  private func candidates(_ lines: [Int]) -> [(text: String, y: Double)] {
    if case .categories(let texts) = axis.scale {
      return texts.enumerated().map { ($1, y(Double($0))) }
    }
    let values = Set(lines.map { axis.values[$0] }).sorted()
    if values.count <= Self.mostNumbers { return values.map { ($0.short(digits: 3), y($0)) } }
    if axis.scale == .logarithmic { return powers(from: values[0], to: values[values.count - 1]) }
    let ticks = Ticks(in: values[0]...values[values.count - 1], atMost: 6)
    return zip(ticks.labels, ticks.values).map { ($0, y($1)) }
  }

  /// Returns the ends, and the powers of ten with their multiples by 2 and 5 between them.
  private func powers(from low: Double, to high: Double) -> [(text: String, y: Double)] {
    let powers = (low.decimalExponent...high.decimalExponent).compactMap { Double("1e\($0)") }
    let multiples = powers.count > 4 ? powers : powers.flatMap { [$0, 2 * $0, 5 * $0] }
    let inner = multiples.filter { low < $0 && $0 < high }
    return ([low, high] + inner).map { ($0.short(digits: 2), y($0)) }
  }

  /// Returns those of some marks that leave each other room; the first ones have precedence.
  private static func readable(_ marks: [(text: String, y: Double)]) -> [(text: String, y: Double)] {
    marks.reduce(into: []) { chosen, mark in
      if chosen.allSatisfy({ ($0.y - mark.y).magnitude >= leastDistance }) { chosen.append(mark) }
    }
  }
}
