import MicrogradLanguage
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct ParallelCoordinatesTests {
  private let figure = ParallelCoordinates(
    axes: [
      .init("hidden", categories: ["8", "16", "8", "<16>"]),
      .init("rate", values: [0.01, 0.1, 1, 0.1], scale: .logarithmic),
    ],
    score: .init("accuracy", values: [0.5, 1, .nan, 0.75]), title: "A sweep")

  @Test func linesGoThroughTheirNumbers() throws {
    let parsed = try ParsedSVG(figure.svg())
    let axes = parsed.styled("frame").filter { $0.attributes["x1"] == $0.attributes["x2"] }
    #expect(axes.count == 3, "\(axes)")
    let x = axes.map { $0.attributes["x1"]! }
    let top = try #require(Double(axes[0].attributes["y1"]!)),
      bottom = try #require(Double(axes[0].attributes["y2"]!))
    // The dots of the best line, 16 at 0.1: the second of three categories, the upper end of 0.01 to 0.1, the best score.
    let dots = parsed.all("circle")
    #expect(dots.map { $0.attributes["cx"]! } == x, "\(dots)")
    let heights = dots.map { Double($0.attributes["cy"]!)! }
    #expect(
      abs(heights[0] - (top + bottom) / 2) < 0.01 && abs(heights[1] - top) < 0.01 && abs(heights[2] - top) < 0.01)
    #expect(parsed.styled("scoreLine0").count == 1 && parsed.styled("scoreLine3").count == 1)
    #expect(parsed.styled("bestLine").count == 1)
  }

  @Test func everyNumberOfAGridIsMarked() throws {
    let texts = try ParsedSVG(figure.svg()).texts
    for text in ["A sweep", "hidden", "rate", "accuracy", "8", "16", "<16>", "0.01", "0.1", "0.5", "0.75", "1"] {
      #expect(texts.contains(text), "\(text) in \(texts)")
    }
  }

  @Test func theLowestLossIsTheBest() throws {
    let losses = ParallelCoordinates(
      axes: [.init("rate", values: [1, 2, 3])], score: .init("loss", values: [3, 1, 2], scale: .logarithmic),
      prefersLow: true)
    #expect(losses.lines == [0, 2, 1])
    #expect(losses.summary == "3 lines over rate (1 to 3), loss (1 to 3). The best one: rate 2, loss 1.")
  }

  @Test func theNumbersAreReadToThoseWhoCannotSeeThem() throws {
    let parsed = try ParsedSVG(figure.svg())
    #expect(parsed.title == "A sweep")
    #expect(
      parsed.summary == """
        3 lines over hidden (8, 16, <16>), rate (0.01 to 0.1), accuracy (0.5 to 1). The best one: hidden 16, rate 0.1, \
        accuracy 1. 1 line is left out because one of its numbers cannot be drawn.
        """, "\(parsed.summary)")
    var french = figure
    french.language = .french
    #expect(french.summary.hasPrefix("3 lignes sur hidden ("), "\(french.summary)")
  }

  /// Random axes, with numbers that nobody should draw among them.
  @Test func everythingIsWithinThePicture() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed)
    for round in 0..<40 {
      let count = Int.random(in: 0...30, using: &generator), width = Double.random(in: 200...1400, using: &generator)
      func values() -> [Double] {
        (0..<count).map { _ in
          let awkward: [Double] = [.nan, .infinity, 0, -1, 1e300, .leastNonzeroMagnitude, 1]
          let isAwkward = Int.random(in: 0..<8, using: &generator) == 0
          return isAwkward ? awkward.randomElement(using: &generator)! : Double.random(in: 0...1, using: &generator)
        }
      }
      let axes = (0..<Int.random(in: 0...6, using: &generator)).map { index in
        index % 3 == 2
          ? ParallelCoordinates.Axis(
            String(repeating: "w", count: index * 4), categories: values().map { "\($0 > 0.5)" })
          : .init("axis \(index)", values: values(), scale: index % 3 == 0 ? .linear : .logarithmic)
      }
      let figure = ParallelCoordinates(axes: axes, score: .init("score", values: values()), width: width)
      let parsed = try ParsedSVG(figure.svg(theme: .dark)), root = parsed.elements[0].attributes
      let right = try #require(Double(root["width"] ?? "")), bottom = try #require(Double(root["height"] ?? ""))
      for text in parsed.all("text") {
        let place = try #require(Double(text.attributes["x"] ?? "")), height = Double(text.attributes["y"]!)!
        let isFit = 0 <= place && place <= right && 0 <= height && height <= bottom
        #expect(isFit, "seed \(seed), round \(round): \(text)")
        let length = Font.normal.width(of: text.text)
        if text.attributes["text-anchor"] == "end" {
          #expect(place - length >= -1, "seed \(seed), round \(round): \(text)")
        } else if text.attributes["text-anchor"] == nil {
          #expect(place + length <= right + 1, "seed \(seed), round \(round): \(text)")
        }
      }
      for circle in parsed.all("circle") {
        let (x, y) = (Double(circle.attributes["cx"]!)!, Double(circle.attributes["cy"]!)!)
        #expect(0...right ~= x && 0...bottom ~= y, "seed \(seed), round \(round): \(circle)")
      }
    }
  }
}

