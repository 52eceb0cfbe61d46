import MicrogradJSON
import MicrogradLanguage

extension JSON {
  /// Returns a position in a picture, to a tenth.
  static func place(_ number: Double) -> JSON {
    let tenths = (number * 10).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0 ? .integer(Int(tenths / 10)) : .number(tenths / 10)
  }

  static func localized(_ text: Localized) -> JSON {
    .object(Language.allCases.map { ($0.rawValue, .text(text(in: $0))) })
  }
}
