import MicrogradRequirement

// The formats of C's `printf`, digit for digit, on platforms without a C library as well.

extension Double {
  /// Returns the number with a fixed number of decimals: `0.3798`. A number that rounds to 0 has no sign.
  package func fixed(_ decimals: Int) -> String {
    guard isFinite else { return text }
    var decimal = ExactDecimal(self)
    decimal.round(to: decimal.pointPosition + decimals)
    let isNegative = self < 0 && !decimal.digits.isEmpty
    return String(decoding: (isNegative ? [minus] : []) + decimal.fixed(decimals), as: UTF8.self)
  }

  /// Returns the number in exponent notation: `1.2e-07` with one decimal.
  package func exponential(_ decimals: Int) -> String {
    guard isFinite else { return text }
    var decimal = ExactDecimal(self)
    decimal.round(to: decimals + 1)
    return String(decoding: (sign == .minus ? [minus] : []) + decimal.exponential(decimals), as: UTF8.self)
  }

  /// Returns the number with at most the given number of significant digits, without trailing zeros, and in exponent
  /// notation if it is very large or very small: `0.5`, `12.35`, `1e-07`.
  package func short(digits: Int = 4) -> String {
    guard isFinite else { return text }
    if self == 0 { return "0" }
    var decimal = ExactDecimal(self)
    decimal.round(to: digits)
    let count = decimal.countWithoutZeros, exponent = decimal.exponent
    let isFixed = (-4..<digits).contains(exponent)
    let letters = isFixed ? decimal.fixed(max(0, count - 1 - exponent)) : decimal.exponential(count - 1)
    return String(decoding: (self < 0 ? [minus] : []) + letters, as: UTF8.self)
  }

  /// The number with four decimals, as in micrograd's pictures, or in exponent notation if it is very small or very large:
  /// `0.3798`, `1.2e-07`, `1.2346e+06`.
  package var inFigure: String {
    if magnitude >= 1e6 { return exponential(4) }
    return magnitude < 1e-3 && self != 0 ? exponential(1) : fixed(4)
  }

  /// The exponent of the power of ten at or below the number's magnitude. It is 0 for 0 and for numbers that are not
  /// finite.
  package var decimalExponent: Int {
    guard isFinite else { return 0 }
    // With more digits, a power of ten such as 1e-12 would appear a little smaller than it is written.
    var decimal = ExactDecimal(self)
    decimal.round(to: 15)
    return decimal.exponent
  }
}

private let minus = UInt8(ascii: "-")
private let point = UInt8(ascii: ".")
private let zero = UInt8(ascii: "0")

extension ExactDecimal {
  /// The exponent of the power of ten of the first digit; 0 for 0.
  fileprivate var exponent: Int { digits.isEmpty ? 0 : pointPosition - 1 }

  /// The count of digits without zeros at the end.
  fileprivate var countWithoutZeros: Int { (digits.lastIndex { $0 != 0 } ?? 0) + 1 }

  /// Returns the magnitude as text with a fixed number of decimals. Further digits are left out.
  fileprivate func fixed(_ decimals: Int) -> [UInt8] {
    var text = pointPosition > 0 ? (0..<pointPosition).map { zero + self[$0] } : [zero]
    if decimals > 0 {
      text.append(point)
      text += (pointPosition..<pointPosition + decimals).map { zero + self[$0] }
    }
    return text
  }

  /// Returns the magnitude in exponent notation. Further digits are left out.
  fileprivate func exponential(_ decimals: Int) -> [UInt8] {
    var text = [zero + self[0]]
    if decimals > 0 {
      text.append(point)
      text += (1..<decimals + 1).map { zero + self[$0] }
    }
    let size = exponent.magnitude
    text += [UInt8(ascii: "e"), exponent < 0 ? minus : UInt8(ascii: "+")]
    return text + (size < 10 ? [zero] : []) + Array(String(size).utf8)
  }
}
