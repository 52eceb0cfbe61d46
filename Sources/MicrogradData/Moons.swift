import MicrogradRandom
import RealModule

/// Makes two half circles that reach into each other: scikit-learn's `make_moons`, point for point.
///
///     makeMoons(samples: 100, noise: 0.1, seed: 42)
///
/// The outer moon, label 0, is (cos t, sin t), the inner one, label 1, is (1 - cos t, ½ - sin t), both for t
/// at equal distances from 0 to π. Of an odd number of samples the inner moon has one more.
///
/// - Parameters:
///   - samples: The number of samples, of both moons together.
///   - noise: The standard deviation of the normally distributed numbers that are added to each coordinate;
///     `nil` adds and draws none.
///   - shuffle: Whether the samples come in random order; otherwise the outer moon comes first.
///   - seed: The seed of the ``NumPyRandom`` that order and noise are drawn from.
/// - Precondition: `samples` is not negative; `noise` is finite and not negative.
public func makeMoons(
  samples: Int = 100, noise: Double? = nil, shuffle: Bool = true, seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeMoons(samples: samples, noise: noise, shuffle: shuffle, using: &generator)
}

/// Makes two half circles that reach into each other, as ``makeMoons(samples:noise:shuffle:seed:)`` does,
/// from a generator that goes on: it is what scikit-learn's `make_moons` takes from NumPy's global one.
///
///     var random = NumPyRandom(seed: 42)  // numpy.random.seed(42)
///     makeMoons(samples: 100, noise: 0.1, using: &random)
///
/// - Precondition: `samples` is not negative; `noise` is finite and not negative.
public func makeMoons(
  samples: Int = 100, noise: Double? = nil, shuffle: Bool = true, using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: noise)
  let outer = samples / 2
  return makeMoons(
    samples: (outer: outer, inner: samples - outer), noise: noise, shuffle: shuffle, using: &generator)
}

/// Makes two half circles, as ``makeMoons(samples:noise:shuffle:seed:)`` does, with a number of samples for
/// each.
///
/// - Precondition: neither number is negative; `noise` is finite and not negative.
public func makeMoons(
  samples: (outer: Int, inner: Int), noise: Double? = nil, shuffle: Bool = true, seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeMoons(samples: samples, noise: noise, shuffle: shuffle, using: &generator)
}

/// Makes two half circles, as ``makeMoons(samples:noise:shuffle:seed:)`` does, with a number of samples for
/// each and from a generator that goes on.
///
/// - Precondition: neither number is negative; `noise` is finite and not negative.
public func makeMoons(
  samples: (outer: Int, inner: Int), noise: Double? = nil, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples.outer, samples.inner, noise: noise)
  let outer = linearlySpaced(from: 0, to: .pi, count: samples.outer)
    .map { Sample(input: [.cos($0), .sin($0)], label: 0) }
  let inner = linearlySpaced(from: 0, to: .pi, count: samples.inner)
    .map { Sample(input: [1 - .cos($0), 1 - .sin($0) - 0.5], label: 1) }
  return Dataset(outer + inner).finished(shuffle: shuffle, noise: noise, using: &generator)
}
