import Foundation
import Micrograd
import Testing

@Suite struct ExplainCommandTests {
  /// Runs the command in a folder with a model and the table that it was trained on.
  private func run(
    _ arguments: String..., table: String = "moons.csv", body: (Program.Outcome, String) throws -> Void
  ) throws {
    try Program.withFolder { folder in
      let moons = Table(makeMoons(samples: 40, noise: 0.1, seed: 42))
      try moons.write(to: "\(folder)/\(table)")
      var (model, _) = try TabularTrainer(hidden: [3], epochs: 2).fit(moons, target: "label")
      model.record?.fileName = "moons.csv"
      try model.write(to: "\(folder)/moons.safetensors")
      let filled = arguments.map { $0.replacing("FOLDER", with: folder) }
      try body(try Program.run(["explain", "\(folder)/moons.safetensors"] + filled), folder)
    }
  }

  @Test func explainsARowOfTheTrainingTable() throws {
    try run("--row", "7") { outcome, folder in
      let table = try Table(
        contentsOf: "\(folder)/moons.csv", format: .init(kinds: .only(["x1": .numbers, "x2": .numbers])))
      let model = try TabularModel(contentsOf: "\(folder)/moons.safetensors"),
        graph = try model.graph(of: table, row: 6)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output == graph.text(language: .ofLocale, style: TextStyle(.ascii)), "\(outcome.output)")
    }
  }

  @Test func writesAPage() throws {
    try run("--row", "40", "-o", "FOLDER/row.html") { outcome, folder in
      let html = try String(contentsOfFile: "\(folder)/row.html", encoding: .utf8)
      #expect(outcome.status == 0 && html.contains("<title>moons.csv, row 40</title>"), "\(outcome.errors)")
      #expect(html.contains("class=\"introduction\""))
    }
  }

  @Test func tellsWhatIsMissing() throws {
    try run("--row", "41") { outcome, _ in
      #expect(outcome.status != 0 && outcome.errors.contains("moons.csv has 40 rows"), "\(outcome.errors)")
    }
    try run("--row", "0") { outcome, _ in
      #expect(outcome.status != 0 && outcome.errors.contains("--row is 0"), "\(outcome.errors)")
    }
    try run("--row", "1", table: "other.csv") { outcome, _ in
      #expect(outcome.status != 0 && outcome.errors.contains("“moons.csv”"), "\(outcome.errors)")
    }
  }

  /// A table without any of the model's columns is an error with its place.
  @Test func tellsThatNoColumnFits() throws {
    try Program.withFolder { folder in
      try "a,b\n1,2\n".write(toFile: "\(folder)/wrong.csv", atomically: true, encoding: .utf8)
      try run("\(folder)/wrong.csv", "--row", "1") { outcome, _ in
        #expect(
          outcome.status == 1
            && outcome.errors.contains("wrong.csv, line 1: there is no column \"x1\", only \"a\", \"b\""),
          "\(outcome.status) \(outcome.errors)")
      }
    }
  }
}
