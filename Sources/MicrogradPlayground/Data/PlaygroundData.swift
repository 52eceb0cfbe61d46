import MicrogradData
import MicrogradJSON
import RealModule

/// The samples of a run, split in those to train with and those to test with.
struct PlaygroundData: Sendable {
  typealias Point = DataSettings.Point

  let training: [Point]
  let test: [Point]

  init(_ settings: PlaygroundSettings) {
    let points = Self.points(settings), share = settings.data.test, seed = UInt32(settings.data.seed)
    // At least one sample is left to train with.
    let split = trainTestSplit(count: points.count, testFraction: points.count == 1 ? 0 : share, seed: seed)
    var training = split.training, test = split.test
    if training.isEmpty { training.append(test.removeLast()) }
    // In the order of the data set, so that without a test set the run is that of the data set itself.
    self.training = training.sorted().map { points[$0] }
    self.test = test.sorted().map { points[$0] }
  }

  private static func points(_ settings: PlaygroundSettings) -> [Point] {
    let data = settings.data, seed = UInt32(data.seed)
    switch data.kind {
    case .points: return data.points
    case .classes(.blobs):
      let centers = circle(data.classes)
      return points(
        makeBlobs(
          samples: data.samples, centers: .given(centers), clusterStandardDeviation: data.noise, seed: seed))
    case .classes(.spirals):
      return points(makeSpirals(samples: data.samples, arms: data.classes, noise: data.noise, seed: seed))
    case .classes(let kind): return points(kind.makeDataset(samples: data.samples, noise: data.noise, seed: seed))
    case .numbers(let kind):
      let set = kind.makeDataset(samples: data.samples, noise: data.noise, seed: seed)
      return zip(set.inputs, set.targets).map { Point(x: $0[0], y: $0[1], target: $1) }
    }
  }

  private static func points(_ set: Dataset) -> [Point] {
    set.map { Point(x: $0.input[0], y: $0.input[1], target: Double($0.label)) }
  }

  /// Places at equal distances on the unit circle.
  private static func circle(_ count: Int) -> [[Double]] {
    (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      return [.cos(angle), .sin(angle)]
    }
  }

  /// The rectangle around all samples, with a margin.
  var bounds: PlaygroundBounds { PlaygroundBounds(around: training + test) }
}
