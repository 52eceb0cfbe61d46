import MicrogradEngine
import Testing

@testable import MicrogradFormula

@Suite struct FormulaTests {
  static let numbers: [String: Double] = ["a": 2, "b": -3, "c": 10, "x": 0.25]

  private func evaluate(_ text: String) throws -> Value {
    try Formula(text)(Self.numbers.mapValues { Value($0) })
  }

  static let meanings: [(String, Double)] = [
    ("relu(a*b + c)^2", 16.0), ("(a*b + c).relu()**2", 16), ("-a^2", -4), ("2^-1", 0.5), ("2^3^2", 512),
    ("1 - 2 - 3", -4), ("12/3/2", 2), ("2 + 3*4", 14), ("--a", 2), ("a.pow(3)", 8), ("pow(a, 0.5+0.5)", 2),
    ("max(a, b).exp().log()", 2), ("b.leakyReLU()", -0.03), ("leakyReLU(b, 0.5)", -1.5), ("1.5e1 + 2.", 17),
    (".5*a", 1),
    ("2.relu()", 2), ("a − b × c ÷ 2", 17), ("  a\n+b ", -1), ("a.max(b).min(1)", 1), ("2*pi", 2 * .pi),
    ("-2.5", -2.5),
    ("log(e)", 1), ("a--b", -1), ("min(a,-b)", 2),
  ]

  @Test(arguments: meanings)
  func means(_ text: String, _ expected: Double) throws {
    let got = try evaluate(text).data
    #expect(abs(got - expected) <= 1e-15 * abs(expected), "\(text): got \(got), expected \(expected)")
  }

  /// Message, and the characters that the carets are below.
  static let mistakes: [(String, String, Range<Int>)] = [
    ("", "an expression is missing", 0..<0), ("a +", "a number or a name is missing here", 3..<3),
    ("(a + b", "this “(” is never closed", 0..<1), ("a + b)", "there is no “(” for this “)”", 5..<6),
    ("a b", "an operator such as + or * is missing before “b”", 2..<3), ("2 3", "is missing before “3”", 2..<3),
    ("a + foo(b)", "there is no function “foo”", 4..<7), ("RELU(a)", "did you mean relu?", 0..<4),
    ("relu(a, b)", "relu takes 1 argument, not 2", 0..<4), ("max(a)", "max takes 2 arguments, not 1", 0..<3),
    ("a ? b", "“?” has no meaning here", 2..<3), ("a * * b", "is expected before “*”", 4..<5),
    ("relu()", "relu takes 1 argument, not 0", 0..<4), ("a.b", "there is no function “b”", 2..<3),
    ("a.relu", "“(” is missing after relu", 6..<6), ("elu(a, b)", "must be a number", 0..<3),
    ("()", "a number or a name is missing before this “)”", 1..<2),
    ("1..2", "an operator such as + or * is missing before “.2”", 2..<4),
    ("relu(a,)", "a number or a name is missing before this “)”", 7..<8),
    ("éa + $", "“$” has no meaning here", 5..<6),
  ]

  @Test(arguments: mistakes) func mistakesArePointedAt(_ text: String, _ message: String, _ place: Range<Int>) {
    let error = #expect(throws: FormulaError.self) { _ = try Formula(text) }
    #expect(error?.message.contains(message) == true, "\(text): got \(error?.message ?? "nothing")")
    #expect(error?.range == place, "\(text): got \(error.map { "\($0.range)" } ?? "nothing"), expected \(place)")
  }

  @Test func aNameWithoutValueIsPointedAt() {
    let error = #expect(throws: FormulaError.self) { _ = try evaluate("relu(a*dog)") }
    #expect(error?.description == "“dog” has no value; add dog=1, or another number\n  relu(a*dog)\n         ^^^")
  }

  @Test func deepNestingIsRefused() {
    for text in [String(repeating: "(", count: 100_000), String(repeating: "2^", count: 100_000) + "1"] {
      let error = #expect(throws: FormulaError.self) { _ = try Formula(text) }
      #expect(error?.message.hasPrefix("more than 200") == true)
    }
  }

  /// Neither the stack nor the number of terms sets a limit to what stands side by side.
  @Test func lengthDoesNotMatter() throws {
    func joined(_ count: Int, _ piece: String, by separator: String = "") -> String {
      Array(repeating: piece, count: count).joined(separator: separator)
    }
    let long: [(what: String, text: String, expected: Double)] = [
      ("a sum", joined(100_000, "x", by: "+"), 25_000), ("a difference", joined(100_000, "x", by: "-"), -24_999.5),
      ("a product", joined(100_000, "1", by: "*") + "*a", 2), ("signs", joined(100_001, "-") + "a", -2),
      ("calls", "b" + joined(100_000, ".relu()"), 0), ("powers", joined(50_000, "1^2", by: "*") + "+a", 3),
    ]
    for (what, text, expected) in long {
      let formula = try Formula(text), value = try formula(Self.numbers.mapValues { Value($0) })
      #expect(value.data == expected && formula.names.count == 1, "\(what): got \(value.data), expected \(expected)")
      value.backward()
    }
  }

  /// Of a long expression only the piece around the mistake is shown.
  @Test func aMistakeInALongExpressionIsFound() {
    let start = Array(repeating: "aa", count: 1000).joined(separator: "+"),
      end = String(repeating: "+bb", count: 1000)
    let error = #expect(throws: FormulaError.self) { _ = try Formula(start + "+foo(1)" + end) }
    let lines = (error?.description ?? "").split(separator: "\n")
    #expect(lines.count == 3 && lines[1].hasPrefix("  …+aa+") && lines[1].hasSuffix("+bb+…"), "got \(lines)")
    let place = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) } ?? 0
    #expect(lines[1].dropFirst(place).hasPrefix("foo(1)") && lines[2].hasSuffix(" ^^^"), "got \(lines)")
  }

  @Test func exponentsThatAreNumbersBelongToTheOperation() throws {
    #expect(try evaluate("a^(1/2)").operation == .constantPower)
    #expect(try evaluate("a^x").operation == .power)
    #expect(try Formula("a*b + a - pi*z").names == ["a", "b", "z"])
  }

  /// Every function of the table can be called by its name, both ways, and gives what the table gives.
  @Test func allFunctionsOfTheTable() throws {
    let functions = Operation.functions
    #expect(functions.count >= 18, "\(functions.keys.sorted())")
    for (name, operations) in functions {
      for operation in operations {
        for count in operation.argumentCounts {
          let expected = operation.record([Value(0.25), Value(2)].prefix(count).map { $0 }).data
          let before = try evaluate(count == 1 ? "\(name)(x)" : "\(name)(x, 2)").data
          let behind = try evaluate(count == 1 ? "x.\(name)()" : "x.\(name)(2)").data
          #expect(
            before == expected && behind == expected, "\(name): got \(before) and \(behind), expected \(expected)")
        }
      }
    }
  }

  /// What is made by chance is parsed or refused, and never traps.
  @Test func anyTextIsAnsweredFor() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "a", "1", "2.", ".5", "1e", "+", "-", "*", "**", "^", "(", ")", ".", ",", "relu", "max", " ", "é", "🙂", "pow(",
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      do {
        _ = try Formula(text)
      } catch {
        #expect(error.range.upperBound <= text.count && !error.message.isEmpty, "\(text): \(error)")
      }
    }
  }
}
