import MicrogradEngine
import MicrogradGraph
import MicrogradFormula
import MicrogradLanguage
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// Everything that an explanation prints before an equals sign, read by the parser of expressions, gives what it prints behind.
@Suite struct ArithmeticTests {
  /// A random graph of all operations, whose numbers are of both signs.
  static func randomResult(_ random: inout SplitMix) -> Value {
    let operations = Operation.allCases.filter { ![.leaf, .straightThrough, .dot].contains($0) }
    func number() -> Double { (Double.random(in: -3...3, using: &random) * 1000).rounded() / 1000 }
    var values = (0..<4).map { Value(number(), label: "x\($0)") }
    for _ in 0..<30 {
      let operands = (0..<5).map { _ in values.randomElement(using: &random)! }
      let operation = operations.randomElement(using: &random)!
      let isDot = Int.random(in: 0..<12, using: &random) == 0
      var result =
        isDot
        ? dot([operands[0], operands[1]], [operands[2], operands[3]], bias: operands[4])
        : operation.record(Array(operands.prefix(operation.argumentCounts.upperBound)))
      if operation.hasConstant, !isDot {
        let constant = Value([-2, -1, 2, 3].randomElement(using: &random)!)
        result = operation.record([operands[0], constant])
      }
      if result.data.isFinite { values.append(abs(result.data) > 50 ? result.tanh() : result) }
    }
    return values.suffix(8).sum()
  }

  @Test(arguments: Language.allCases, [ComputationGraph.Detail.composed, .recorded])
  func everyLineIsTrue(_ language: Language, _ detail: ComputationGraph.Detail) throws {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed), count = 0
    for _ in 0..<20 {
      let explanation = Explanation(Self.randomResult(&random).graph(detail))
      let names = Dictionary(uniqueKeysWithValues: explanation.graph.nodes.map { ($0.name, $0.data) })
      for line in explanation.text(in: language).split(separator: "\n") {
        for equation in Self.equations(in: String(line)) where Self.canBeComputed(equation) {
          let parts = equation.components(separatedBy: " = ")
          for part in parts.dropLast() {
            let reading = try Reading(part, names)
            let printed = Double(parts.last!) ?? .nan
            let isTrue = (reading.value - printed).magnitude <= reading.tolerance + 1e-5 * printed.magnitude
            #expect(isTrue, "“\(part)” is \(reading.value), not \(printed), in “\(line)”, seed \(seed)")
            count += 1
          }
        }
      }
    }
    #expect(count > 2_000, "\(count) readings")
  }

  /// The formulas and partial derivatives of the table, as they are printed, give what the table computes.
  @Test(arguments: Operation.allCases) func everyFormulaIsTrue(_ operation: Operation) throws {
    if operation == .dot { return }
    for a in [-2.5, -1, -0.3, 0.4, 1, 3.25] {
      for b in [-1.5, -1, 0.4, 2, 3] {
        let y = operation.value(a, b), names = ["a": a, "b": b, "y": y]
        let texts = [operation.formula] + operation.partialFormulas
        for (text, expected) in zip(texts, [y] + operation.partials(a, b, y)) where expected.isFinite {
          let got = try Reading(text, names).value
          let isTrue = (got - expected).magnitude <= 1e-12 * Swift.max(1, expected.magnitude)
          #expect(isTrue, "\(operation) at a = \(a), b = \(b): “\(text)” is \(got), expected \(expected)")
        }
        #expect(texts.count == 1 + operation.partials(a, b, y).count, "\(operation)")
      }
    }
  }

  /// Whether six digits lead to the result. At 0 the derivatives of a power are limits, which no calculation gives, and two
  /// numbers that are compared may differ in later digits.
  private static func canBeComputed(_ equation: String) -> Bool {
    !["inf", "nan", "log(0)", " 0 ^ "].contains { equation.contains($0) }
      && !equation.contains(/(?:^| )(-?[0-9][^ ]*) [<>] \1 \?/)
  }

  /// The equations of a line, without what they are equations for: `receives 2 × 3 = 6   (∂v2/∂a = b = 3)` has two.
  private static func equations(in line: String) -> [String] {
    let pieces = line.replacing("   (∂", with: "\n∂").replacing("); ", with: "\n").split(separator: "\n").map(
      String.init)
    return pieces.compactMap { piece in
      let beginnings = [" receives ", " reçoit ", " adds up: ", " additionne : "]
      for beginning in beginnings {
        if let words = piece.range(of: beginning) { return String(piece[words.upperBound...]) }
      }
      guard let sign = piece.range(of: " = ") else { return nil }
      let equation = String(piece[sign.upperBound...])
      // The last piece has the bracket that closes after the local derivative.
      return piece.hasPrefix("∂") && equation.count { $0 == ")" } > equation.count { $0 == "(" }
        ? String(equation.dropLast()) : equation
    }
  }
}

/// A printed formula as the parser reads it, and how far it can be from the truth because its numbers have six digits.
private struct Reading {
  let value: Double
  let tolerance: Double

  init(_ text: String, _ names: [String: Double]) throws {
    let formula = try Formula(try Self.chosen(Self.translated(text), names))
    let leaves = Dictionary(uniqueKeysWithValues: formula.names.map { ($0, Value(names[$0] ?? .nan)) })
    let value = try formula(leaves)
    value.backward()
    self.value = value.data
    // Where a number is 0, it is exact.
    let errors = value.graph().nodes.filter { $0.operation == .leaf && $0.data != 0 }.map {
      ($0.grad * $0.data).magnitude
    }
    tolerance = 2e-5 * errors.filter { !$0.isNaN }.reduce(0, +) + 1e-12
  }

  /// Signs that people write and the parser does not read.
  private static func translated(_ text: String) -> String {
    text.replacing(/√(\([^()]*\)|π|\d[\d.]*(?:e[-+]\d+)?|\w+)/) { "sqrt(\($0.1))" }
      .replacing(/\|([^|]*)\|/) { "abs(\($0.1))" }
      .replacing(/φ\((\([^()]*\)|[^()]*)\)/) { "(exp(-(\($0.1))^2/2)/sqrt(2*pi))" }
      .replacing(/Φ\((\([^()]*\)|[^()]*)\)/) { "((1+erf((\($0.1))/sqrt(2)))/2)" }
      .replacing(/sign\((\([^()]*\)|[^()]*)\)/) { "((\($0.1))/(abs(\($0.1))+1e-300))" }
      .replacing("σ(", with: "sigmoid(").replacing("²", with: "^2").replacing("½", with: "0.5")
  }

  /// The branch of `condition ? this : that` that is taken.
  private static func chosen(_ text: String, _ names: [String: Double]) throws -> String {
    guard let question = text.firstRange(of: " ? "), let colon = text.firstRange(of: " : ") else { return text }
    let condition = text[..<question.lowerBound]
    let isLarger = condition.contains(" > ")
    let sides = try condition.split(separator: isLarger ? " > " : " < ").map { try Reading(String($0), names).value }
    let isTrue = isLarger ? sides[0] > sides[1] : sides[0] < sides[1]
    return try chosen(
      String(isTrue ? text[question.upperBound..<colon.lowerBound] : text[colon.upperBound...]), names)
  }
}
