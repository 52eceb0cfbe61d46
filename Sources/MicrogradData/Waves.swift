import RealModule

/// Makes points of two crossing waves over the square: hills and valleys, which need a hidden layer.
///
///     makeWaves(samples: 200, noise: 0.05, seed: 42)
///
/// The features are drawn uniformly from -1 to 1; the target is sin(π·x₁) · sin(π·x₂), and noise.
///
/// - Parameters:
///   - samples: The number of samples.
///   - noise: The standard deviation of the normally distributed noise that is added to each target. `nil` adds none,
///     and draws no random numbers for it.
///   - seed: The seed of the `NumPyRandom` from which everything is drawn.
/// - Precondition: `samples` is not negative; `noise` is finite and not negative.
public func makeWaves(samples: Int = 100, noise: Double? = nil, seed: UInt32) -> RegressionDataset {
  RegressionDataset(samples: samples, noise: noise, seed: seed) { x, y in .sin(.pi * x) * .sin(.pi * y) }
}
