import MicrogradEngine

/// The content of a plot's layers that can be drawn.
struct PlotContent {
  enum Item {
    case samples(SamplePoints)
    case regions(DecisionRegions)
    /// A curve with its position among the curves, and the pieces between its interruptions.
    case curve(Series, index: Int, pieces: [[Point]])
  }

  private(set) var items: [Item] = []
  /// All classes of samples and regions, in ascending order. The position of a class determines its colour and shape.
  private(set) var classes: [Int] = []
  private(set) var omitted = 0
  /// The largest number of inputs of a sample.
  private(set) var inputCount = 0

  init(_ layers: [Plot.Layer]) {
    var curves = 0
    for layer in layers {
      switch layer {
      case .samples(let data, let inputs):
        let points = SamplePoints(data, inputs: inputs)
        items.append(.samples(points))
        omitted += points.omitted
        inputCount = max(inputCount, data.featureCount)
        classes += points.points.map(\.label)
      case .regions(let regions):
        items.append(.regions(regions))
        classes += regions.classes
      case .curve(let series):
        let pieces = Self.pieces(of: series)
        omitted += series.points.count - pieces.reduce(0) { $0 + $1.count }
        items.append(.curve(series, index: curves, pieces: pieces))
        curves += 1
      }
    }
    classes = Set(classes).sorted()
  }

  private static func pieces(of series: Series) -> [[Point]] {
    series.points.split { !Scale.canShow($0.x) || !Scale.canShow($0.y) }.map { $0.map { Point($0.x, $0.y) } }
  }

  // MARK: Kinds

  var sampleCounts: [Int: Int] {
    var counts: [Int: Int] = [:]
    for case .samples(let samples) in items {
      for entry in samples.points { counts[entry.label, default: 0] += 1 }
    }
    return counts
  }

  var regions: [DecisionRegions] {
    items.compactMap { if case .regions(let regions) = $0 { regions } else { nil } }
  }

  /// Returns the shades of a class's regions, the deepest last. There are none if it has no region.
  func shades(of label: Int) -> [DecisionRegions.Shade] {
    let shades = Set(regions.flatMap(\.areas).filter { $0.label == label }.map(\.shade))
    return DecisionRegions.Shade.allCases.filter(shades.contains)
  }

  func curves(_ scale: Series.Scale) -> [(name: String, points: [Point])] {
    items.compactMap {
      guard case .curve(let series, _, let pieces) = $0, series.scale == scale else { return nil }
      return (series.name, pieces.flatMap { $0 })
    }
  }

  // MARK: Extents

  var xDomain: ClosedRange<Double> {
    let curvePoints = Series.Scale.allCases.flatMap(curves).flatMap(\.points)
    let ends = regions.flatMap { [$0.x.lowerBound, $0.x.upperBound] }
    return Scale.domain(of: (samplePoints + curvePoints).map(\.x) + ends, margin: margin)
  }

  /// Returns the range of an axis, or nil if no curve uses it. The left one is always there.
  ///
  /// Regions reach to its ends, and samples without regions have a margin. For curves alone, the ends are round numbers, and
  /// 0 is included if it is near. Percentages range from 0 to 100 unless some lie outside.
  func domain(of scale: Series.Scale, ticks: Int) -> ClosedRange<Double>? {
    let curves = curves(scale), heights = curves.flatMap(\.points).map(\.y)
    switch scale {
    case .left where !samplePoints.isEmpty || !regions.isEmpty:
      let ends = regions.flatMap { [$0.y.lowerBound, $0.y.upperBound] }
      return Scale.domain(of: heights + samplePoints.map(\.y) + ends, margin: margin)
    case .percent:
      return curves.isEmpty ? nil : Ticks.rounded(Scale.domain(of: heights + [0, 100]), atMost: ticks)
    case .left, .right:
      guard scale == .left || !curves.isEmpty else { return nil }
      let low = heights.min() ?? 0, high = heights.max() ?? 0
      let isNearZero = low > 0 && low < high / 2
      return Ticks.rounded(Scale.domain(of: isNearZero ? heights + [0] : heights), atMost: ticks)
    }
  }

  private var samplePoints: [Point] {
    items.flatMap { item in
      guard case .samples(let samples) = item else { return [Point]() }
      return samples.points.map(\.point)
    }
  }

  private var margin: Double { regions.isEmpty && !samplePoints.isEmpty ? 0.06 : 0 }
}
