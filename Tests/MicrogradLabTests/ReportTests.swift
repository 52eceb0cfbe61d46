import Foundation
import Micrograd
import Testing

@testable import MicrogradLab

@Suite struct ReportTests {
  @Test func tasksAreNumberedFromOne() {
    #expect(LabTask.all.map(\.number) == Array(1...11))
  }

  /// Both languages say the same: equal numbers, tables of equal shape, equal figures, different words.
  @Test(arguments: LabTask.all.map(\.number)) func languagesAgree(_ number: Int) {
    let task = LabTask.all[number - 1]
    let english = task.run(in: .english), french = task.run(in: .french)
    #expect(english.results.map(\.text) == french.results.map(\.text))
    #expect(english.tables.map(\.rows) == french.tables.map(\.rows))
    #expect(english.illustrations.map(\.name) == french.illustrations.map(\.name))
    #expect(task.title(in: .english) != task.title(in: .french))
    let texts = zip(english.texts, french.texts)
    #expect(english.texts.count == french.texts.count && texts.allSatisfy { $0 != $1 })
  }

  @Test func figuresHaveTheirOwnNames() {
    let names = LabTask.all.flatMap { $0.run(in: .english).illustrations.map(\.name) }
    #expect(Set(names).count == names.count && names.count >= 8)
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
    #expect(!report.json.contains("●") && !report.json.contains("│"))
  }

  @Test func whatMovesCanBeStopped() {
    let html = Report([.sixteenNeurons], in: .english).html
    #expect(html.contains("@keyframes") && html.contains("<input type=\"checkbox\"> Pause"))
    #expect(html.utf8.count < 400_000)
    #expect(!Report([.training], in: .english).html.contains("<input"))
  }

  @Test func htmlIsCompleteInItself() {
    let html = Report(LabTask.all, in: .french).html
    #expect(html.contains("<html lang=\"fr\">") && html.contains("<svg"))
    for number in 1...11 {
      #expect(html.contains("href=\"#task-\(number)\"") && html.contains("id=\"task-\(number)\""))
    }
    for forbidden in ["src=", "<script", "@import", "url(http"] { #expect(!html.contains(forbidden)) }
  }

  @Test func jsonHasTheNumbers() throws {
    let json = Report([.gradientGraph, .training], in: .english).json
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
    #expect(try String(contentsOfFile: path, encoding: .utf8) == report.html)
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

extension Page {
  var results: [Result] { blocks.compactMap { if case .result(let result) = $0 { result } else { nil } } }
  var tables: [Table] { blocks.compactMap { if case .table(let table) = $0 { table } else { nil } } }
  var texts: [String] { blocks.compactMap { if case .text(let text) = $0 { text } else { nil } } }
}
