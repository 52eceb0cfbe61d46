/// The decimal digits of a finite number, all of them: 0.1 has 55. Rounding them cannot round twice.
struct ExactDecimal {
  /// The digits of the magnitude, without zeros before the first; none for 0.
  private(set) var digits: [UInt8] = []
  /// The count of digits before the decimal point. It is negative if zeros follow the point.
  private(set) var pointPosition = 0

  /// - Precondition: The number is finite.
  /// - Complexity: O(e²) for a number of the size 2ᵉ or 2⁻ᵉ.
  init(_ number: Double) {
    if number == 0 { return }
    // The number is significand · 2ᵉ, and for a negative e, significand · 5⁻ᵉ / 10⁻ᵉ.
    let trailingZeros = number.significandBitPattern.trailingZeroBitCount
    let fractionBits = max(0, Double.significandBitCount - trailingZeros)
    let lowest = number.isNormal ? Int(number.exponent) - fractionBits : trailingZeros - 1074
    let significand =
      number.isNormal
      ? (number.significandBitPattern | 1 << 52) >> UInt64(52 - fractionBits)
      : number.significandBitPattern >> UInt64(trailingZeros)
    var magnitude = Magnitude(significand)
    if lowest < 0 {
      magnitude.multiply(by: 5, power: -lowest, steps: 12)
    } else {
      magnitude.multiply(by: 2, power: lowest, steps: 29)
    }
    digits = magnitude.digits
    pointPosition = digits.count + min(lowest, 0)
  }

  /// Keeps the leading digits. Half of the last one's unit rounds to the even digit, as in C.
  mutating func round(to count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let isUp = roundsUp(at: count)
    digits.removeSubrange(count...)
    guard isUp else { return }
    while digits.last == 9 { digits.removeLast() }
    if digits.isEmpty {
      digits = [1]
      pointPosition += 1
    } else {
      digits[digits.count - 1] += 1
    }
  }

  /// Whether the digits from a position on are more than half a unit of the digit before, or half of an odd one.
  private func roundsUp(at position: Int) -> Bool {
    if digits[position] != 5 { return digits[position] > 5 }
    let isHalf = digits[(position + 1)...].allSatisfy { $0 == 0 }
    return !isHalf || (position > 0 && digits[position - 1] % 2 == 1)
  }

  /// The digit of a position, counted from the first; 0 beyond the last.
  subscript(_ position: Int) -> UInt8 { digits.indices.contains(position) ? digits[position] : 0 }
}

/// A whole number in words of nine decimal digits, the lowest first.
private struct Magnitude {
  private static let base: UInt64 = 1_000_000_000
  private var words: [UInt32] = []

  init(_ number: UInt64) {
    var rest = number
    while rest > 0 {
      words.append(UInt32(rest % Self.base))
      rest /= Self.base
    }
  }

  /// Multiplies by a power, several factors at a time, whose product is less than 2³².
  mutating func multiply(by factor: UInt32, power: Int, steps: Int) {
    var rest = power
    while rest > 0 {
      let count = min(rest, steps)
      multiply(by: (0..<count).reduce(1) { product, _ in product * factor })
      rest -= count
    }
  }

  private mutating func multiply(by factor: UInt32) {
    var carry: UInt64 = 0
    for index in words.indices {
      carry += UInt64(words[index]) * UInt64(factor)
      words[index] = UInt32(carry % Self.base)
      carry /= Self.base
    }
    if carry > 0 { words.append(UInt32(carry)) }
  }

  var digits: [UInt8] {
    var digits: [UInt8] = []
    for word in words {
      var rest = word
      for _ in 0..<9 {
        digits.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    while digits.last == 0 { digits.removeLast() }
    return digits.reversed()
  }
}
