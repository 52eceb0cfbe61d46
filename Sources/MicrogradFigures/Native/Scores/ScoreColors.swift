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
  private static let widestSwatch = 18.0
  private static let swatchHeight = 12.0
  private static let gap = 8.0

  /// Returns a row with the name of the score, the worst one, the colours and the best one.
  func key(_ name: String, at origin: Point, width: Double) -> [SVGElement] {
    guard let ends else { return [] }
    let y = origin.y + Self.keyHeight / 2, count = Double(Palette.scores.count)
    let numbers = (worst: ends.worst.short(digits: 3), best: ends.best.short(digits: 3))
    let free = width - Font.normal.width(of: "  " + numbers.worst + numbers.best) - 2 * Self.gap
    let swatch = min(Self.widestSwatch, max(free, 0) / (2 * count))
    let shown = name.isEmpty ? "" : Font.normal.shortened(name, to: free - count * swatch) + "  "
    let start = origin.x + Font.normal.width(of: shown + numbers.worst) + Self.gap
    let colors = Palette.scores.indices.map { level in
      SVGElement.rectangle(
        Rectangle(
          x: start + Double(level) * swatch, y: y - Self.swatchHeight / 2, width: swatch, height: Self.swatchHeight),
        .score(level))
    }
    return [.text(shown + numbers.worst, at: Point(origin.x, y), .text, font: .normal)] + colors
      + [.text(numbers.best, at: Point(start + count * swatch + Self.gap, y), .text, font: .normal)]
  }
}
