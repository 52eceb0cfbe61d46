import MicrogradRandom
import RealModule
import MicrogradRequirement

/// Makes spiral arms that wind around each other.
///
///     makeSpirals(samples: 300, arms: 3, noise: 0.02, seed: 42)
///
/// Point i = 1, 2, … n of arm a lies at the radius r = i / n and the angle 2π·(r·turns + a / arms): at (r·cos
/// angle, r·sin angle). The arms are thus 1 / (arms·turns) apart, and none has a point at the origin, where
/// all of them would meet. The label is the number of the arm, from 0.
///
/// - Parameters:
// - samples: The number of samples, of all arms together; where it cannot be shared evenly, the first arms
// have
///     one more.
///   - arms: The number of arms, and of classes.
///   - turns: How often an arm winds around the origin; negative numbers wind clockwise.
///   - noise: The standard deviation of the normally distributed numbers that are added to each coordinate;
///     `nil` adds and draws none.
///   - shuffle: Whether the samples come in random order; otherwise one arm comes after the other.
///   - seed: The seed of the ``NumPyRandom`` that order and noise are drawn from.
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

/// Makes spiral arms that wind around each other, as ``makeSpirals(samples:arms:turns:noise:shuffle:seed:)``
/// does, from a generator that goes on.
///
/// - Precondition: `samples` is not negative; `arms` is positive; `turns` is finite; `noise` is finite and
///   not negative.
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
