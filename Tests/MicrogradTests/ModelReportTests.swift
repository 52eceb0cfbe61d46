import Micrograd
import MicrogradTestSupport
import Testing

@Suite struct ModelReportTests {
  /// Names that must not be taken for markup.
  private static let wild = [
    "<script>window.isBroken = 1</script>", "a \"quote\" & 'more'", "<img src=x onerror=alert(1)>",
  ]

  /// A table with a column of numbers and one of categories, with names that are markup.
  private static let mixed: Table = {
    var generator = SplitMix(seed: 7)
    let rows = 0..<80
    let numbers = rows.map { _ in Double.random(in: 0...10, using: &generator) }
    return Table([
      Table.Column(wild[0], numbers: numbers),
      Table.Column(wild[1], texts: rows.map { ["", "</bdi><b>", "x"][$0 % 3] }),
      Table.Column(wild[2], texts: numbers.map { $0 > 5 ? "<b>yes" : "no & never" }),
    ])
  }()

  private static func report(
    _ table: Table, target: String, folds: Int? = nil
  ) throws -> (report: ModelReport, evaluation: Evaluation) {
    let (training, test) = try table.split(testFraction: 0.25, target: target, seed: 1)
    let trainer = TabularTrainer(hidden: [4], epochs: 5, seed: 1)
    var (model, history) = try trainer.fit(training, target: target)
    model.record?.fileName = "<rows>.csv"
    let validation = try folds.map { try trainer.crossValidate(table, target: target, folds: $0) }
    return (
      try ModelReport(model, history: history, test: test, crossValidation: validation), try model.evaluate(test)
    )
  }

  private static var moons: Table { Table(makeMoons(samples: 80, noise: 0.2, seed: 42)) }

  private static var prices: Table {
    let sizes = (0..<60).map { Double($0 * 37 % 61) }
    return Table([
      Table.Column("size", numbers: sizes), Table.Column("price", numbers: sizes.map { 20_000 + 3000.5 * $0 }),
    ])
  }

  @Test func numbersAreThoseOfTheEvaluation() throws {
    for (table, target) in [(Self.moons, "label"), (Self.mixed, Self.wild[2]), (Self.prices, "price")] {
      let (report, evaluation) = try Self.report(table, target: target), html = report.html()
      #expect(report.evaluation == evaluation)
      for score in evaluation.scores {
        let text = score.isShare ? percent(score.value) : number(score.value)
        #expect(html.contains("<td>\(text)</td>"), "\(score.name) of \(target): no \(text)")
        guard let baseline = score.baseline else { continue }
        let guess = score.isShare ? percent(baseline) : number(baseline)
        #expect(html.contains("<td>\(guess)</td>"), "baseline of \(score.name) of \(target): no \(guess)")
      }
      for (row, counts) in (evaluation.confusion?.counts ?? []).enumerated() {
        for (column, count) in counts.enumerated() {
          let share = (100 * Double(count) / Double(counts.reduce(0, +))).fixed(0)
          let cell = "\">\(count)<small>\(share)\u{A0}%</small></td>"
          #expect(html.contains(cell), "row \(row), column \(column): no \(cell)")
        }
      }
    }
  }

  @Test func picturesSuitTheModel() throws {
    let pictures = [
      (Self.moons, "label", "id=\"regions\""), (Self.prices, "price", "id=\"predictions\""),
    ]
    for (table, target, place) in pictures {
      let html = try Self.report(table, target: target).report.html()
      #expect(html.contains(place) && html.split(separator: "<svg").count == 3, "\(target)")
    }
    let html = try Self.report(Self.mixed, target: Self.wild[2]).report.html()
    #expect(html.split(separator: "<svg").count == 2, "only the curves of a model with categories")
  }

  @Test func crossValidationIsShown() throws {
    let report = try Self.report(Self.moons, target: "label", folds: 4).report, html = report.html()
    let validation = try #require(report.crossValidation)
    for text in [try #require(validation.mean("accuracy")), try #require(validation.deviation("accuracy"))] {
      #expect(html.contains("<td>\(percent(text))</td>"), "no \(percent(text))")
    }
    #expect(html.contains("split into 4 parts"))
  }

  @Test func withoutTestRowsTheReportSaysSo() throws {
    let (model, history) = try TabularTrainer(hidden: [4], epochs: 5, seed: 1).fit(Self.moons, target: "label")
    let html = try ModelReport(model, history: history).html()
    #expect(html.contains("No rows were held back to judge the model") && html.contains("id=\"regions\""))
  }

  @Test func manyClassesAreListed() throws {
    let rows = 0..<480
    let table = Table([
      Table.Column("x", numbers: rows.map { Double($0 * 7 % 480) }),
      Table.Column("class", texts: rows.map { "k\($0 % 24)" }),
    ])
    let (report, evaluation) = try Self.report(table, target: "class"), html = report.html()
    let matrix = try #require(evaluation.confusion)
    let most =
      matrix.counts.enumerated().flatMap { row, counts in counts.enumerated().filter { $0.offset != row } }
      .map(\.element).max() ?? 0
    #expect(!html.contains("class=\"matrix\"") && html.contains("<td>\(most)</td></tr>"), "no confusion of \(most)")
  }

  // MARK: Names and languages

  @Test(arguments: Language.allCases)
  func namesAreNoMarkup(_ language: Language) throws {
    let html = try Self.report(Self.mixed, target: Self.wild[2]).report.html(language: language)
    for forbidden in ["<script", "<img", "<rows", "<b>", " src=\"", "href=\"", "@import", "url("] {
      let isThere = html.contains(forbidden)
      #expect(!isThere, "\(forbidden)")
    }
    for name in ["&lt;script&gt;window", "a &quot;quote&quot; &amp; 'more'", "&lt;img src", "&lt;rows&gt;.csv"] {
      #expect(html.contains(name), "no \(name)")
    }
  }

  /// Words that are the same in both languages.
  private static let common = ["score", "activation", "R²", "F1"]

  @Test func frenchHeadingsAreFrench() throws {
    for (table, target) in [(Self.moons, "label"), (Self.prices, "price")] {
      let report = try Self.report(table, target: target, folds: 3).report
      let names = Set(table.columnNames + (report.model.output.classes ?? []) + ["1", "2"])
      func headings(_ language: Language) -> [String] {
        report.html(language: language).matches(of: /<(?:h1|h2|th|dt)\b[^>]*>([^<]*)/).map { String($0.1) }
          .map { $0.trimming { $0 == " " } }.filter { !$0.isEmpty && !names.contains($0) }
      }
      let english = headings(.english), french = headings(.french)
      #expect(english.count == french.count && english.count > 20, "\(english.count) and \(french.count)")
      for (word, translation) in zip(english, french) where !Self.common.contains(word) {
        #expect(word != translation, "“\(translation)” in French")
      }
    }
  }

  private func percent(_ share: Double) -> String { "\((100 * share).fixed(1))\u{A0}%" }

  private func number(_ number: Double) -> String {
    (1e4..<1e9).contains(number.magnitude) ? number.fixed(0) : number.short()
  }
}

extension String {
  fileprivate func trimming(_ isBlank: (Character) -> Bool) -> String {
    String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
