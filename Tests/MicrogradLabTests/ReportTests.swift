import Foundation
import Micrograd
import MicrogradTestSupport
import Testing

@testable import MicrogradLab

@Suite struct ReportTests {
  static let english = Report(LabTask.all, in: .english), french = Report(LabTask.all, in: .french)

  @Test func tasksAreNumberedFromOne() {
    #expect(LabTask.all.map(\.number) == Array(1...11))
  }

  /// Both languages say the same: equal numbers, equal tables but for names in them, equal figures, different words.
  @Test(arguments: LabTask.all.map(\.number)) func languagesAgree(_ number: Int) {
    let english = Self.english.chapters[number - 1], french = Self.french.chapters[number - 1], task = english.task
    #expect(english.results.map(\.text) == french.results.map(\.text))
    func withoutLetters(_ chapter: Chapter) -> [[[String]]] {
      chapter.tables.map { $0.rows.map { row in row.map { cell in cell.filter { !$0.isLetter } } } }
    }
    #expect(withoutLetters(english) == withoutLetters(french))
    #expect(english.illustrations.map(\.name) == french.illustrations.map(\.name))
    #expect(task.title(in: .english) != task.title(in: .french))
    let texts = zip(english.texts, french.texts)
    #expect(english.texts.count == french.texts.count && texts.allSatisfy { $0 != $1 })
  }

  @Test func figuresHaveTheirOwnNames() {
    let names = Self.english.chapters.flatMap(\.illustrations).map(\.name)
    #expect(Set(names).count == names.count && names.count >= 8)
  }

