import MicrogradRandom
import MicrogradRequirement

/// Samples for regression: points with the same number of features, and the number that belongs to each.
///
///     let waves = makeWaves(samples: 100, noise: 0.05, seed: 42)
///     waves.inputs[0]   // two features
///     waves.targets[0]  // the number to predict
public struct RegressionDataset: Sendable, Equatable {
  /// The features of every sample.
  public let inputs: [[Double]]
  /// The number that belongs to every sample, in the order of ``inputs``.
  public let targets: [Double]

  /// Creates a data set from the features and the targets of its samples.
  ///
  /// - Precondition: there are as many targets as inputs, and all inputs have the same number of features.
  public init(inputs: [[Double]], targets: [Double]) {
    require(
      inputs.count == targets.count,
      "a data set needs one target for each input: it got \(inputs.count) inputs and \(targets.count) targets")
    for (index, input) in inputs.enumerated() {
      require(
        input.count == inputs[0].count,
        "input \(index) has \(input.count) features, but those before it have \(inputs[0].count)")
    }
    self.inputs = inputs
    self.targets = targets
  }

  /// Makes a function's values at points of the square from -1 to 1, in the order in which they are drawn: the features of a
  /// point, then its noise.
  init(samples: Int, noise: Double?, seed: UInt32, of function: (_ x: Double, _ y: Double) -> Double) {
    requireValid(samples: samples, noise: noise)
    var generator = NumPyRandom(seed: seed)
    var inputs: [[Double]] = [], targets: [Double] = []
    for _ in 0..<samples {
      let x = generator.uniform(-1, 1), y = generator.uniform(-1, 1)
      inputs.append([x, y])
      targets.append(function(x, y) + (noise.map { generator.normal(standardDeviation: $0) } ?? 0))
    }
    self.init(inputs: inputs, targets: targets)
  }
}
