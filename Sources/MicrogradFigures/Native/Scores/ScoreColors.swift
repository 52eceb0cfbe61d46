import MicrogradPlatform

/// The colours of scores: a level for each, from the worst to the best of those that are drawn.
struct ScoreColors {
  /// The worst and the best score; nil if there is none.
  let ends: (worst: Double, best: Double)?
  private let isLogarithmic: Bool

  /// The best level.
  static let top = Palette.scores.count - 1

  init(_ scores: some Sequence<Double>, prefersLow: Bool, isLogarithmic: Bool = false) {
    let shown = scores.filter(Scale.canShow)
    self.isLogarithmic = isLogarithmic && shown.allSatisfy { $0 > 0 }
    ends = shown.min().flatMap { low in shown.max().map { prefersLow ? ($0, low) : (low, $0) } }
  }

  /// Returns the level of a score. Scores that are all the same are the best.
  func level(_ score: Double) -> Int {
    guard let ends, ends.worst != ends.best else { return Self.top }
    func place(_ number: Double) -> Double { isLogarithmic ? log10(number) : number }
    let share = (place(score) - place(ends.worst)) / (place(ends.best) - place(ends.worst))
    return min(Self.top, max(0, Int((share * Double(Self.top)).rounded())))
  }

  // MARK: The key to the colours

  static let keyHeight = 24.0
  private static let swatch = Size(width: 18, height: 12)

  /// Returns a row with the worst score, the colours and the best score.
  func key(_ name: String, at origin: Point, width: Double) -> [SVGElement] {
    guard let ends else { return [] }
    let y = origin.y + Self.keyHeight / 2
    let numbers = (worst: ends.worst.short(digits: 3), best: ends.best.short(digits: 3))
    let swatches = Double(Palette.scores.count) * Self.swatch.width
    let room = width - swatches - 24 - Font.normal.width(of: numbers.worst + numbers.best)
    let label = Font.normal.shortened(name, to: room) + (name.isEmpty ? "" : "  ") + numbers.worst
    let start = origin.x + Font.normal.width(of: label) + 8
    let colors = Palette.scores.indices.map { level in
      SVGElement.rectangle(
        Rectangle(
          x: start + Double(level) * Self.swatch.width, y: y - Self.swatch.height / 2, width: Self.swatch.width,
          height: Self.swatch.height), .score(level))
    }
    return [.text(label, at: Point(origin.x, y), .text, font: .normal)] + colors
      + [.text(numbers.best, at: Point(start + swatches + 8, y), .text, font: .normal)]
  }
}
