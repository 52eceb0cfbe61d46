import Testing

@testable import MicrogradFigures

@Suite struct SVGTests {
  static let wild = "a<b>&\"c\"'d'\u{0}\u{1B}\u{7F}\u{FFFE}]]> é → 数 👩‍🔬\n\tend"

  @Test func wrappedLinesFitAndHoldAllWords() {
    let words = (1...200).map { String(repeating: "w", count: $0 % 7 + 1) }.joined(separator: " ")
    let lines = Font.label.wrapped(words, to: 200)
    #expect(lines.joined(separator: " ") == words)
    for (line, next) in zip(lines, lines.dropFirst()) {
      let first = next.prefix { $0 != " " }
      #expect(Font.label.width(of: line) <= 200 && Font.label.width(of: "\(line) \(first)") > 200, "\(line)")
    }
  }

  @Test func textSurvivesEscaping() throws {
    let document = SVGDocument(
      size: Size(width: 10, height: 10), title: Self.wild, description: Self.wild,
      content: [
        .text(Self.wild, at: Point(1, 2), .text, font: .normal),
        SVGElement("rect", nil, ["data-name": Self.wild]),
      ])
    let parsed = try ParsedSVG(document.text(theme: .light))
    let expected = "a<b>&\"c\"'d']]> é → 数 👩‍🔬  end"
    #expect(parsed.title == expected)
    #expect(parsed.summary == expected)
    #expect(parsed.texts == [expected])
    #expect(parsed.all("rect").last?.attributes["data-name"] == expected)
  }

  @Test(
    arguments: [
      (0, "0"), (-0.001, "0"), (1.5, "1.5"), (-2.25, "-2.25"), (-0.05, "-0.05"), (100, "100"), (1.999, "2"),
      (.infinity, "1000000000"),
    ] as [(Double, String)])
  func pixels(_ number: Double, _ expected: String) { #expect(number.pixels == expected, "\(number)") }

  @Test func relativePathsDoNotDrift() {
    // 0.04 is less than a tenth: rounding every step by itself would never move.
    var path = PathData()
    path.polyline((0...100).map { Point(Double($0) * 0.04, -Double($0) * 0.14) })
    let numbers = path.description.dropFirst(5).replacing("-", with: " -").split(separator: " ").map {
      Double($0)!
    }
    let width = stride(from: 0, to: numbers.count, by: 2).reduce(0) { $0 + numbers[$1] }
    let height = stride(from: 1, to: numbers.count, by: 2).reduce(0) { $0 + numbers[$1] }
    #expect(path.description.hasPrefix("M0 0l"))
    #expect(abs(width - 4) < 1e-9 && abs(height + 14) < 1e-9, "\(width), \(height) instead of 4, -14")
  }

  @Test func aPathOfOnePointIsValid() {
    var path = PathData()
    path.polygon([Point(1, 2), Point(1, 2.01), Point(1, 2)])
    #expect(path.description == "M1 2l0 0Z")
  }

  @Test func textIsShortenedAndWrappedByItsWidth() {
    let font = Font.normal
    for limit in [0, 20, 60, 200.0] {
      let text = font.shortened("a rather long piece of text", to: limit)
      #expect(font.width(of: text) <= max(limit, font.width(of: "…")), "\(text) in \(limit)")
      for line in font.wrapped("some words and an incomprehensibility", to: max(limit, 20)) {
        #expect(font.width(of: line) <= max(limit, 20), "\(line) in \(limit)")
      }
    }
    #expect(font.shortened("short", to: 200) == "short")
    #expect(font.wrapped("one two", to: 500) == ["one two"])
    #expect(font.wrapped(" ", to: 500) == [])
  }

  @Test(arguments: Theme.allCases)
  func everyClassHasItsRuleAndNothingCanClash(_ theme: Theme) throws {
    let figure = Plot.curves(
      [Series("a <b>", values: [1, 2, 3]), Series("c", values: [50, 60, 70], scale: .percent)], title: "t")
    let svg = figure.svg(theme: theme), parsed = try ParsedSVG(svg)
    let sheet = try #require(parsed.all("style").first?.text)
    let classes = Set(parsed.elements.compactMap { $0.attributes["class"] })
    #expect(!classes.isEmpty)
    for name in classes {
      #expect(sheet.contains(".\(name){"), "\(name) in \(sheet)")
      #expect(name.hasPrefix(theme == .light ? "mgl-" : theme == .dark ? "mgd-" : "mga-"))
    }
    #expect(parsed.elements.allSatisfy { $0.attributes["id"] == nil })
    #expect(!svg.contains("var("), "rsvg-convert knows no CSS variables")
    #expect(sheet.contains("prefers-color-scheme:dark") == (theme == .automatic))

    let root = try #require(parsed.elements.first)
    #expect(root.attributes["role"] == "img" && root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
    #expect(root.attributes["viewBox"] == "0 0 640 460" && root.attributes["width"] == "640")
    #expect(parsed.title == "t" && parsed.summary.contains("a <b>: 3 values, from 1 to 3."))
  }

  @Test func aClassLooksTheSameInAllFigures() throws {
    let rules = try [
      Plot.curves([Series("a", values: [1, 2])]), Plot.curves((0..<9).map { Series("\($0)", values: [1, 2]) }),
    ].map { plot in
      try Set(#require(ParsedSVG(plot.svg(theme: .light)).all("style").first).text.split(separator: "}"))
    }
    #expect(rules[0].isSubset(of: rules[1]), "\(rules[0].subtracting(rules[1]))")
  }
}
