/// The round numbers at which an axis is marked: multiples of 1, 2 or 5 times a power of ten.
struct Ticks {
  let values: [Double]
  /// The texts at the ticks. All have the same number of decimals, as many as are needed to tell them apart.
  let labels: [String]
  let step: Double

  /// Creates the ticks within a range.
  ///
  /// - Parameter count: The greatest number of steps.
  init(in range: ClosedRange<Double>, atMost count: Int) {
    let length = range.upperBound - range.lowerBound
    let (digit, exponent) = Self.niceStep(atLeast: length / Double(max(count, 1)))
    step = Self.multiple(digit, exponent)
    // The tolerance makes an end of the range a tick in spite of rounding.
    let first = Int((range.lowerBound / step - 1e-6).rounded(.up))
    let last = Int((range.upperBound / step + 1e-6).rounded(.down))
    values = first > last ? [] : (first...last).map { Self.multiple($0 * digit, exponent) }
    labels = Self.labels(values, exponent: exponent)
  }

  /// Returns the smallest range that begins and ends with a tick and contains the given one.
  static func rounded(_ range: ClosedRange<Double>, atMost count: Int) -> ClosedRange<Double> {
    let step = Ticks(in: range, atMost: count).step
    let low = (range.lowerBound / step + 1e-6).rounded(.down) * step
    let high = (range.upperBound / step - 1e-6).rounded(.up) * step
    return min(low, range.lowerBound)...max(high, range.upperBound)
  }

  // MARK: Steps

  private static func niceStep(atLeast length: Double) -> (digit: Int, exponent: Int) {
    let exponent = length.decimalExponent
    for digit in [1, 2, 5] where multiple(digit, exponent) >= length * (1 - 1e-9) { return (digit, exponent) }
    return (1, exponent + 1)
  }

  /// Returns a decimal number, correctly rounded, since reading it is exact where multiplying by 0.1 is not.
  private static func multiple(_ digits: Int, _ exponent: Int) -> Double { Double("\(digits)e\(exponent)")! }

  // MARK: Labels

  /// Returns the numbers with decimals, or in exponent notation if that is shorter and the numbers are long.
  private static func labels(_ values: [Double], exponent: Int) -> [String] {
    let plain = values.map { $0.fixed(max(0, -exponent)) }
    let longest = plain.map(\.count).max() ?? 0
    guard longest > 7 else { return plain }
    let scientific = values.map { exponential($0, lastDigit: exponent) }
    return scientific.map(\.count).max()! < longest ? scientific : plain
  }

  /// Returns a number such as `1.25e6`, with digits down to the given power of ten.
  private static func exponential(_ value: Double, lastDigit: Int) -> String {
    guard value != 0 else { return "0" }
    let parts = value.exponential(max(0, value.decimalExponent - lastDigit)).split(separator: "e")
    return "\(parts[0])e\(Int(parts[1])!)"
  }
}
