/// A kind of data set for regression that can be made, for menus.
///
///     for kind in RegressionKind.allCases { print(kind.rawValue, kind.summary) }
///     RegressionKind(rawValue: "waves")?.makeDataset(samples: 100, noise: 0.05, seed: 42)
public enum RegressionKind: String, CaseIterable, Sendable {
  /// A plane: ``makePlane(samples:noise:seed:)``.
  case plane
  /// Two crossing waves: ``makeWaves(samples:noise:seed:)``.
  case waves

  /// A description of its shape, in one line.
  public var summary: String {
    switch self {
    case .plane: "a plane, which a single linear neuron fits"
    case .waves: "two crossing waves: hills and valleys, which need a hidden layer"
    }
  }

  /// A noise with which the shape is blurred, but still easy to recognise.
  public var defaultNoise: Double { 0.05 }

  /// Makes a data set of this kind.
  ///
  /// - Parameters:
  ///   - samples: The number of samples.
  ///   - noise: The standard deviation of the noise that is added to each target.
  ///   - seed: The seed of the `NumPyRandom` from which everything is drawn.
  /// - Precondition: `samples` is not negative; `noise` is finite and not negative.
  public func makeDataset(samples: Int, noise: Double, seed: UInt32) -> RegressionDataset {
    switch self {
    case .plane: makePlane(samples: samples, noise: noise, seed: seed)
    case .waves: makeWaves(samples: samples, noise: noise, seed: seed)
    }
  }
}