@Suite struct HeatMapTests {
  private let map = HeatMap(
    scores: [[0.5, 0.9], [nil, 0.75], [.nan, 0.625]], columns: ["0.01", "0.1"], rows: ["8", "16", "<b>"],
    columnName: "rate", rowName: "hidden", scoreName: "accuracy")

  @Test func cellsHaveTheirNumbersAndColors() throws {
    let parsed = try ParsedSVG(map.svg())
    // The levels of 0.5, 0.625, 0.75 and 0.9 between 0.5 and 0.9; each occurs in the key as well.
    for (level, count) in [0: 2, 1: 1, 2: 2, 3: 1, 4: 2, 5: 1, 6: 2] {
      #expect(parsed.styled("score\(level)").count == count, "level \(level)")
    }
    for text in ["0.01", "0.1", "8", "16", "<b>", "rate", "hidden", "0.5", "0.9", "0.75", "0.625", "nan"] {
      #expect(parsed.texts.contains(text), "\(text) in \(parsed.texts)")
    }
    // The missing one and the one that is no number are crossed out, the best one has an outline.
    #expect(parsed.styled("computed").count == 2)
    let outline = try #require(parsed.styled("bestFrame").first), cell = try #require(parsed.styled("score6").last)
    for name in ["x", "y"] {
      let (outer, inner) = (Double(cell.attributes[name]!)!, Double(outline.attributes[name]!)!)
      #expect(inner == outer + 3, "\(name): the outline at \(inner), the cell at \(outer)")
    }
  }

  @Test func theNumbersAreReadToThoseWhoCannotSeeThem() throws {
    let expected = """
      accuracy, hidden × rate. The best: hidden 8, rate 0.1, 0.9. 2 cells have no score. 8: 0.5, 0.9; 16: –, 0.75; \
      <b>: nan, 0.625.
      """
    let parsed = try ParsedSVG(map.svg())
    #expect(parsed.summary == expected && parsed.title == expected, "\(parsed.summary)")
    let losses = HeatMap(scores: [[2, 1]], columns: ["a", "b"], rows: ["c"], prefersLow: true, language: .french)
    #expect(losses.summary.contains("Le meilleur :  c,  b, 1."), "\(losses.summary)")
  }

  @Test func textHasTheSameNumbers() {
    let unicode = map.text()
    #expect(
      unicode == """
        accuracy
        hidden ↓ rate   0.01        0.1
        8                0.5 ░░     0.9 ██*
        16                 -       0.75 ▓▓
        <b>              nan      0.625 ▒▒

        """, "\(unicode)")
    #expect(map.text(style: TextStyle(.ascii)).contains("0.9 ##*"), "\(map.text(style: TextStyle(.ascii)))")
  }

  @Test func theNameOfTheRowsIsWholeBesideOneRow() throws {
    let map = HeatMap(scores: [[1, 2]], columns: ["a", "b"], rows: ["c"], rowName: "activation")
    #expect(try ParsedSVG(map.svg()).texts.contains("activation"), "\(map.svg())")
  }

  @Test func columnsThatDoNotFitFollowBelow() {
    let names = (0..<20).map { "column \($0)" }
    let many = HeatMap(scores: [names.indices.map { Double($0) }], columns: names, rows: ["row"])
    let lines = many.text(columns: 60).split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.columns <= 60 }, "\(lines)")
    for name in names { #expect(lines.contains { $0.contains(name) }, "\(name) in \(lines)") }
  }

  @Test func labelsCannotCommandTheTerminal() {
    let map = HeatMap(scores: [[1]], columns: ["\u{1B}[2J"], rows: ["\u{202E}"], scoreName: "\u{7}t")
    #expect(!map.text().unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\u{7}"].contains($0) })
  }

  /// WCAG 2.2 asks for a contrast of 4.5 for text. Levels are told apart by everybody.
  @Test(arguments: [\Tone.light, \Tone.dark])
  func numbersCanBeReadOnTheirColors(_ theme: KeyPath<Tone, RGB> & Sendable) {
    for level in Palette.scores.indices {
      let color = Palette.scores[level][keyPath: theme], ink = Palette.scoreInk(level)[keyPath: theme]
      #expect(ink.contrast(to: color) >= 4.5, "\(ink.css) on \(color.css): \(ink.contrast(to: color))")
      guard level > 0 else { continue }
      let worse = Palette.scores[level - 1][keyPath: theme], background = Palette.background[keyPath: theme]
      #expect(color.contrast(to: background) > worse.contrast(to: background), "level \(level)")
      for vision in ColorVision.allCases {
        let difference = vision(worse).difference(to: vision(color))
        #expect(difference > 4, "\(vision): \(worse.css) and \(color.css) differ by \(difference)")
      }
    }
  }
}
