import MicrogradRandom
import MicrogradRequirement

/// The centers of the clusters that ``makeBlobs(samples:centers:clusterStandardDeviation:shuffle:seed:)`` makes.
///
/// An integer literal is a number of centers to draw, an array literal gives the centers themselves.
public enum BlobCenters: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  /// A number of centers with the given number of coordinates, each drawn uniformly from the range `box`.
  case drawn(Int, features: Int = 2, box: ClosedRange<Double> = -10...10)
  /// The coordinates of each center.
  case given([[Double]])

  /// Draws that many centers in the plane, from the box of scikit-learn's defaults.
  public init(integerLiteral count: Int) { self = .drawn(count) }
  /// Takes the given centers.
  public init(arrayLiteral centers: [Double]...) { self = .given(centers) }

  /// The centers, drawn from the generator if they are not given.
  func coordinates(using generator: inout NumPyRandom) -> [[Double]] {
    switch self {
    case .drawn(let count, let features, let box):
      require(features > 0, "the number of features must be positive, not \(features)")
      require(count > 0, "the number of centers must be positive, not \(count)")
      return (0..<count).map { _ in
        (0..<features).map { _ in generator.uniform(box.lowerBound, box.upperBound) }
      }
    case .given(let centers):
      require(!centers.isEmpty, "clusters need at least one center")
      for center in centers {
        require(
          !center.isEmpty && center.count == centers[0].count && center.allSatisfy { $0.isFinite },
          "the center \(center) must have as many coordinates as the others, at least one, and all of them finite")
      }
      return centers
    }
  }
}

/// Makes round clusters: scikit-learn's `make_blobs`, point for point.
///
///     makeBlobs(samples: 90, centers: 3, seed: 42)
///     makeBlobs(samples: 60, centers: [[-2, 0], [2, 0]], clusterStandardDeviation: 0.5, seed: 42)
///
/// Centers that are not given are drawn first. Then the points are drawn, cluster by cluster, each coordinate normally
/// distributed around that of the center. The label is the number of the cluster, from 0.
///
/// - Parameters:
///   - samples: The number of samples in all clusters together. If it cannot be shared evenly, the first clusters
///     have one more.
///   - centers: The number of clusters, or their centers.
///   - clusterStandardDeviation: The spread of each cluster, in each coordinate.
///   - shuffle: Whether the samples are put in random order. Otherwise they are ordered by cluster.
///   - seed: The seed of the `NumPyRandom` from which everything is drawn.
/// - Precondition: `samples` is not negative; there is a center; all centers have the same positive number of finite
///   coordinates, or are drawn from a box with finite bounds; `clusterStandardDeviation` is finite and not negative.
public func makeBlobs(
  samples: Int = 100, centers: BlobCenters = 3, clusterStandardDeviation: Double = 1, shuffle: Bool = true,
  seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeBlobs(
    samples: samples, centers: centers, clusterStandardDeviation: clusterStandardDeviation, shuffle: shuffle,
    using: &generator)
}

/// Makes round clusters, as ``makeBlobs(samples:centers:clusterStandardDeviation:shuffle:seed:)`` does, with random
/// numbers from `generator`, as scikit-learn's `make_blobs` takes them from NumPy's global generator.
///
/// - Precondition: That of ``makeBlobs(samples:centers:clusterStandardDeviation:shuffle:seed:)``.
public func makeBlobs(
  samples: Int = 100, centers: BlobCenters = 3, clusterStandardDeviation: Double = 1, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: clusterStandardDeviation)
  let centers = centers.coordinates(using: &generator)
  var blobs: [Sample] = []
  for (label, count) in evenly(samples, among: centers.count).enumerated() {
    for _ in 0..<count {
      let input = centers[label].map {
        generator.normal(mean: $0, standardDeviation: clusterStandardDeviation)
      }
      blobs.append(Sample(input: input, label: label))
    }
  }
  return Dataset(blobs).finished(shuffle: shuffle, noise: nil, using: &generator)
}
