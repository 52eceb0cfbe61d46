import MicrogradData
import MicrogradModels
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradExport

/// Models that one program of another language computes at once. It prints a line for each row: the probabilities of the
/// classes or the number, and behind a colon the index of the most probable class, or -1.
struct Batch {
  let seed = newSeed()
  let models: [(model: TabularModel, rows: [[Field]])]

  init() {
    models =
      RandomModel.several(24, seed: seed).map { ($0.model, $0.rows) }
      + CheckedModel.pointwise.map { ($0.model, $0.rows) } + Self.awkward
  }

  /// Compares the lines of a program with the engine.
  func check(_ output: String, tolerance: Double, _ language: String) throws {
    var lines = output.split(separator: "\n")[...]
    for (index, (model, rows)) in models.enumerated() {
      for row in rows {
        let line = try #require(lines.first, "\(language): too few lines")
        lines.removeFirst()
        let parts = line.split(separator: ":").map { $0.split(separator: " ").map { Double($0) ?? .nan } }
        let expected = model.reference(row), bound = model.tolerance(row, tolerance)
        let what: Comment = "\(language), seed \(seed), model \(index), row \(row): got \(line), expected \(expected)"
        try #require(parts.count == 2 && parts[0].count == expected.count, what)
        #expect(zip(parts[0], expected).allSatisfy { abs($0 - $1) <= bound * max(1, abs($1)) }, what)
        try checkClass(Int(parts[1][0]), of: expected, model, bound, what)
      }
    }
    #expect(lines.isEmpty, "\(language): too many lines")
  }

  private func checkClass(
    _ index: Int, of expected: [Double], _ model: TabularModel, _ bound: Double, _ what: Comment
  ) throws {
    guard let classes = model.output.classes else {
      #expect(index == -1, what)
      return
    }
    try #require(classes.indices.contains(index), what)
    #expect(expected[index] >= expected.max()! - 2 * bound, what)
  }
}
