import MicrogradData
import MicrogradTestSupport
import RealModule
import Testing

@testable import MicrogradFigures

@Suite struct DecisionRegionsTests {
  /// The class that a point is painted in: that of the last outline around it.
  private func painted(_ regions: DecisionRegions, _ point: Point) -> Int {
    var result = regions.areas[0].label
    for area in regions.areas.dropFirst() {
      var crossings = 0
      for contour in area.contours {
        for (index, a) in contour.points.enumerated() {
          let b = contour.points[(index + 1) % contour.points.count]
          guard (a.y > point.y) != (b.y > point.y) else { continue }
          if a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x) > point.x { crossings += 1 }
        }
      }
      if crossings % 2 == 1 { result = area.label }
    }
    return result
  }

  @Test(arguments: 0..<40)
  func pointsArePaintedInTheirClass(seed: Int) {
    var random = SplitMix(seed: seed)
    let centers = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      (x: Double.random(in: -1...1, using: &random), y: Double.random(in: -1...1, using: &random))
    }
    /// The nearest centre's number, times 3 to leave gaps between the classes.
    func classify(_ x: Double, _ y: Double) -> Int {
      let distances = centers.map { ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) }
      return distances.indices.min { distances[$0] < distances[$1] }! * 3 - 2
    }
    let regions = DecisionRegions(of: classify, x: -1...1, y: -1.5...1.5, resolution: 60)
    var wrong = 0
    for _ in 0..<500 {
      let point = Point(.random(in: -1...1, using: &random), .random(in: -1.5...1.5, using: &random))
      // Next to a boundary the outline may be off by a fraction of a step.
      let near = [(-1, 0), (1, 0), (0, -1), (0, 1)].map {
        classify(point.x + $0.0 * 0.02, point.y + $0.1 * 0.02)
      }
      let label = classify(point.x, point.y)
      if near.allSatisfy({ $0 == label }), painted(regions, point) != label { wrong += 1 }
    }
    #expect(wrong == 0, "seed \(seed): \(centers)")
  }

  @Test func boundariesAreFoundBetweenTheGridPoints() throws {
    let regions = DecisionRegions(of: { x, _ in x > 0.3217 ? 1 : 0 }, x: 0...1, y: 0...1, resolution: 10)
    let contour = try #require(regions.areas.last?.contours.first)
    let boundary = zip(contour.points, contour.isBorder).filter { !$0.1 }.map(\.0)
    #expect(boundary.count == 10)
    #expect(boundary.allSatisfy { abs($0.x - 0.3217) < 0.1 / 64 }, "\(boundary)")
  }

  @Test func oneClassNeedsNoOutline() throws {
    let regions = DecisionRegions(of: { _, _ in 5 }, x: 0...1, y: 0...1)
    #expect(regions.classes == [5] && regions.areas.count == 1)
    let parsed = try ParsedSVG(Plot.decisionRegions(of: { _, _ in 5 }, samples: PlotTests.samples).svg())
    #expect(parsed.styled("boundary").isEmpty)
    #expect(parsed.texts.contains("class 5"))
  }

  @Test func aClassWithoutSamplesHasTheColorOfItsRegion() throws {
    let parsed = try ParsedSVG(
      Plot.decisionRegions(of: { x, y in x + y > 1 ? 1 : 0 }, samples: PlotTests.samples).svg())
    for index in 0...1 {
      #expect(parsed.styled("region\(index)").count == 2, "in the plane and in the legend")
      #expect(parsed.styled("marker\(index)").count == 2, "samples and legend")
    }
    #expect(parsed.styled("region2").isEmpty && !parsed.styled("marker2").isEmpty, "class 7 has no region")
    #expect(parsed.styled("boundary").count == 1)
    // What is behind comes first.
    let order = parsed.elements.compactMap { $0.attributes["class"] }
    #expect(order.lastIndex(of: "mga-region1")! < order.lastIndex(of: "mga-marker0")!)
  }

  @Test func fineGridsMakeSmallFiles() {
    let plot = Plot.decisionRegions(
      of: { x, y in Int((x * x + y * y).squareRoot() * 4) % 3 }, samples: PlotTests.samples, resolution: 200)
    #expect(plot.svg().utf8.count < 150_000)
  }

  /// Each point is painted in the class and shade of its probability.
  @Test func shadesFollowTheProbability() {
    let regions = DecisionRegions(
      probability: { x, y in 1 / (1 + Double.exp(-3 * x - y)) }, x: -2...2, y: -1...1, resolution: 40)
    #expect(regions.classes == [0, 1])
    #expect(regions.areas.map(\.label) == [0, 0, 0, 1, 1, 1])
    #expect(regions.areas.map(\.shade) == [.high, .medium, .low, .low, .medium, .high])
    #expect(regions.areas.filter(\.startsClass).count == 2)
    for (area, threshold) in zip(regions.areas.dropFirst(), [0.1, 0.25, 0.5, 0.75, 0.9]) {
      for contour in area.contours {
        for (point, isBorder) in zip(contour.points, contour.isBorder) where !isBorder {
          let probability = 1 / (1 + Double.exp(-3 * point.x - point.y))
          #expect(abs(probability - threshold) < 2e-3, "\(point): got \(probability), expected \(threshold)")
        }
      }
    }
  }

  @Test(
    arguments: [(.nan, 0, .low), (0.5, 0, .low), (-.infinity, 0, .high), (7, 1, .high)]
      as [(Double, Int, DecisionRegions.Shade)])
  func oddProbabilities(_ probability: Double, _ label: Int, _ shade: DecisionRegions.Shade) {
    let areas = DecisionRegions(probability: { _, _ in probability }, x: 0...1, y: 0...1, resolution: 3).areas
    #expect(areas.count == 1 && areas[0].label == label && areas[0].shade == shade, "\(probability): \(areas)")
  }

  @Test func legendAndDescriptionShowTheShades() throws {
    let parsed = try ParsedSVG(
      Plot.decisionRegions(probability: { x, _ in x / 2 }, samples: PlotTests.samples, resolution: 20).svg())
    for style in ["region0low", "region0", "region0high", "region1low", "region1", "region1high"] {
      #expect(parsed.styled(style).count == 2, "\(style): in the plane and in the legend")
    }
    #expect(parsed.styled("boundary").count == 1)
    #expect(parsed.summary.contains("probability of class 1 is 10 %, 25 %, 50 %, 75 %, 90 %"), "\(parsed.summary)")
  }

  @Test(arguments: [Int.min, 0, 1])
  func coarseGrids(_ resolution: Int) {
    let regions = DecisionRegions(
      of: { x, _ in x > 0.5 ? 1 : 0 }, x: 0...1, y: 0...1, resolution: resolution)
    #expect(regions.classes == [0, 1])
  }
}
