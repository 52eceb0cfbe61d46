/// A kind of data set that can be made, for menus and command lines.
///
///     for kind in DatasetKind.allCases { print(kind.rawValue, kind.summary) }
///     DatasetKind(rawValue: "moons")?.makeDataset(samples: 100, noise: 0.1, seed: 42)
public enum DatasetKind: String, CaseIterable, Sendable {
  /// Two half circles: ``makeMoons(samples:inner:noise:shuffle:seed:)``.
  case moons
  /// A circle inside another one: ``makeCircles(samples:inner:noise:factor:shuffle:seed:)``.
  case circles
  /// Three clusters: ``makeBlobs(samples:centers:clusterStandardDeviation:shuffle:seed:)``.
  case blobs
  /// Four quadrants: ``makeXOR(samples:noise:shuffle:seed:)``.
  case xor
  /// Two spiral arms: ``makeSpirals(samples:arms:turns:noise:shuffle:seed:)``.
  case spirals

  /// A description of its shape, in one line.
  public var summary: String {
    switch self {
    case .moons: "two interleaving half circles (as scikit-learn's make_moons)"
    case .circles: "a circle inside another one (as scikit-learn's make_circles)"
    case .blobs: "three round clusters, with the noise as their spread (as scikit-learn's make_blobs)"
    case .xor: "four quadrants, where opposite ones have the same class: no straight line can separate the classes"
    case .spirals: "two spiral arms that wind around each other"
    }
  }

  /// A noise with which the shape is blurred, but still easy to recognise.
  public var defaultNoise: Double {
    switch self {
    case .moons: 0.1
    case .circles: 0.05
    case .blobs: 1
    case .xor: 0.05
    case .spirals: 0.03
    }
  }

  /// Makes a data set of this kind, in random order.
  ///
  /// - Parameters:
  ///   - samples: The number of samples in all classes together.
  ///   - noise: The standard deviation of the noise that is added to each feature.
  ///   - seed: The seed of the `NumPyRandom` from which everything is drawn.
  /// - Precondition: `samples` is not negative; `noise` is finite and not negative.
  public func makeDataset(samples: Int, noise: Double, seed: UInt32) -> Dataset {
    switch self {
    case .moons: makeMoons(samples: samples, noise: noise, seed: seed)
    case .circles: makeCircles(samples: samples, noise: noise, seed: seed)
    case .blobs: makeBlobs(samples: samples, clusterStandardDeviation: noise, seed: seed)
    case .xor: makeXOR(samples: samples, noise: noise, seed: seed)
    case .spirals: makeSpirals(samples: samples, noise: noise, seed: seed)
    }
  }
}
