import MicrogradRandom
import RealModule
import MicrogradRequirement

/// Makes a circle within a circle: scikit-learn's `make_circles`, point for point.
///
///     makeCircles(samples: 100, noise: 0.05, factor: 0.5, seed: 42)
///
/// The outer circle, label 0, is (cos t, sin t), the inner one, label 1, is (f·cos t, f·sin t), where f is
/// `factor`, both for t at equal distances from 0 to 2π. Of an odd number of samples the inner circle has one
/// more.
///
/// - Parameters:
///   - samples: The number of samples, of both circles together.
///   - noise: The standard deviation of the normally distributed numbers that are added to each coordinate;
///     `nil` adds and draws none.
///   - factor: The radius of the inner circle.
///   - shuffle: Whether the samples come in random order; otherwise the outer circle comes first.
///   - seed: The seed of the ``NumPyRandom`` that order and noise are drawn from.
/// - Precondition: `samples` is not negative; `noise` is finite and not negative; `factor` is in 0 ..< 1.
public func makeCircles(
  samples: Int = 100, noise: Double? = nil, factor: Double = 0.8, shuffle: Bool = true, seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeCircles(samples: samples, noise: noise, factor: factor, shuffle: shuffle, using: &generator)
}

/// Makes a circle within a circle, as ``makeCircles(samples:noise:factor:shuffle:seed:)`` does, from a
/// generator that goes on: it is what scikit-learn's `make_circles` takes from NumPy's global one.
///
/// - Precondition: `samples` is not negative; `noise` is finite and not negative; `factor` is in 0 ..< 1.
public func makeCircles(
  samples: Int = 100, noise: Double? = nil, factor: Double = 0.8, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: noise)
  let outer = samples / 2
  return makeCircles(
    samples: (outer: outer, inner: samples - outer), noise: noise, factor: factor, shuffle: shuffle,
    using: &generator)
}

/// Makes a circle within a circle, as ``makeCircles(samples:noise:factor:shuffle:seed:)`` does, with a number
/// of samples for each.
///
/// - Precondition: neither number is negative; `noise` is finite and not negative; `factor` is in 0 ..< 1.
public func makeCircles(
  samples: (outer: Int, inner: Int), noise: Double? = nil, factor: Double = 0.8, shuffle: Bool = true,
  seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeCircles(samples: samples, noise: noise, factor: factor, shuffle: shuffle, using: &generator)
}

/// Makes a circle within a circle, as ``makeCircles(samples:noise:factor:shuffle:seed:)`` does, with a number
/// of samples for each and from a generator that goes on.
///
/// - Precondition: neither number is negative; `noise` is finite and not negative; `factor` is in 0 ..< 1.
public func makeCircles(
  samples: (outer: Int, inner: Int), noise: Double? = nil, factor: Double = 0.8, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples.outer, samples.inner, noise: noise)
  require((0..<1).contains(factor), "the factor of the inner circle must be in 0..<1, not \(factor)")
  // Without the endpoint: it would be the first point once more.
  let outer = linearlySpaced(from: 0, to: 2 * .pi, count: samples.outer, endpoint: false)
    .map { Sample(input: [.cos($0), .sin($0)], label: 0) }
  let inner = linearlySpaced(from: 0, to: 2 * .pi, count: samples.inner, endpoint: false)
    .map { Sample(input: [.cos($0) * factor, .sin($0) * factor], label: 1) }
  return Dataset(outer + inner).finished(shuffle: shuffle, noise: noise, using: &generator)
}
