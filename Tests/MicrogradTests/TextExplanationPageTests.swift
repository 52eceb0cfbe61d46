import Foundation
import Micrograd
import MicrogradTestSupport
import Testing

@Suite struct TextExplanationPageTests {
  /// A small model of awkward characters.
  private static func explanation(_ prompt: String = "<é ") throws -> TextExplanation {
    var random = PythonRandom(seed: 4)
    let model = try TextModel(
      of: ["<é \u{1B}<b&"], width: 4, heads: 2, layers: 2, context: 6, using: &random)
    try TextTrainer(steps: 40).fit(model, to: ["<é \u{1B}<"])
    return try model.explain(after: prompt)
  }

  @Test func textHasAllParts() throws {
    let explanation = try Self.explanation(), text = explanation.text(columns: 60)
    let probability = explanation.prediction.probabilities[explanation.likeliest].data
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(
      lines[0].hasPrefix("After “<é ”: most likely ")
        && lines[0].hasSuffix("with a probability of \(String(format: "%.1f", 100 * probability)) %"), "\(text)")
    #expect(lines.contains("Attention of block 1") && lines.contains("Attention of block 2"), "\(text)")
    for name in ["start", "é", "space", "end"] {
      #expect(lines.contains { $0.drop { $0 == " " }.hasPrefix("\(name) ") }, "no \(name) in \(text)")
    }
    #expect(lines.allSatisfy { $0.count <= 60 }, "\(text)")
    let prose = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(prose.contains("Gradient × embedding") && prose.contains("log p = \(short(log(probability)))"), "\(text)")
    #expect(!text.contains("\u{1B}") && text.contains("U+1B"), "\(text)")
  }

  private func short(_ number: Double) -> String { String(format: "%.4g", number) }

  @Test func textSuitsTheTerminal() throws {
    let explanation = try Self.explanation()
    let ascii = explanation.text(language: .french, style: TextStyle(.ascii))
    #expect(ascii.allSatisfy(\.isASCII) && ascii.contains("Apres \" <e  \" : le plus probable est"), "\(ascii)")
    #expect(explanation.text(style: TextStyle(isColored: true)).contains("\u{1B}[38;5;"))
  }

  @Test func jsonHasAllNumbers() throws {
    let explanation = try Self.explanation()
    let json = try JSONDecoder().decode(Content.self, from: Data(explanation.json().utf8))
    #expect(json.prompt == "<é " && json.result == explanation.result.data)
    #expect(json.attention == explanation.attention)
    #expect(json.positions.map(\.contribution) == explanation.contributions)
    #expect(json.positions.map(\.character) == [nil, "<", "é", " "])
    let probabilities = json.probabilities.map(\.probability)
    #expect(probabilities == explanation.prediction.probabilities.map(\.data).sorted(by: >))
    #expect(json.probability == probabilities[0] && json.next == json.probabilities[0].character)
  }

  /// The JSON of an explanation.
  private struct Content: Decodable {
    struct Candidate: Decodable {
      let character: String?
      let probability: Double
    }

    struct Position: Decodable {
      let character: String?
      let contribution: Double
    }

    let prompt: String
    let next: String?
    let probability: Double
    let result: Double
    let probabilities: [Candidate]
    let positions: [Position]
    let attention: [[[Double]]]
  }

  /// The table of a large vocabulary shows the likeliest characters, and sums up the others.
  @Test func manyCharactersAreSummedUp() throws {
    var random = PythonRandom(seed: 4)
    let model = try TextModel(of: TextModel.names, using: &random), text = try model.explain(after: "").text()
    #expect(text.hasPrefix("At the start: most likely "), "\(text)")
    #expect(text.contains("17 others: "), "\(text)")
  }

  @Test(.enabled(if: Browser.path != nil, Browser.reason))
  func pageShowsThePartsInTheLanguageOfTheReader() throws {
    let explanation = try Self.explanation()
    let script = """
      await page.ready;
      const shown = () => [...document.querySelectorAll(".introduction > div")]
        .filter(part => getComputedStyle(part).display !== "none");
      const texts = (part, path) => [...part.querySelectorAll(path)].map(cell => cell.textContent);
      const parts = () => {
        const [part, ...others] = shown();
        return [...texts(part, "thead th"), ...texts(part, "tr:nth-child(-n+4) th[scope=row]").slice(-4),
          ...texts(part, "svg title"), String(others.length)];
      };
      const english = parts();
      page.speak("fr");
      const { stepper } = page;
      stepper.go(Infinity);
      const result = stepper.picture.boxes.find(({ kind }) => kind === "result");
      return [english, parts(), [window.isBroken ?? "whole", stepper.ask("texts", { boxes: [result.index] }).texts[0][4]]];
      """
    let html = explanation.html(), got = try Browser.run(script, in: html, as: [[String]].self)
    #expect(
      got == [
        ["next", "probability", "letter", "contribution", "start", "<", "é", "space"]
          + ["Attention of block 1", "Attention of block 2", "0"],
        ["suivante", "probabilité", "lettre", "contribution", "début", "<", "é", "espace"]
          + ["Attention du bloc 1", "Attention du bloc 2", "0"],
        ["whole", "log p: data \(explanation.result.data), grad 1.0"],
      ], "\(got)")
    #expect(html.contains("<title>After “&lt;é ”</title>"))
  }
}
