import Micrograd
import MicrogradTestSupport
import Testing

@Suite struct PredictionPageTests {
  /// A linear model, whose contributions are known: weight × standardized number, and the weight of the category.
  private static let model = TabularModel(
    pipeline: Pipeline(
      features: [
        .init(name: "<b>age</b>", encoding: .standardized(mean: 30, deviation: 10)),
        .init(name: "town", encoding: .oneHot(["Lyon", "Paris"])),
        .init(name: "height", encoding: .standardized(mean: 170, deviation: 8)),
      ], target: .init(name: "bought", encoding: .classes(["no", "<script>yes"]))),
    layers: [.init(weights: [[0.5, -3, 1, 0.25]], biases: [2], activation: .linear)])

  private static func graph(_ town: String = "Lyon") throws -> PredictionGraph {
    let table = Table([
      Table.Column("<b>age</b>", numbers: [50]), Table.Column("town", texts: [town]),
      Table.Column("height", numbers: [174]),
    ])
    return try model.graph(of: table, row: 0)
  }

  @Test func textSortsByMagnitude() throws {
    let text = try Self.graph().text(columns: 60), lines = text.split(separator: "\n")
    #expect(lines[0] == "bought: <script>yes, with a probability of 53.1 %", "\(lines[0])")
    #expect(lines[2...4].map { $0.prefix(4) } == ["town", "<b>a", "heig"], "\(text)")
    #expect(
      lines[2].contains("Lyon") && lines[2].contains("-3") && lines[3].contains("+1") && lines[4].contains("+0.125"))
    let bars = lines[2...4].map { line in line.count { "█░".contains($0) } }
    #expect(bars[0] > 2 * bars[1] && bars[1] > 6 * bars[2] && lines.allSatisfy { $0.count <= 60 }, "\(text)")
  }

  @Test func textSuitsTheTerminal() throws {
    let graph = try Self.graph("É\u{1B}[31mvry")
    let ascii = graph.text(language: .french, style: TextStyle(.ascii))
    #expect(ascii.allSatisfy(\.isASCII) && ascii.contains("avec une probabilite"), "\(ascii)")
    #expect(
      !graph.text().contains("\u{1B}") && graph.text(style: TextStyle(isColored: true)).contains("\u{1B}[38;5;"))
  }

  @Test func jsonHasAllNumbers() throws {
    let json = try Self.graph().json()
    for line in [
      #""target": "bought""#, #""prediction": "\u003cscript\u003eyes""#, #""result": 0.125"#, #""amount": -3.0"#,
      #""field": "Lyon""#, #""probability": 0.53"#,
    ] {
      #expect(json.contains(line), "no \(line) in \(json)")
    }
  }

  @Test func largeModelsHaveSmallPages() throws {
    let names = (0..<30).map { "column \($0)" }
    let pipeline = Pipeline(
      features: names.map { .init(name: $0, encoding: .standardized(mean: 1, deviation: 2)) },
      target: .init(name: "y", encoding: .standardized(mean: 0, deviation: 1)))
    let model = TabularModel(pipeline: pipeline, network: MLP(30, [32, 1], seed: 1))
    let graph = try model.graph(of: Table(columnNames: names, rows: [names.indices.map(Double.init)]), row: 0)
    let html = graph.html()
    #expect(html.utf8.count < 600_000, "\(html.utf8.count) bytes")
    #expect(names.allSatisfy { html.contains("<th scope=\"row\"><bdi>\($0)</bdi></th>") })
  }

  @Test(.enabled(if: Browser.path != nil, Browser.reason))
  func pageShowsContributionsInTheLanguageOfTheReader() throws {
    let script = """
      await page.ready;
      const shown = () => [...document.querySelectorAll(".introduction > div")]
        .filter(part => getComputedStyle(part).display !== "none");
      const texts = (part, path) => [...part.querySelectorAll(path)].map(cell => cell.textContent);
      const before = shown();
      const words = [texts(before[0], "tbody th"), texts(before[0], "tbody .number"), texts(before[0], "thead th")];
      page.speak("fr");
      const after = shown();
      words.push(texts(after[0], "thead th"));
      const { stepper } = page;
      stepper.go(Infinity);
      const result = stepper.picture.boxes.find(({ kind }) => kind === "result");
      const data = stepper.ask("texts", { boxes: [result.index] }).texts[0][2];
      const state = [before.length, after.length, window.isBroken ?? "whole", data];
      return [...words, state.map(String)];
      """
    let html = try Self.graph().html(title: "Row 1")
    let got = try Browser.run(script, in: html, as: [[String]].self)
    #expect(
      got == [
        ["town", "<b>age</b>", "height"], ["-3", "+1", "+0.125"], ["column", "field", "contribution"],
        ["colonne", "champ", "contribution"], ["1", "1", "whole", "data 0.1250"],
      ], "\(got)")
    #expect(!html.contains("<b>age") && !html.contains("<script>yes"))
  }
}
