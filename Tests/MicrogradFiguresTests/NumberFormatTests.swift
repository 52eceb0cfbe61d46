import Foundation
import MicrogradFigures
import MicrogradTestSupport
import Testing

@Suite struct NumberFormatTests {
  @Test(
    arguments: [
      (0.3797731276505697, 4, "0.3798"), (-1.2404537446988606, 4, "-1.2405"), (2, 0, "2"), (0.5, 1, "0.5"),
      (-0.00001, 4, "0.0000"), (-0.0, 2, "0.00"), (-0.4, 0, "0"), (1e20, 1, "100000000000000000000.0"),
      (.infinity, 4, "inf"), (-.infinity, 4, "-inf"), (-.nan, 4, "nan"), (1.005, 2, "1.00"),
    ] as [(Double, Int, String)])
  func fixed(_ number: Double, _ decimals: Int, _ expected: String) {
    #expect(number.fixed(decimals) == expected, "\(number) with \(decimals) decimals")
  }

  @Test func theLongestNumberIsNotCut() {
    #expect(Double.greatestFiniteMagnitude.fixed(4).count == 309 + 5)
  }

  @Test(
    arguments: [
      (0, "0"), (0.5, "0.5"), (12.3456, "12.35"), (123456, "1.235e+05"), (1e-7, "1e-07"), (-0.0, "0"),
      (.nan, "nan"),
    ] as [(Double, String)])
  func short(_ number: Double, _ expected: String) {
    #expect(number.short() == expected, "\(number)")
  }

  @Test(
    arguments: [
      (0, "0.0000"), (0.38, "0.3800"), (1.2e-7, "1.2e-07"), (-3.04e-4, "-3.0e-04"),
      (1_234_567.89, "1.2346e+06"),
      (0.0012, "0.0012"), (-.infinity, "-inf"), (999_999, "999999.0000"),
    ] as [(Double, String)])
  func inFigure(_ number: Double, _ expected: String) {
    #expect(number.inFigure == expected, "\(number)")
  }

  @Test func theDigitsAreThoseOfC() {
    let seed = newSeed()
    var random = SplitMix(seed: seed)
    for _ in 0..<20_000 {
      let number = Self.number(using: &random),
        count = Int.random(in: 0...(random.next() % 8 == 0 ? 40 : 6), using: &random)
      let fixed = String(format: "%.\(count)f", number), isZero = fixed.allSatisfy { "-0.".contains($0) }
      let expected = [
        isZero && number.sign == .minus ? String(fixed.dropFirst()) : fixed, String(format: "%.\(count)e", number),
        number == 0 ? "0" : String(format: "%.\(count + 1)g", number),
      ]
      let got = [number.fixed(count), number.exponential(count), number.short(digits: count + 1)]
      #expect(got == expected, "\(number) with \(count) decimals, seed \(seed)")
    }
  }

  /// Returns a number of any size, or one that often lies in the middle between two that are written.
  private static func number(using random: inout SplitMix) -> Double {
    let whole = Double(Int.random(in: -9_999...9_999, using: &random))
    switch random.next() % 5 {
    case 0:
      let number = Double(bitPattern: random.next())
      return number.isFinite ? number : 0
    case 1: return Double(bitPattern: random.next() & 0x800f_ffff_ffff_ffff)
    case 2: return whole / 1000
    case 3: return whole / 1024
    default: return whole * pow(10, Double(Int.random(in: -20...20, using: &random)))
    }
  }

  @Test func decimalExponentsOfPowersOfTen() {
    for exponent in -300...300 {
      let power = Double("1e\(exponent)")!
      #expect(power.decimalExponent == exponent, "of \(power)")
      #expect((power * 9.99).decimalExponent == exponent, "of \(power * 9.99)")
    }
  }
}
