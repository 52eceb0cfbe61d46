import Foundation
import Micrograd
import Testing

@Suite struct PlaygroundPageTests {
  private static let web = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../Sources/MicrogradPlayground/Web")

  @Test(arguments: Language.allCases) func isCompleteInItself(language: Language) {
    let html = PlaygroundPage(language: language).html()
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
    #expect(html.contains("<script id=\"settings\" type=\"application/json\">{}</script>"))
    for forbidden in ["<script src", "<link", "@import", "url(http", "https://"] {
      #expect(!html.contains(forbidden), "\(forbidden) is in the page")
    }
    #expect(html.utf8.count <= 500 * 1024, "got \(html.utf8.count) bytes, expected at most 500 KB")
  }

  /// A script that is not in the list would be missing in the page.
  @Test func listsEveryScript() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.web.path).filter { $0.hasSuffix(".js") }
    let list = try String(contentsOf: Self.web.appending(path: "scripts.txt"), encoding: .utf8)
    #expect(names.count > 20)
    for name in names where name != "worker.js" {
      #expect(list.contains("MicrogradPlayground/Web/\(name)\n"), "\(name) is not in scripts.txt")
    }
  }

  @Test func beginsWithSamples() throws {
    let samples = Dataset(inputs: [[0, 1], [2.5, -3]], labels: [0, 2])
    let html = try PlaygroundPage(samples, language: .french).html()
    #expect(html.contains("\"points\":[[0.0,1.0,0.0],[2.5,-3.0,2.0]]"), "the points of the samples")
    #expect(html.contains("\"classes\":3"))
  }

  /// What the playground cannot show is said, and never a trap.
  @Test(
    arguments: [
      ([[0, 1], [1, 0]], [0, 5], "class"), ([[0, 1], [.nan, 0]], [0, 1], "data.points"),
      ([], [], "points"), ([[0], [1]], [0, 1], "have 1 feature;"),
      ([[0, 1, 2], [1, 0, 2]], [0, 1], "have 3 features;"),
    ] as [([[Double]], [Int], String)])
  func refusesOtherSamples(_ inputs: [[Double]], _ labels: [Int], _ word: String) {
    let error = #expect(throws: PlaygroundPageError.self) {
      try PlaygroundPage(Dataset(inputs: inputs, labels: labels))
    }
    #expect(error?.description.contains(word) == true, "got \(error?.description ?? "no error"), expected \(word)")
    #expect(error?.reason(in: .french).isEmpty == false)
  }

  /// On its own: the log would show all of the samples as arguments.
  @Test func refusesTooManySamples() {
    let error = #expect(throws: PlaygroundPageError.self) { try PlaygroundPage(makeMoons(samples: 5000, seed: 1)) }
    #expect(error?.description.contains("at most 1000 points") == true, "got \(error?.description ?? "no error")")
  }
}
