// For `vsnprintf`: `String(format:)` would need all of Foundation.
import MicrogradPlatform
import MicrogradRequirement

extension Double {
  /// Returns the number with a fixed number of decimals: `0.3798`. A number that rounds to 0 has no sign.
  package func fixed(_ decimals: Int) -> String {
    guard isFinite else { return text }
    let text = formatted("%.\(decimals)f")
    return text.allSatisfy { "-0.".contains($0) } && text.first == "-" ? String(text.dropFirst()) : text
  }

  /// Returns the number in exponent notation: `1.2e-07` with one decimal.
  package func exponential(_ decimals: Int) -> String {
    isFinite ? formatted("%.\(decimals)e") : text
  }

  /// Returns the number with at most the given number of significant digits, without trailing zeros, and in exponent
  /// notation if it is very large or very small: `0.5`, `12.35`, `1e-07`.
  package func short(digits: Int = 4) -> String {
    guard isFinite else { return text }
    return self == 0 ? "0" : formatted("%.\(digits)g")
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
    // With more digits, a power of ten such as 1e-12 would appear a little smaller than it is written.
    isFinite ? Int(exponential(14).split(separator: "e").last!)! : 0
  }

  /// Formats the number by a C format with one conversion. The package sets no locale, so the decimal sign is a point.
  private func formatted(_ format: String) -> String {
    withVaList([self]) { arguments in
      // The longest result is that of "%.nf" for 1.8e308: 309 digits, and the decimals.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        _ = vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
        return String(cString: buffer.baseAddress!)
      }
    }
  }
}
