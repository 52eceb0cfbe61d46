import Foundation
import Micrograd
import Testing

/// What docs/figures.md shows is what its code draws.
@Suite struct DocumentationTests {
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs")

  /// The code of the page, line by line.
  private func learning() -> RegionsAnimation {
    let moons = makeMoons(samples: 100, noise: 0.1, seed: 42)
    let model = MLP(2, [16, 1], seed: 42)
    var optimizer = SGD(model.parameters, learningRate: 1)
    let (x, y) = Plot.plane(around: moons)
    var frames: [RegionsAnimation.Frame] = []
    for step in 0...200 {
      let losses = moons.map { binaryCrossEntropy(logit: model($0.input)[0], target: Double($0.label)) }
      let loss = losses.mean()
      if step % 8 == 0 {
        let regions = DecisionRegions(
          probability: { x, y in model([x, y])[0].sigmoid().data }, x: x, y: y, resolution: 40)
        frames.append(.init("step \(step)", regions))
      }
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
    }
    let animation = RegionsAnimation(Plot.scatter(moons, title: "Two moons"), frames: frames)
    return animation
  }

  @Test func theCodeShownIsTheCodeRun() throws {
    let page = try String(contentsOf: Self.docs.appending(path: "figures.md"), encoding: .utf8)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    func trimmed(_ text: Substring) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let blocks = page.split(separator: "```")
    let shown = try #require(blocks.first { $0.hasPrefix("swift") })
    let lines = trimmed(shown).filter { $0 != "swift" && !$0.hasPrefix("import") && !$0.hasPrefix("print") }
    #expect(trimmed(source[...]).joined(separator: "\n").contains(lines.joined(separator: "\n")), "\(lines)")
  }

  @Test func theTextShownIsTheTextDrawn() throws {
    let moons = makeMoons(samples: 100, noise: 0.1, seed: 42)
    let line = Plot.decisionRegions(of: { x, y in y < 0.25 ? 1 : 0 }, samples: moons, title: "A straight line")
    let text = line.text(columns: 60, rows: 16)
    let page = try String(contentsOf: Self.docs.appending(path: "figures.md"), encoding: .utf8)
    let isShown = page.contains("```\n" + text + "```")
    #expect(isShown, "docs/figures.md should show:\n\(text)")
  }

  // Elsewhere the last digits of exp, log and cos differ, and training makes much of them.
  #if os(Linux)
    /// `MICROGRAD_WRITE_DOCS=1 swift test --filter DocumentationTests` draws it anew.
    @Test func thePictureIsWhatTheCodeDraws() throws {
      let file = Self.docs.appending(path: "figures/learning.svg"), picture = learning().svg()
      if ProcessInfo.processInfo.environment["MICROGRAD_WRITE_DOCS"] != nil {
        try picture.write(to: file, atomically: true, encoding: .utf8)
      }
      let isDrawn = try String(contentsOf: file, encoding: .utf8) == picture
      #expect(isDrawn, "docs/figures/learning.svg is not what its code draws now: draw it anew, and look at it")
    }
  #endif
}
