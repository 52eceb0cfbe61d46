import MicrogradData
import MicrogradEngine
import MicrogradFormula
import MicrogradModels
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

@Suite struct FormulaTests {
  static let model = TabularModel(
    pipeline: Pipeline(
      features: [
        .init(name: "x1", encoding: .standardized(mean: 0, deviation: 1)),
        .init(name: "Sepal length (cm)", encoding: .standardized(mean: 5.5, deviation: 0.25)),
        .init(name: "color", encoding: .oneHot(["red", ""])),
      ], target: .init(name: "kind", encoding: .classes(["no", "yes"]))),
    layers: [
      .init(weights: [[0.5312, -1, 0, 2], [0, 0, 0, 0]], biases: [-0.125, 0], activation: .tanh),
      .init(weights: [[1, -123456]], biases: [0], activation: .leakyReLU(slope: 0.1)),
    ])

  @Test func linesAreTheNumbersOfTheModel() {
    let got = Self.model.formula(digits: 3)
    let expected = """
      z_sepal_length_cm = (sepal_length_cm − 5.5) / 0.25
      color_red = [color = "red"]
      color_2 = [color = ""]
      h1 = tanh(0.531·x1 − z_sepal_length_cm + 2·color_2 − 0.125)
      h2 = tanh(0)
      y = leakyReLU(h1 − 1.23e+05·h2, 0.1)
      p_no = sigmoid(−y)
      p_yes = sigmoid(y)

      """
    #expect(got == expected)
    #expect(Self.model.formula().contains("h1 = tanh(0.5312·x1 −"))
  }

  /// `Formula` reads the lines again, and computes the predictions of the engine.
  @Test func formulasComputeWhatTheModelPredicts() throws {
    let seed = newSeed()
    for (index, random) in RandomModel.several(66, seed: seed).enumerated() {
      let model = random.model, lines = model.formulas(digits: nil)
      #expect(Set(lines.map(\.name)).count == lines.count, "seed \(seed), model \(index): \(lines)")
      for row in random.rows where !row.contains(where: \.isMissingNumber) {
        let expected = model.reference(row), values = try values(of: lines, model, row)
        let got = model.output.outputs(lines).map { values[$0] ?? .nan }
        let bound = model.tolerance(row, 1e-9)
        #expect(
          got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) <= bound * max(1, abs($1)) },
          "seed \(seed), model \(index), row \(row): got \(got), expected \(expected), \(lines)")
      }
    }
  }

  /// The number of each line. Those of categories are given: they name the column, and the text behind it.
  private func values(
    of lines: [(name: String, text: String)], _ model: TabularModel, _ row: [Field]
  ) throws -> [String: Double] {
    var inputs = model.referenceInputs(row)[...], values: [String: Double] = [:]
    var rest = lines[...]
    for (feature, field) in zip(model.pipeline.features, row) {
      for _ in 0..<feature.width {
        let input = inputs.removeFirst()
        guard feature.kind == .numbers else {
          let line = rest.removeFirst()
          try #require(line.text.hasPrefix("[") && line.text.hasSuffix("]"), "\(line)")
          values[line.name] = input
          continue
        }
        guard case .number(let number) = field, let line = rest.popFirst() else { continue }
        let formula = try Formula(line.text), column = try #require(formula.names.first, "\(line)")
        values[column] = number
        values[line.name] = try formula([column: Value(number)]).data
      }
    }
    for line in rest { values[line.name] = try Formula(line.text)(values.mapValues { Value($0) }).data }
    return values
  }
}

extension Field {
  fileprivate var isMissingNumber: Bool { if case .number(let number) = self { number.isNaN } else { false } }
}

extension TabularModel.Output {
  /// The names of the lines that are the prediction.
  fileprivate func outputs(_ lines: [(name: String, text: String)]) -> [String] {
    lines.suffix(classes?.count ?? 1).map(\.name)
  }
}
