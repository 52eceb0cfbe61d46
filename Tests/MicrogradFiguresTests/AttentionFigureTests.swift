import MicrogradLanguage
import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct AttentionFigureTests {
  private let figure = AttentionFigure(
    heads: [[0.25, 0.75, 0], [0.1, 0.2, 0.7]], labels: ["start", "é", "<b>"], title: "Attention")

  @Test func cellsAreWhereTheyBelong() throws {
    let parsed = try ParsedSVG(figure.svg())
    let weights = parsed.styled("weight")
    // Row by row: the opacity is 0.6 for the weight 1.
    #expect(
      weights.map { $0.attributes["fill-opacity"] } == ["0.15", "0.06", "0.45", "0.12", "0", "0.42"], "\(weights)")
    let x = weights.map { $0.attributes["x"] }, y = weights.map { $0.attributes["y"] }
    #expect(x[0] == x[2] && x[2] == x[4] && x[1] == x[3] && x[1] == x[5] && Set(x).count == 2, "\(x)")
    #expect(y[0] == y[1] && y[2] == y[3] && y[4] == y[5] && Set(y).count == 3, "\(y)")
    let numbers = ["0.25", "0.10", "0.75", "0.20", "0.00", "0.70"]
    let expected = ["Attention", "head 1", "head 2", "start"] + numbers[0..<2] + ["é"] + numbers[2..<4] + ["<b>"]
    #expect(parsed.texts == expected + numbers[4...], "\(parsed.texts)")
  }

  @Test func theNumbersAreReadToThoseWhoCannotSeeThem() throws {
    let parsed = try ParsedSVG(figure.svg())
    #expect(parsed.title == "Attention")
    #expect(
      parsed.summary
        == "The weights of 3 positions in 2 heads. start: 0.25, 0.10; é: 0.75, 0.20; <b>: 0.00, 0.70.",
      "\(parsed.summary)")
    var french = figure
    french.language = .french
    let texts = try ParsedSVG(french.svg())
    #expect(texts.texts.contains("tête 2"), "\(texts.texts)")
    #expect(texts.summary.hasPrefix("Les poids de 3 positions dans 2 têtes. "), "\(texts.summary)")
  }

  @Test func everythingIsWithinThePicture() throws {
    let seed = newSeed()
    var generator = SplitMix(seed: seed)
    for round in 0..<20 {
      let count = Int.random(in: 1...40, using: &generator), heads = Int.random(in: 1...9, using: &generator)
      let labels = (0..<count).map { _ in
        String(repeating: "w", count: Int.random(in: 0...40, using: &generator))
      }
      let figure = AttentionFigure(
        heads: (0..<heads).map { _ in (0..<count).map { _ in Double.random(in: 0...1, using: &generator) } },
        labels: labels, title: "Attention of block 12")
      let parsed = try ParsedSVG(figure.svg(theme: .dark)), root = parsed.elements[0].attributes
      let width = try #require(Double(root["width"] ?? "")), height = try #require(Double(root["height"] ?? ""))
      for shape in parsed.all("rect") {
        let (x, y) = (Double(shape.attributes["x"]!)!, Double(shape.attributes["y"]!)!)
        let (w, h) = (Double(shape.attributes["width"]!)!, Double(shape.attributes["height"]!)!)
        #expect(x >= 0 && y >= 0 && x + w <= width && y + h <= height, "seed \(seed), round \(round): \(shape)")
      }
      for text in parsed.all("text") where text.attributes["text-anchor"] == "end" {
        let x = Double(text.attributes["x"]!)!
        #expect(x - Font.normal.width(of: text.text) >= 0, "seed \(seed), round \(round): \(text)")
      }
    }
  }

  @Test func numbersThatAreNoneHaveNoShade() throws {
    let figure = AttentionFigure(heads: [[.nan, .infinity]], labels: ["a", "b"])
    let parsed = try ParsedSVG(figure.svg())
    #expect(parsed.styled("weight").map { $0.attributes["fill-opacity"] } == ["0", "0"])
    #expect(parsed.texts.contains("nan") && parsed.texts.contains("inf"))
    #expect(parsed.title == parsed.summary)
  }

  @Test func textHasTheSameNumbers() {
    let unicode = figure.text()
    #expect(
      unicode == """
        Attention
               head 1   head 2
        start  0.25 ░░  0.10
            é  0.75 ▓▓  0.20 ░░
          <b>  0.00     0.70 ▓▓

        """, "\(unicode)")
    let ascii = figure.text(style: TextStyle(.ascii))
    #expect(ascii.contains("0.25 ..  0.10\n") && ascii.contains("0.00     0.70 **\n"), "\(ascii)")
  }

  @Test func headsThatDoNotFitFollowBelow() {
    let many = AttentionFigure(heads: (0..<10).map { [Double($0) / 10] }, labels: ["letter"])
    let lines = many.text(columns: 40).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.allSatisfy { $0.columns <= 40 }, "\(lines)")
    for head in 1...10 { #expect(lines.contains { $0.contains("head \(head)") }, "\(lines)") }
    #expect(lines.count { $0.hasPrefix("letter") } == 4, "\(lines)")
  }

  @Test func labelsCannotCommandTheTerminal() {
    let figure = AttentionFigure(heads: [[1]], labels: ["\u{1B}[2J\u{202E}"], title: "\u{7}t")
    #expect(!figure.text().unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\u{7}"].contains($0) })
  }
}
