import MicrogradRandom
import RealModule

/// Makes two interleaving half circles: scikit-learn's `make_moons`, point for point.
///
///     makeMoons(samples: 100, noise: 0.1, seed: 42)
///
/// The outer moon, label 0, is (cos t, sin t), the inner one, label 1, is (1 - cos t, ½ - sin t), both for t
/// at equal distances from 0 to π.
///
/// - Parameters:
///   - samples: The number of samples in both moons together.
///   - inner: The number of samples in the inner moon, by default half of `samples`, rounded up. (scikit-learn's
///     `n_samples=(7, 12)` is `samples: 19, inner: 12`.)
///   - noise: The standard deviation of the normally distributed noise that is added to each coordinate. `nil` adds
///     none, and draws no random numbers for it.
///   - shuffle: Whether the samples are put in random order. Otherwise the outer moon comes first.
///   - seed: The seed of the `NumPyRandom` from which order and noise are drawn.
/// - Precondition: `samples` is not negative; `inner` is in 0 ... `samples`; `noise` is finite and not negative.
public func makeMoons(
  samples: Int = 100, inner: Int? = nil, noise: Double? = nil, shuffle: Bool = true, seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeMoons(samples: samples, inner: inner, noise: noise, shuffle: shuffle, using: &generator)
}

/// Makes two interleaving half circles, as ``makeMoons(samples:inner:noise:shuffle:seed:)`` does, with random numbers
/// from `generator`, as scikit-learn's `make_moons` takes them from NumPy's global generator.
///
///     var random = NumPyRandom(seed: 42)  // numpy.random.seed(42)
///     makeMoons(samples: 100, noise: 0.1, using: &random)
///
/// - Precondition: That of ``makeMoons(samples:inner:noise:shuffle:seed:)``.
public func makeMoons(
  samples: Int = 100, inner: Int? = nil, noise: Double? = nil, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: noise)
  let (outerCount, innerCount) = split(samples, inner: inner)
  let outer = linearlySpaced(from: 0, to: .pi, count: outerCount)
    .map { Sample(input: [.cos($0), .sin($0)], label: 0) }
  let inner = linearlySpaced(from: 0, to: .pi, count: innerCount)
    .map { Sample(input: [1 - .cos($0), 1 - .sin($0) - 0.5], label: 1) }
  return Dataset(outer + inner).finished(shuffle: shuffle, noise: noise, using: &generator)
}
