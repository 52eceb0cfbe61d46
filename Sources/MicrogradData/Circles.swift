import MicrogradRandom
import RealModule
import MicrogradRequirement

/// Makes a circle inside another one: scikit-learn's `make_circles`, point for point.
///
///     makeCircles(samples: 100, noise: 0.05, factor: 0.5, seed: 42)
///
/// The outer circle, label 0, is (cos t, sin t), the inner one, label 1, is (f·cos t, f·sin t), where f is
/// `factor`, both for t at equal distances from 0 to 2π.
///
/// - Parameters:
///   - samples: The number of samples in both circles together.
///   - inner: The number of samples in the inner circle, by default half of `samples`, rounded up. (scikit-learn's
///     `n_samples=(5, 8)` is `samples: 13, inner: 8`.)
///   - noise: The standard deviation of the normally distributed noise that is added to each coordinate. `nil` adds
///     none, and draws no random numbers for it.
///   - factor: The radius of the inner circle.
///   - shuffle: Whether the samples are put in random order. Otherwise the outer circle comes first.
///   - seed: The seed of the `NumPyRandom` from which order and noise are drawn.
/// - Precondition: `samples` is not negative; `inner` is in 0 ... `samples`; `noise` is finite and not negative;
///   `factor` is in 0 ..< 1.
public func makeCircles(
  samples: Int = 100, inner: Int? = nil, noise: Double? = nil, factor: Double = 0.8, shuffle: Bool = true,
  seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeCircles(
    samples: samples, inner: inner, noise: noise, factor: factor, shuffle: shuffle, using: &generator)
}

/// Makes a circle inside another one, as ``makeCircles(samples:inner:noise:factor:shuffle:seed:)`` does, with random
/// numbers from `generator`, as scikit-learn's `make_circles` takes them from NumPy's global generator.
///
/// - Precondition: That of ``makeCircles(samples:inner:noise:factor:shuffle:seed:)``.
public func makeCircles(
  samples: Int = 100, inner: Int? = nil, noise: Double? = nil, factor: Double = 0.8, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: noise)
  let (outerCount, innerCount) = split(samples, inner: inner)
  require((0..<1).contains(factor), "the factor of the inner circle must be in 0..<1, not \(factor)")
  // Without the endpoint, which would be the first point again.
  let outer = linearlySpaced(from: 0, to: 2 * .pi, count: outerCount, endpoint: false)
    .map { Sample(input: [.cos($0), .sin($0)], label: 0) }
  let inner = linearlySpaced(from: 0, to: 2 * .pi, count: innerCount, endpoint: false)
    .map { Sample(input: [.cos($0) * factor, .sin($0) * factor], label: 1) }
  return Dataset(outer + inner).finished(shuffle: shuffle, noise: noise, using: &generator)
}