  /// Rows of a table that are called alike are the same value.
  @Test func valuesHaveNamesOfTheirOwn() throws {
    let nodes = PerceptronPass(in: .english).error.graph().nodes
    let named = Dictionary(grouping: nodes) { "\($0.name) (\($0.data.fixed(4)))" }
    #expect(named.values.allSatisfy { $0.count == 1 })
    let rows = try #require(LabTask.readingTheGraph.run(in: .english).tables.first).rows
    for row in rows { #expect(named[row[0]] != nil && named[row[3]] != nil, "\(row)") }
  }

  /// Without the draws that precede it nobody arrives at the published table.
  @Test(arguments: Language.allCases) func theDrawsBeforeTheNetworksAreSaid(language: Language) {
    for (task, draws) in [(LabTask.hiddenLayer, "54"), (.training, "48 + 6 = 54"), (.sixteenNeurons, "60")] {
      #expect(task.run(in: language).texts.contains { $0.contains(draws) }, "task \(task.number) in \(language)")
    }
  }

  @Test func theReportIsTheSameEachTime() {
    let again = Report(LabTask.all, in: .english)
    #expect(again.html() == Self.english.html() && again.json() == Self.english.json())
    #expect(again.text(figuresIn: nil, isStyled: false) == Self.english.text(figuresIn: nil, isStyled: false))
  }

  /// Two samples of the user's are as many as task 8 draws beside the first.
  @Test func figuresOfTwoSamplesHaveTheirOwnNames() throws {
    let two = try LabSamples(Dataset(inputs: [[0, 1], [1, 0]], labels: [0, 1]))
    let names = LabTask.hiddenLayer.run(in: .english, about: two).illustrations.map(\.name)
    #expect(names == ["task-08-graph-1", "task-08-graph-2"])
  }

  @Test func textIsWrappedAndAligned() {
    let text = Report([.perceptron], in: .english).text(figuresIn: nil, isStyled: false)
    #expect(text.hasPrefix("1. A perceptron\n\n"))
    let prose = text.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(prose.allSatisfy { $0.count <= 80 })
    #expect(!text.contains("\u{1B}"))
    #expect(Report([.perceptron], in: .english).text(figuresIn: nil, isStyled: true).contains("\u{1B}[1m"))
  }

  /// Plots stand in the text, graphs do not, and programs get neither.
  @Test func plotsAreDrawnAsText() {
    let report = Report([.gradientGraph, .data, .training], in: .french)
    let text = report.text(figuresIn: "folder", isStyled: false)
    #expect(text.contains("● classe 0") && text.contains("\u{2800}") == false && text.contains("░▲░ classe 1"))
    #expect(text.contains("  → folder/task-03-graph.svg") && text.contains("  → folder/task-09-regions.svg"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.hasPrefix("•") })
    let plain = report.text(figuresIn: nil, isStyled: false, characters: .ascii)
    #expect(plain.contains("o classe 0") && !plain.contains("●") && !plain.contains("┌"))
    #expect(!report.json().contains("●") && !report.json().contains("│"))
  }

  @Test func whatMovesCanBeStopped() {
    let html = Report([.sixteenNeurons], in: .english).html()
    #expect(html.contains("@keyframes") && html.contains("<input type=\"checkbox\"> Pause"))
    #expect(html.utf8.count < 400_000)
    #expect(!Report([.training], in: .english).html().contains("<input"))
  }

  @Test func htmlIsCompleteInItself() {
    let html = Self.french.html()
    #expect(html.contains("<html lang=\"fr\">") && html.contains("<svg"))
    for number in 1...11 {
      #expect(html.contains("href=\"#task-\(number)\"") && html.contains("id=\"task-\(number)\""))
    }
    for forbidden in ["src=", "<script", "@import", "url(http"] { #expect(!html.contains(forbidden)) }
  }

  @Test func figuresCanBeEnlarged() {
    let html = Self.english.html()
    for name in Self.english.chapters.flatMap(\.illustrations).map(\.name) {
      for part in [
        "<figure id=\"\(name)\"", "href=\"#\(name)\">Enlarge", "id=\"at-\(name)\"", "href=\"#at-\(name)\">Close",
      ] {
        #expect(html.components(separatedBy: part).count == 2, "\(part) should be there once")
      }
    }
  }

  /// At the width of a telephone and of a screen no figure is cut, and each grows where it is the target of the address.
  @Test(.enabled(if: Browser.path != nil, Browser.reason), arguments: [390, 1400]) func figuresFit(width: Int) throws
  {
    let script = """
      Object.assign(document.body.style, { boxSizing: "border-box", width: "\(width)px" });
      const figures = [...document.querySelectorAll("figure")], size = made => made.getBoundingClientRect();
      const small = figures.map(figure => size(figure.querySelector("svg")));
      const cut = small.filter(({ left, right }) => left < 0 || right > \(width)).length;
      const large = figures.filter((figure, index) => {
        location.hash = figure.id;
        const svg = figure.querySelector("svg"), { left, top } = size(figure), natural = Number(svg.getAttribute("width"));
        const isInFront = getComputedStyle(figure).position === "fixed" && left === 0 && top === 0;
        return isInFront && size(svg).width >= natural - 1 && size(figure.querySelector(".close")).width > 0;
      }).length;
      location.hash = "at-" + figures[0].id;
      const closed = figures.filter(figure => getComputedStyle(figure).position === "static").length;
      return [figures.length, cut, large, closed];
      """
    let got = try Browser.run(script, in: Self.french.html(), as: [Int].self)
    #expect(got == [got[0], 0, got[0], got[0]] && got[0] > 8, "figures, cut ones, enlarged ones, closed ones")
  }

  @Test(arguments: LabTask.all.map(\.number)) func eachTaskShowsItsSource(number: Int) throws {
    let task = LabTask.all[number - 1]
    #expect(task.source.contains(task.title(in: .english)) && task.source.contains(task.title(in: .french)))
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Sources/MicrogradLab/Tasks")
    let names = try FileManager.default.contentsOfDirectory(atPath: file.path).sorted()
    let source = try String(contentsOf: file.appending(path: names[number - 1]), encoding: .utf8)
    // What turns a task into an exercise is not shown.
    #expect(source.split(separator: "// MARK: - Exercise\n")[0] == task.source)
    let shown = try #require(
      Report([task], in: .french).html().firstMatch(of: #/(?s)<pre[^>]*><code>(.*?)</code></pre>/#))
    let text = shown.1.replacing(#/</?span[^>]*>/#, with: "")
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(String(text)) {
      $0.replacing($1.0, with: $1.1)
    }
    #expect(plain == task.source)
  }

  @Test func sourceIsMarked() {
    let marked = SwiftMarkup("let a = \"\\(b(\"c\")) < d\" // e\n  x1 + 42 + \"\"\"\n \" \"\"\" + \"").html()
    #expect(
      marked == """
        <span class="keyword">let</span> a = <span class="string">&quot;\\(b(&quot;c&quot;)) &lt; d&quot;</span> \
        <span class="comment">// e</span>
          x1 + <span class="number">42</span> + <span class="string">&quot;&quot;&quot;
         &quot; &quot;&quot;&quot;</span> + <span class="string">&quot;</span>
        """, "\(marked)")
  }

  // MARK: French

  /// What French has in common with English, and names from programs.
  static let commonWords: Set<String> = [
    "aᵇ", "base", "contribution", "copies", "data", "dense", "grad", "gradient", "gradients", "learn", "make",
    "micrograd", "model",
    "modelloss", "moons", "neuron", "on", "part", "pause", "perceptron", "place", "points", "post", "program", "relu",
    "score",
    "scikit", "swift",
  ]

  private static func words(of text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter }.filter { $0.count > 1 }.map(String.init))
  }

  /// What a reader sees or hears of the page, but for programs and their output.
  private static func page(_ report: Report) -> String {
    var text = "", skipped: Substring?
    for piece in report.html().split(separator: "<") {
      let parts = piece.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0].prefix { $0.isLetter || $0 == "/" }
      if skipped == nil, ["style", "pre", "code"].contains(name) { skipped = name }
      if skipped == nil || name == "/" + skipped! {
        skipped = nil
        let label = parts[0].split(separator: "aria-label=\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
        text += " \(label) \(parts.count > 1 ? parts[1] : "")"
      }
    }
    return text
  }

  /// What is printed to the terminal, but for the output of programs.
  private static func text(_ report: Report) -> String {
    report.chapters.flatMap(\.results).reduce(report.text(figuresIn: nil, isStyled: false)) { text, result in
      text.replacing("  \(result.text)\n", with: "\n")
    }
  }

  /// A word of the English report that is in the French one, too, was not translated, unless it is the same in both.
  @Test func theFrenchReportIsFrench() {
    for (name, show) in [("page", Self.page), ("text", Self.text)] {
      let shown = show(Self.french), common = Self.words(of: show(Self.english)).intersection(Self.words(of: shown))
      let untranslated = common.subtracting(Self.commonWords)
      #expect(untranslated.isEmpty, "\(name)")
      #expect(!shown.contains("`") && !shown.contains("(s)"), "\(name)")
    }
  }

  /// For programs nothing depends on the language but titles, and names in tables.
  @Test func keysOfJSONStayEnglish() throws {
    func keys(_ report: Report) throws -> [[String]] {
      struct Output: Decodable {
        struct Task: Decodable {
          let results: [String: Value]
          let tables: [String: Table]
        }
        struct Table: Decodable { let headings: [String] }
        struct Value: Decodable { init(from decoder: any Decoder) {} }
        let tasks: [Task]
      }
      return try JSONDecoder().decode(Output.self, from: Data(report.json().utf8)).tasks.map { task in
        task.results.keys.sorted() + task.tables.keys.sorted()
          + task.tables.keys.sorted().flatMap { task.tables[$0]!.headings }
      }
    }
    let english = try keys(Self.english)
    #expect(english == (try keys(Self.french)))
    #expect(english[3].contains("local derivative") && english[7].contains("nodes, 1 sample"), "\(english)")
  }

  @Test func jsonHasTheNumbers() throws {
    let json = Report([.gradientGraph, .training], in: .english).json()
    struct Output: Decodable {
      struct Task: Decodable {
        let number: Int
        let results: [String: Double]
        let figures: [String]
      }
      let tasks: [Task]
    }
    let tasks = try JSONDecoder().decode(Output.self, from: Data(json.utf8)).tasks
    #expect(tasks.map(\.number) == [3, 9])
    #expect(tasks[0].results["output.grad"] == -1.2404537446988606)
    #expect(tasks[0].figures == ["task-03-graph.svg"])
  }

  @Test func filesAreWritten() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd lab \(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let report = Report([.gradientGraph, .data], in: .english)
    let path = try report.write(to: folder)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == report.html())
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["report.html", "task-03-graph.dot", "task-03-graph.html", "task-03-graph.svg", "task-06-moons.svg"])
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "micrograd-file-\(UUID())").path
    try "in the way".write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let error = #expect(throws: FileError.self) { _ = try Report([.data], in: .english).write(to: file + "/lab") }
    #expect(error?.description.contains(file) == true)
  }
}

extension Chapter {
  var results: [NamedResult] { blocks.compactMap { if case .result(let result) = $0 { result } else { nil } } }
  var tables: [NamedTable] { blocks.compactMap { if case .table(let table) = $0 { table } else { nil } } }
  var texts: [String] { blocks.compactMap { if case .text(let text) = $0 { text } else { nil } } }
}
