import MicrogradRandom
import MicrogradRequirement

/// Makes round clusters around centers that are drawn: scikit-learn's `make_blobs`, point for point.
///
///     makeBlobs(samples: 90, centers: 3, seed: 42)
///
/// First the centers are drawn, uniformly from the box; then the points of one cluster after the other, each
/// coordinate normally distributed around that of the center. The label is the number of the cluster, from 0.
///
/// - Parameters:
///   - samples: The number of samples, of all clusters together; where it cannot be shared evenly, the first
///     clusters have one more.
///   - features: The number of coordinates of a sample.
///   - centers: The number of clusters.
///   - clusterStandardDeviation: The spread of each cluster, in each coordinate.
///   - centerBox: What each coordinate of a center is drawn from.
///   - shuffle: Whether the samples come in random order; otherwise one cluster comes after the other.
///   - seed: The seed of the ``NumPyRandom`` that everything is drawn from.
/// - Precondition: `samples` is not negative; `features` and `centers` are positive;
///   `clusterStandardDeviation` is finite and not negative; the bounds of `centerBox` are finite.
public func makeBlobs(
  samples: Int = 100, features: Int = 2, centers: Int = 3, clusterStandardDeviation: Double = 1,
  centerBox: ClosedRange<Double> = -10...10, shuffle: Bool = true, seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeBlobs(
    samples: samples, features: features, centers: centers,
    clusterStandardDeviation: clusterStandardDeviation, centerBox: centerBox, shuffle: shuffle,
    using: &generator)
}

/// Makes round clusters around centers that are drawn, as
/// ``makeBlobs(samples:features:centers:clusterStandardDeviation:centerBox:shuffle:seed:)`` does, from a
/// generator that goes on: it is what scikit-learn's `make_blobs` takes from NumPy's global one.
///
/// - Precondition: `samples` is not negative; `features` and `centers` are positive;
///   `clusterStandardDeviation` is finite and not negative; the bounds of `centerBox` are finite.
public func makeBlobs(
  samples: Int = 100, features: Int = 2, centers: Int = 3, clusterStandardDeviation: Double = 1,
  centerBox: ClosedRange<Double> = -10...10, shuffle: Bool = true, using generator: inout NumPyRandom
) -> Dataset {
  require(features > 0, "the number of features must be positive, not \(features)")
  require(centers > 0, "the number of centers must be positive, not \(centers)")
  let points = (0..<centers).map { _ in
    (0..<features).map { _ in generator.uniform(centerBox.lowerBound, centerBox.upperBound) }
  }
  return makeBlobs(
    samples: samples, centers: points, clusterStandardDeviation: clusterStandardDeviation, shuffle: shuffle,
    using: &generator)
}

/// Makes round clusters around given points: scikit-learn's `make_blobs` with an array of `centers`.
///
///     makeBlobs(samples: 60, centers: [[-2, 0], [2, 0]], clusterStandardDeviation: 0.5, seed: 42)
///
/// - Precondition: `samples` is not negative; there is a center, and all have the same positive number of
///   finite coordinates; `clusterStandardDeviation` is finite and not negative.
public func makeBlobs(
  samples: Int = 100, centers: [[Double]], clusterStandardDeviation: Double = 1, shuffle: Bool = true,
  seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeBlobs(
    samples: samples, centers: centers, clusterStandardDeviation: clusterStandardDeviation, shuffle: shuffle,
    using: &generator)
}

/// Makes round clusters around given points, from a generator that goes on.
///
/// - Precondition: `samples` is not negative; there is a center, and all have the same positive number of
///   finite coordinates; `clusterStandardDeviation` is finite and not negative.
public func makeBlobs(
  samples: Int = 100, centers: [[Double]], clusterStandardDeviation: Double = 1, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: clusterStandardDeviation)
  require(!centers.isEmpty, "clusters need at least one center")
  for center in centers {
    require(
      !center.isEmpty && center.count == centers[0].count && center.allSatisfy(\.isFinite),
      "the center \(center) must have as many coordinates as the others, at least one, and all of them finite"
    )
  }
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
