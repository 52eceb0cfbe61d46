import Testing

@testable import MicrogradExport

@Suite struct QuotationTests {
  @Test func whatCannotBeSeenIsWrittenByItsNumber() {
    for scalar in (0...0x10FFFF as ClosedRange<UInt32>).lazy.compactMap({ Unicode.Scalar($0) }) {
      let expected: Bool? =
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .lineSeparator, .paragraphSeparator: false
        // A later version of Unicode may give them any category.
        case .unassigned: nil
        default: true
        }
      if let expected, scalar.isVisible != expected {
        Issue.record("U+\(String(scalar.value, radix: 16)): got \(scalar.isVisible), expected \(expected)")
      }
    }
  }

  @Test func textsAreLiterals() {
    let text = "a\"b\\\n<?\u{202E}é"
    let got = [Quotation.swift(text), Quotation.comment(text), Quotation.c(text)]
    let expected = [
      #""a\"b\\\n<?\u{202E}é""#, #""a\"b\\\n\u{3C}\u{3F}\u{202E}é""#, #""a\"b\\\n<\?\342\200\256\303\251""#,
    ]
    #expect(got == expected)
  }
}
