import Testing

@testable import MicrogradFigures

@Suite struct RegionsAnimationTests {
  private func animation(_ count: Int) -> RegionsAnimation {
    let frames = (0..<count).map { index in
      RegionsAnimation.Frame(
        caption: "step <\(index)>",
        regions: DecisionRegions(
          probability: { x, _ in x > Double(index) / 10 ? 0.95 : 0.05 }, x: 0...2, y: 0...2, resolution: 10))
    }
    return RegionsAnimation(Plot.scatter(PlotTests.samples, title: "Learning"), frames: frames)
  }

  @Test func framesAppearOneAfterTheOther() throws {
    let svg = animation(6).svg(theme: .light), parsed = try ParsedSVG(svg)
    let captions = parsed.texts.filter { $0.hasPrefix("step") }
    #expect(captions == (0..<6).map { "step <\($0)>" })
    let sheet = try #require(parsed.all("style").first?.text)
    let appearing = parsed.elements.filter { $0.attributes["class"]?.hasPrefix("mgl-from") == true }
    #expect(appearing.count == 5, "the first is always there")
    #expect(
      Set(appearing.map { $0.attributes["style"] }) == ["animation-duration:3.75s"], "5 steps and 10 at the end")
    for (index, element) in appearing.enumerated() {
      let name = try #require(element.attributes["class"])
      #expect(sheet.contains("@keyframes \(name){0%{visibility:hidden}"), "\(name) in \(sheet)")
      #expect(name == "mgl-from\(1000 * (index + 1) / 15)")
    }
    #expect(parsed.summary.hasPrefix("6 frames, from “step <0>” to “step <5>”. At the end: 5 samples"))
    PlotTests.checkPlaces(parsed, "animation")
  }

  /// Whatever moves stands in the media query, so that nothing does for those who want none.
  @Test(arguments: Theme.allCases) func motionIsOnlyForThoseWhoWantIt(_ theme: Theme) throws {
    let sheet = try #require(ParsedSVG(animation(3).svg(theme: theme)).all("style").first?.text)
    let parts = sheet.split(separator: "@media (prefers-reduced-motion:no-preference)", maxSplits: 1)
    #expect(parts.count == 2 && !parts[0].contains("animation") && !parts[0].contains("visibility"), "\(sheet)")
    #expect(parts[1].contains("animation-play-state:paused"))
  }

  @Test(arguments: [0, 1]) func withoutFramesThereIsNoMotion(_ count: Int) throws {
    let svg = animation(count).svg(), parsed = try ParsedSVG(svg)
    #expect(!svg.contains("@keyframes") && parsed.texts.contains("Learning"))
    PlotTests.checkPlaces(parsed, "\(count) frames")
  }

  @Test(arguments: [.nan, -1, 0, .infinity, 1e300] as [Double]) func oddDurations(_ seconds: Double) throws {
    var animation = animation(2)
    animation.secondsPerFrame = seconds
    let style = try ParsedSVG(animation.svg()).elements.compactMap { $0.attributes["style"] }.first
    let text = try #require(style).split(separator: ":")[1].dropLast()
    let duration = try #require(Double(text))
    #expect(duration > 0.1 && duration <= 660, "\(seconds): \(duration)")
  }
}
