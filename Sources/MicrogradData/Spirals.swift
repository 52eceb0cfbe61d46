import MicrogradRandom
import RealModule
import MicrogradRequirement

/// Makes spiral arms that wind around each other.
///
///     makeSpirals(samples: 300, arms: 3, noise: 0.02, seed: 42)
///
/// Point i = 1, 2, … n of arm a lies at the radius r = i / n and the angle 2π·(r·turns + a / arms): at (r·cos
/// angle, r·sin angle). So the arms are 1 / (arms·turns) apart, and none has a point at the origin, where all of them
/// would meet. The label is the number of the arm, from 0.
///
/// - Parameters:
///   - samples: The number of samples in all arms together. If it cannot be shared evenly, the first arms have one more.
///   - arms: The number of arms, and of classes.
///   - turns: The number of times that an arm winds around the origin. Negative numbers wind clockwise.
///   - noise: The standard deviation of the normally distributed noise that is added to each coordinate. `nil` adds
///     none, and draws no random numbers for it.
///   - shuffle: Whether the samples are put in random order. Otherwise they are ordered by arm.
///   - seed: The seed of the `NumPyRandom` from which order and noise are drawn.
/// - Precondition: `samples` is not negative; `arms` is positive; `turns` is finite; `noise` is finite and
///   not negative.
public func makeSpirals(
  samples: Int = 100, arms: Int = 2, turns: Double = 1, noise: Double? = nil, shuffle: Bool = true,
  seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeSpirals(
    samples: samples, arms: arms, turns: turns, noise: noise, shuffle: shuffle, using: &generator)
}

/// Makes spiral arms, as ``makeSpirals(samples:arms:turns:noise:shuffle:seed:)`` does, with random numbers from
/// `generator`.
///
/// - Precondition: That of ``makeSpirals(samples:arms:turns:noise:shuffle:seed:)``.
public func makeSpirals(
  samples: Int = 100, arms: Int = 2, turns: Double = 1, noise: Double? = nil, shuffle: Bool = true,
  using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: noise)
  require(arms > 0, "the number of arms must be positive, not \(arms)")
  require(turns.isFinite, "the number of turns must be finite, not \(turns)")
  var points: [Sample] = []
  for (arm, count) in evenly(samples, among: arms).enumerated() {
    for index in 0..<count {
      let radius = Double(index + 1) / Double(count)
      let angle = 2 * Double.pi * (radius * turns + Double(arm) / Double(arms))
      points.append(Sample(input: [radius * .cos(angle), radius * .sin(angle)], label: arm))
    }
  }
  return Dataset(points).finished(shuffle: shuffle, noise: noise, using: &generator)
}
