/// The data sets that can be made, for menus and command lines.
///
///     for kind in DatasetKind.allCases { print(kind.rawValue, kind.summary) }
///     DatasetKind(rawValue: "moons")?.makeDataset(samples: 100, noise: 0.1, seed: 42)
public enum DatasetKind: String, CaseIterable, Sendable {
  /// Two half circles: ``makeMoons(samples:inner:noise:shuffle:seed:)``.
  case moons
  /// Two circles around one another: ``makeCircles(samples:inner:noise:factor:shuffle:seed:)``.
  case circles
  /// Three clusters: ``makeBlobs(samples:centers:clusterStandardDeviation:shuffle:seed:)``.
  case blobs
  /// Four quadrants: ``makeXOR(samples:noise:shuffle:seed:)``.
  case xor
  /// Two spiral arms: ``makeSpirals(samples:arms:turns:noise:shuffle:seed:)``.
  case spirals

  /// What it looks like, in one line.
  public var summary: String {
    switch self {
    case .moons: "two half circles that reach into each other (as scikit-learn's make_moons)"
    case .circles: "a circle within a circle (as scikit-learn's make_circles)"
    case .blobs: "three round clusters, the noise being their spread (as scikit-learn's make_blobs)"
    case .xor: "four quadrants, opposite ones of the same class: no straight line can part them"
    case .spirals: "two spiral arms that wind around each other"
    }
  }

  /// A noise that blurs the shape and leaves it easy to recognise.
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
  ///   - samples: The number of samples, of all classes together.
  ///   - noise: The standard deviation of what is added to each feature.
  ///   - seed: The seed of the ``NumPyRandom`` that everything is drawn from.
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
