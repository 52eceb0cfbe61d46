/// A linear map from numbers to pixels.
struct Scale {
  let domain: ClosedRange<Double>
  /// The pixels of the ends of the domain. For heights, the end is above the start.
  let pixels: (start: Double, end: Double)

  func callAsFunction(_ value: Double) -> Double {
    let fraction = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return pixels.start + fraction * (pixels.end - pixels.start)
  }

  /// Returns whether a number can be drawn. Beyond 1e300, the length of an axis would overflow.
  static func canShow(_ value: Double) -> Bool { value.magnitude <= 1e300 }

  /// Returns the range from the least to the greatest value, with a margin that is a fraction of its length.
  ///
  /// Its length is never negligible beside its ends: values that agree to nine digits lie in the middle of a range of their
  /// size, and without values the range is from 0 to 1.
  static func domain(of values: some Sequence<Double>, margin: Double = 0) -> ClosedRange<Double> {
    var low = Double.infinity, high = -Double.infinity
    for value in values where canShow(value) {
      low = min(low, value)
      high = max(high, value)
    }
    guard low <= high else { return 0...1 }
    let magnitude = max(low.magnitude, high.magnitude)
    if high - low <= magnitude * 1e-9 || high - low < 1e-300 {
      let half = magnitude < 1e-300 ? 0.5 : magnitude / 2
      return (low - half)...(high + half)
    }
    // A margin that is negative or NaN counts as 0, and one above 100 as 100.
    let extra = (high - low) * (margin > 0 ? min(margin, 100) : 0)
    return (low - extra)...(high + extra)
  }
}
