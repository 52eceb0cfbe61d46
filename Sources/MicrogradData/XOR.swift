import MicrogradRandom

/// Makes points in a square of four quadrants, where opposite quadrants have the same class. No single neuron can
/// separate the classes.
///
///     makeXOR(samples: 200, noise: 0.05, seed: 42)
///
/// Sample i lies in quadrant i mod 4 of the square from -1 to 1, at (±u, ±v) with u and v drawn uniformly
/// from [0, 1). Its label is 1 where the signs differ, and 0 where they agree. Noise is added afterwards and does not
/// change the label, so the classes mix along the axes.
///
/// - Parameters:
///   - samples: The number of samples in all quadrants together.
///   - noise: The standard deviation of the normally distributed noise that is added to each coordinate. `nil` adds
///     none, and draws no random numbers for it.
///   - shuffle: Whether the samples are put in random order. Otherwise the quadrants take turns.
///   - seed: The seed of the `NumPyRandom` from which everything is drawn.
/// - Precondition: `samples` is not negative; `noise` is finite and not negative.
public func makeXOR(
  samples: Int = 100, noise: Double? = nil, shuffle: Bool = true, seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeXOR(samples: samples, noise: noise, shuffle: shuffle, using: &generator)
}

/// Makes the points of ``makeXOR(samples:noise:shuffle:seed:)`` with random numbers from `generator`.
///
/// - Precondition: That of ``makeXOR(samples:noise:shuffle:seed:)``.
public func makeXOR(
  samples: Int = 100, noise: Double? = nil, shuffle: Bool = true, using generator: inout NumPyRandom
) -> Dataset {
  requireValid(samples: samples, noise: noise)
  let quadrants: [(x: Double, y: Double, label: Int)] = [(1, 1, 0), (-1, 1, 1), (-1, -1, 0), (1, -1, 1)]
  let points = (0..<samples).map { index in
    let quadrant = quadrants[index % 4]
    let x = quadrant.x * generator.random()
    let y = quadrant.y * generator.random()
    return Sample(input: [x, y], label: quadrant.label)
  }
  return Dataset(points).finished(shuffle: shuffle, noise: noise, using: &generator)
}
