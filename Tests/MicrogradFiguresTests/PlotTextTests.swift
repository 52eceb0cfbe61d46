import MicrogradData
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct PlotTextTests {
  static let styles = [
    TextStyle(), TextStyle(isColored: true), TextStyle(.ascii), TextStyle(.ascii, isColored: true),
  ]

  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  /// The text without the codes for colours.
  private func plain(_ text: String) -> String { text.replacing(/\u{1B}\[[0-9;]*m/, with: "") }

  @Test func aSmallPicture() {
    let data = Dataset(inputs: [[0, 0], [1, 1], [2, 0], [1, 0.5]], labels: [0, 1, 0, 1])
    let got = Plot.scatter(data, title: "Four").text(columns: 32, rows: 12, style: TextStyle(.ascii))
    let expected = """
      Four
      o class 0   ^ class 1
      x2
        +----------------------------+
      1 +              ^             |
        |                            |
        |              ^             |
        |                            |
      0 + o                        o |
        +-+------------+-----------+-+
          0            1           2
                      x1

      """
    #expect(got == expected)
  }

  @Test func aLineIsMadeOfBrailleDots() {
    let plot = Plot.curves([Series("", points: [(x: 0, y: 0), (x: 1, y: 1)])])
    let rows = lines(plot.text(columns: 30, rows: 10))
    let dots = rows.flatMap { row in
      row.unicodeScalars.filter { (0x2801...0x28FF).contains($0.value) }.map { $0.value - 0x2800 }
    }
    // One dot in each of the columns of dots, of which a character has two.
    let count = dots.reduce(0) { $0 + $1.nonzeroBitCount }, width = rows[0].count { $0 == "─" }
    #expect(count == 2 * width, "got \(count) dots in \(width) characters:\n\(rows.joined(separator: "\n"))")
  }

  /// A solid line has no gaps, however close its points are; a dashed one has.
  @Test(arguments: [2, 7, 60, 1000]) func solidLinesAreWithoutGaps(_ count: Int) {
    let curve = (0..<count).map { (x: Double($0) / Double(count - 1), y: 0.0) }
    for (index, isSolid) in [(0, true), (1, false)] {
      var canvas = TextCanvas(columns: 50, rows: 1, style: TextStyle())
      canvas.line(
        curve.map { Point($0.x * 99, 0) }, TextCanvas.Pen(mark: "*", color: nil, dash: Dash.lengths(index)))
      let gaps = canvas.line(0).count { $0 != "\u{2809}" }
      #expect((gaps == 0) == isSolid, "\(count) points, curve \(index): \(canvas.line(0))")
    }
  }

  @Test func regionsAreFilledByClass() throws {
    let plot = Plot.decisionRegions(of: { x, _ in x > 1 ? 1 : 0 }, samples: PlotTests.samples, resolution: 30)
    let text = plot.text(columns: 60, rows: 16, style: TextStyle(.ascii))
    let right = PlotContent(plot.layers).xDomain
    for row in lines(text) where row.hasSuffix("|") {
      let inside = Array(
        row.dropFirst(try #require(row.firstIndex { "|+".contains($0) }).utf16Offset(in: row) + 1).dropLast())
      for (column, character) in inside.enumerated() {
        let width = right.upperBound - right.lowerBound
        let x = right.lowerBound + width * (Double(column) + 0.5) / Double(inside.count)
        guard abs(x - 1) > width / 50, " .".contains(character) else { continue }
        #expect(character == (x > 1 ? "." : " "), "at \(x):\n\(text)")
      }
    }
  }

  @Test func colorShowsHowSureTheClassifierIs() {
    let plot = Plot.decisionRegions(probability: { x, _ in x / 2 }, samples: PlotTests.samples, resolution: 30)
    let colored = plot.text(style: TextStyle(isColored: true))
    for ground in ["░", "▒", "\u{1B}[38;5;25m", "\u{1B}[38;5;166m"] {
      #expect(colored.contains(ground), "\(ground) in\n\(colored)")
    }
    #expect(!plot.text().contains("\u{1B}"))
  }

  @Test func threeAxes() {
    let plot = Plot.curves(
      [
        Series("error", values: [0.25, 0.1]), Series("accuracy", values: [50, 90], scale: .percent),
        Series("rate", values: [1000, 2000], scale: .right),
      ], xLabel: "step")
    let text = plot.text()
    for word in ["error", "accuracy, rate", "100 %", "2000", "0.25", "step"] {
      #expect(text.contains(word), "\(word) in\n\(text)")
    }
    let widths = Set(lines(text).filter { "│┤".contains($0.first { "│┤".contains($0) } ?? " ") }.map(\.count))
    #expect(!widths.isEmpty && widths.max()! <= 72, "\(widths)")
  }

  // MARK: Anything goes in

  /// Nothing is wider or higher than asked for, the frame is closed, and the style is kept.
  private func check(_ plot: Plot, _ name: String) {
    for style in Self.styles {
      for (columns, rows) in [(72, 20), (.min, -7), (150, 30)] {
        let width = max(columns, 30), height = max(rows, 10)
        let text = plot.text(columns: columns, rows: rows, style: style), rows = lines(plain(text))
        let widest = rows.map(\.columns).max() ?? 0
        #expect(widest <= width || width < 60, "\(name), \(style): \(widest) columns of \(width)\n\(text)")
        #expect(rows.count >= 8 && (rows.count <= height || height < 20), "\(name): \(rows.count) lines of \(height)")
        let sides = rows.filter { $0.hasSuffix("│") || $0.hasSuffix("|") }.map(\.count)
        #expect(Set(sides).count <= 1, "\(name): the frame ends at \(sides)\n\(text)")
        #expect(style.characters == .unicode || text.allSatisfy(\.isASCII), "\(name)\n\(text)")
        #expect(style.isColored || text == plain(text), "\(name)\n\(text)")
      }
    }
  }

  @Test(arguments: PlotTests.awkward.indices) func awkwardData(_ index: Int) {
    let (name, data, _) = PlotTests.awkward[index]
    // The legend of many classes takes more lines than there are.
    guard name != "many classes" else { return }
    check(Plot.scatter(data, title: name), name)
    check(Plot.decisionRegions(of: { x, _ in x > 1 ? 1 : 0 }, samples: data, resolution: 7), name)
    check(Plot.decisionRegions(probability: { x, _ in x }, samples: data, resolution: 7), name)
  }

  @Test(
    arguments: [
      [], [.nan], [7], [0, 0, 0], [-5, -5], [1e300, -1e300], [.leastNonzeroMagnitude, 0], [1e12, 1e12 + 1],
      [.infinity, 1, .nan, 2],
    ] as [[Double]])
  func awkwardCurves(_ values: [Double]) {
    for scale in Series.Scale.allCases {
      check(
        Plot.curves([Series("a", values: values, scale: scale), Series("b", values: [1, 2])], xLabel: "x"),
        "\(values)")
    }
  }

  @Test func randomCurvesStayInTheirFrame() {
    for seed in 0..<20 {
      var random = SplitMix(seed: seed)
      let series = (0..<Int.random(in: 1...4, using: &random)).map { index in
        Series(
          "curve \(index)",
          values: (0..<Int.random(in: 0...50, using: &random)).map { _ in
            Double.random(in: -1...1, using: &random) * Double("1e\(Int.random(in: -9...9, using: &random))")!
          }, scale: Series.Scale.allCases.randomElement(using: &random)!)
      }
      check(Plot.curves(series), "seed \(seed)")
    }
  }

  @Test func sizesAreLimited() {
    let rows = lines(Plot.scatter(PlotTests.samples).text(columns: .max, rows: .max, style: TextStyle(.ascii)))
    #expect(rows.count == 500 && rows.allSatisfy { $0.count <= 1000 })
  }

  // MARK: Words

  /// A label cannot command the terminal, break the line, or turn the direction of what follows.
  @Test func wordsAreOnlyWords() {
    let wild = "a<b>&\"c\" \u{1B}[2J\u{9B}31m\u{7}\r\n\u{202E}evil\u{2066} مرحبا 👩‍🔬 数"
    #expect(wild.printable == "a<b>&\"c\" [2J31m evil مرحبا 👩‍🔬 数")
    let plot = Plot(
      title: wild, layers: [.samples(PlotTests.samples), .curve(Series(wild, values: [1, 2]))], xLabel: wild,
      yLabel: wild,
      percentLabel: wild, rightLabel: wild, classNames: [0: wild, 1: wild])
    let text = plot.text(columns: 100)
    for scalar in text.unicodeScalars where scalar != "\n" && scalar != "\u{200D}" {
      let category = scalar.properties.generalCategory
      #expect(category != .control && category != .format, "U+\(String(scalar.value, radix: 16)) in\n\(text)")
    }
    #expect(text.contains("مرحبا 👩‍🔬 数"))
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("数据", 4), ("👩‍🔬", 2), ("❤️", 2), ("مرحبا", 5), ("한글", 4), ("", 0), ("●▲", 2),
  ])
  func columnsOfATerminal(_ text: String, _ expected: Int) {
    #expect(text.columns == expected, "\(text): got \(text.columns), expected \(expected)")
    for limit in 0...4 {
      let shortened = text.shortened(toColumns: limit, ellipsis: "…")
      #expect(shortened.columns <= max(limit, 1), "\(text) in \(limit) columns: \(shortened)")
    }
  }
}
