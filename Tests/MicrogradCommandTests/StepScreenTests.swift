import Micrograd
import Testing

@testable import MicrogradCommand

/// What a terminal of a given size shows of a step.
@Suite struct StepScreenTests {
  private static func loss(_ sizes: [Int]) -> Value {
    let model = MLP(sizes[0], Array(sizes.dropFirst()), seed: 3)
    model.labelParameters()
    let inputs = (0..<sizes[0]).map { Value(0.5 - Double($0), label: "x\($0 + 1)") }
    let loss = pow(model(inputs)[0] - 1, 2).labelled("loss")
    loss.backward()
    return loss
  }

  private static func screens(
    _ sizes: [Int], _ detail: ComputationGraph.Detail = .composed, _ language: Language = .english,
    _ style: TextStyle = TextStyle()
  ) -> [StepScreen] {
    let explanation = Explanation(loss(sizes).graph(detail)), count = explanation.steps.count
    return (0...count).map { step in
      let figure = GraphFigure(explanation, after: step, title: "A net of \(sizes)", language: language)
      return StepScreen(figure: figure, place: (step, count), style: style)
    }
  }

  private static func plain(_ line: String) -> String { line.replacing(/\u{1B}\[[0-9;]*m/, with: "") }

  /// Whatever the size: the screen is filled and nothing sticks out, the current value is there, and the last line says
  /// which step it is.
  @Test(arguments: [
    ([1, 1], Language.english, TextStyle()), ([2, 4, 1], .english, TextStyle()),
    ([2, 4, 1], .french, TextStyle(.ascii)),
    ([2, 2, 1], .french, TextStyle(isColored: true)),
  ])
  func theCurrentValueIsAlwaysVisible(_ sizes: [Int], _ language: Language, _ style: TextStyle) {
    for screen in Self.screens(sizes, .composed, language, style) {
      let parts = screen.figure.textParts(style: style)
      for (rows, columns) in [(2, 20), (5, 30), (12, 40), (24, 80), (7, 200)] {
        let lines = screen.lines(rows: rows, columns: columns)
        let place = "step \(screen.place.step) at \(columns)x\(rows): \(lines)"
        #expect(lines.count == rows, "\(place)")
        #expect(lines.allSatisfy { $0.columns <= columns }, "\(place)")
        #expect(lines.last?.hasPrefix("\(screen.place.step)/\(screen.place.count)") == true, "\(place)")
        if style.characters == .ascii { #expect(lines.joined().allSatisfy { $0.isASCII }, "\(place)") }
        let marked = lines.map(Self.plain).filter { $0.hasSuffix("  <") }
        #expect(marked.count == (parts.current == nil ? 0 : 1), "\(place)")
        guard let line = marked.first, let current = parts.current else { continue }
        let name = Self.plain(parts.values[current].text).prefix { $0 != " " }
        #expect(line.contains(name), "\(place)")
      }
    }
  }

  /// Where there is room, the operands of the current value are visible below it, and the words are whole.
  @Test func theWordsAndWhatTheyAreAbout() {
    for screen in Self.screens([2, 4, 1]) where screen.place.step > 0 {
      let lines = screen.lines(rows: 24, columns: 80), parts = screen.figure.textParts(style: screen.style)
      let current = lines.firstIndex { $0.hasSuffix("  <") } ?? 0
      let operand = parts.values[parts.current! + 1]
      #expect(operand.stem + operand.text == lines[current + 1], "\(lines)")
      let words = parts.words.joined(separator: " ").split(separator: " ")
      let shown = lines.dropFirst(current).joined(separator: " ").split(separator: " ")
      #expect(shown.joined(separator: " ").contains(words.joined(separator: " ")), "\(words) in \(lines)")
    }
  }

  @Test func whatFitsIsShownWhole() {
    let screen = Self.screens([1, 1])[1], parts = screen.figure.textParts(style: screen.style)
    let lines = screen.lines(rows: 24, columns: 100)
    let values = screen.figure.text(style: screen.style).split(separator: "\n").dropFirst().prefix(parts.values.count)
    let whole = [parts.title, ""] + values.map(String.init) + [""] + parts.words
    #expect(Array(lines.prefix(whole.count)) == whole)
    #expect(lines.dropFirst(whole.count).dropLast().allSatisfy { $0.isEmpty })
  }

  @Test func hiddenLinesAreCounted() throws {
    let screen = try #require(Self.screens([2, 4, 1]).last), parts = screen.figure.textParts(style: screen.style)
    let lines = screen.lines(rows: 24, columns: 80)
    let shown = lines.count { line in parts.values.contains { line.hasPrefix($0.stem + $0.text) } }
    let hidden = lines.compactMap { $0.wholeMatch(of: /… (\d+) lines? (above|below)/).flatMap { Int($0.1) } }
    #expect(hidden.reduce(shown, +) == parts.values.count, "\(lines)")
    #expect(!hidden.isEmpty)
  }

  /// More words than half of the screen end with an ellipsis, and leave the values their room.
  @Test func manyWords() {
    let step = Self.screens([12, 1], .recorded).first { $0.figure.textParts(style: $0.style).words.count > 10 }
    let lines = step?.lines(rows: 12, columns: 40) ?? []
    #expect(lines.count == 12 && lines[10].hasSuffix("…"), "\(lines)")
    #expect(lines.contains { $0.hasSuffix("  <") }, "\(lines)")
  }

  @Test(arguments: Language.allCases) func helpListsTheKeys(_ language: Language) {
    let screen = Self.screens([1, 1], .composed, language)[0]
    for columns in [20, 40, 80] {
      let lines = screen.help(rows: 12, columns: columns)
      #expect(lines.count == 12 && lines.allSatisfy { $0.columns <= columns }, "\(lines)")
    }
    let text = screen.help(rows: 12, columns: 80).joined(separator: "\n")
    for key in ["→ n", "← b", "g ", "G ", "q "] {
      #expect(text.contains("\n" + key) || text.hasPrefix(key), "\(text)")
    }
  }
}
