import Testing

@testable import MicrogradExport

@Suite struct IdentifiersTests {
  static let swift = Identifiers(style: .lowerCamelCase, reserved: ["class"])
  static let c = Identifiers(style: .snakeCase, reserved: ["class"])

  @Test(arguments: [
    ("sepal length (cm)", "sepalLengthCm", "sepal_length_cm"), ("PassengerId", "passengerId", "passenger_id"),
    ("BMI", "bmi", "bmi"), ("patient ID", "patientID", "patient_id"), ("Âge", "age", "age"),
    ("e\u{301}te\u{301}", "ete", "ete"), ("prénom", "prenom", "prenom"), ("2020 sales", "column2020", "column_2020"),
    ("", "column", "column"), ("年齢", "column", "column"), ("class", "class_", "class_"), ("a*/b", "aB", "a_b"),
  ])
  func wordsOfANameArePutTogether(_ text: String, _ camelCase: String, _ snakeCase: String) {
    let got = (Self.swift.name(for: text, kind: "column"), Self.c.name(for: text, kind: "column"))
    #expect(got.0.hasPrefix(camelCase) && got.1.hasPrefix(snakeCase), "\(text): got \(got)")
  }

  @Test func noTwoNamesAreEqual() {
    let texts = ["a b", "a-b", "a b 2", "a_b", "", "?", "class", "CLASS", "ä b"]
    let got = Self.c.names(for: texts, kind: "column")
    let expected = ["a_b", "a_b_2", "a_b_2_2", "a_b_3", "column", "column_2", "class_", "class__2", "a_b_4"]
    #expect(got == expected, "\(texts): got \(got)")
  }

  /// Unicode's names, such as LATIN SMALL LETTER E WITH ACUTE.
  @Test(arguments: [0xC0...0x24F as ClosedRange<UInt32>, 0x1E00...0x1EFF])
  func lettersLoseTheirAccents(_ block: ClosedRange<UInt32>) throws {
    for scalar in try block.map({ try #require(Unicode.Scalar($0)) }) {
      let words = scalar.properties.name?.split(separator: " ") ?? []
      let isLetter = words.count >= 4 && words[0] == "LATIN" && words[2] == "LETTER" && words[3].count == 1
      let expected = isLetter ? words[1] == "CAPITAL" ? String(words[3]) : words[3].lowercased() : nil
      let got = scalar.letterOrDigit.map { String(Unicode.Scalar($0)) }
      #expect(got == expected, "\(scalar), \(words): got \(String(describing: got))")
    }
  }
}
