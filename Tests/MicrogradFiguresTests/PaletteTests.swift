import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

/// The colours of the classes, as seen by people with and without colour blindness.
@Suite struct PaletteTests {
  /// Pairs from table 1 of Sharma, Wu and Dalal (2005), chosen where implementations go wrong.
  @Test(arguments: [
    (Lab(50, 2.6772, -79.7751), Lab(50, 0, -82.7485), 2.0425),
    (Lab(50, 2.49, -0.001), Lab(50, -2.49, 0.0009), 7.1792),
    (Lab(50, 2.49, -0.001), Lab(50, -2.49, 0.0011), 7.2195),
    (Lab(50, 2.5, 0), Lab(73, 25, -18), 27.1492),
    (Lab(60.2574, -34.0099, 36.2677), Lab(60.4626, -34.1751, 39.4387), 1.2644),
    (Lab(2.0776, 0.0795, -1.1350), Lab(0.9033, -0.0636, -0.5514), 0.9082),
  ])
  func differencesAreThePublishedOnes(_ one: Lab, _ other: Lab, _ expected: Double) {
    let got = one.difference(to: other)
    #expect(abs(got - expected) < 5e-5, "\(one), \(other): got \(got), expected \(expected)")
  }

  /// A difference of 1 is just seen with the colours side by side; 10 is seen at a glance.
  @Test(arguments: [\Tone.light, \Tone.dark])
  func everybodyTellsTheClassesApart(_ theme: KeyPath<Tone, RGB> & Sendable) {
    let colors = Palette.classes.map { $0[keyPath: theme] }
    for vision in ColorVision.allCases {
      for one in colors.indices {
        for other in 0..<one {
          let difference = vision(colors[one]).difference(to: vision(colors[other]))
          #expect(difference > 10, "\(vision): \(colors[other].css) and \(colors[one].css) differ by \(difference)")
        }
      }
    }
  }

  /// WCAG 2.2 asks for a contrast of 3 for whatever has to be seen to understand a picture. The fifth and the sixth
  /// colour, orange and sky blue, have less on white, as their makers chose them.
  @Test func colorsStandOut() {
    for (index, tone) in Palette.classes.enumerated() {
      let light = tone.light.contrast(to: Palette.background.light)
      #expect(light > ([4, 5].contains(index) ? 2.2 : 3), "\(tone.light.css) on white: \(light)")
      for shade in DecisionRegions.Shade.allCases {
        let region = Palette.region(index, shade).dark, dark = tone.dark.contrast(to: region)
        #expect(dark > 3, "\(tone.dark.css) on \(region.css): \(dark)")
      }
    }
  }
}
