import MicrogradJSON
import MicrogradLanguage

extension JSON {
  package static func localized(_ text: Localized) -> JSON {
    .object(Language.allCases.map { ($0.rawValue, .text(text(in: $0))) })
  }
}
