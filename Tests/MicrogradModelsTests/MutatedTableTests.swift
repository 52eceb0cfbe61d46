import MicrogradData
import MicrogradModels
import MicrogradTabular
import MicrogradTestSupport
import Testing

/// Tables whose text was changed at random: each is trained on, or an error tells what is wrong.
@Suite struct MutatedTableTests {
  /// CSV with numbers, texts in quotes, missing fields and a target of each kind.
  private static let texts = [
    text(separator: ",") { row in "\((row * 7) % 11 > 5 ? "yes" : "no")" },
    text(separator: ";") { row in "\((row * 7) % 3)" },
    text(separator: "\t") { row in "\(Double((row * 7) % 11) / 3)" },
  ]

  private static func text(separator: String, target: (Int) -> String) -> String {
    let rows = (0..<24).map { row in
      let number = row % 5 == 0 ? "" : "\(Double((row * 13) % 17) - 8.5)"
      return [number, "\"city, \(row % 3)\"", "\(row % 4)e-3", target(row)].joined(separator: separator)
    }
    return ([["a", "\"the \"\"city\"\"\"", "b", "y"].joined(separator: separator)] + rows).joined(separator: "\n")
  }

  @Test func aMutatedTableIsTrainedOnOrAnError() throws {
    let seed = newSeed()
    var random = SplitMix(seed: UInt64(seed)), trained = 0, errors: Set<String> = []
    for round in 0..<300 {
      var bytes = Array(Self.texts[round % 3].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) { bytes.mutate(using: &random) }
      let text = String(decoding: bytes, as: UTF8.self),
        place = "seed \(seed), round \(round): \(text.debugDescription)"
      do {
        try train(text, place)
        trained += 1
      } catch let error as CSVError {
        errors.insert("\(error.reason)")
      } catch let error as SplitError {
        errors.insert("\(error)")
      } catch {
        Issue.record("\(place): \(type(of: error)) \(error)")
      }
    }
    #expect(trained >= 10 && errors.count >= 10, "seed \(seed): \(trained) trained, \(errors.count) errors")
  }

  /// Trains on a table, and predicts and judges the same rows.
  private func train(_ text: String, _ place: String) throws {
    let table = try Table(csv: text, format: Table.Format(delimiter: nil))
    let trainer = TabularTrainer(hidden: [2], epochs: 2, validationShare: 0.2)
    let (training, test) = try table.split(testFraction: 0.25, target: "y", seed: 0)
    let model = try trainer.fit(training, target: "y").model
    let count = try model.predict(table).count
    #expect(count == table.rowCount, "\(place): \(count) predictions of \(table.rowCount) rows")
    do {
      #expect(try model.evaluate(test).rowCount == test.rowCount, "\(place)")
    } catch let error as CSVError {
      // A class of which all rows are in the test part.
      guard case .unknownClass = error.reason else { throw error }
    }
  }
}
