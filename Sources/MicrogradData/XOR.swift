import MicrogradRandom

/// Makes the square of which opposite quadrants belong together, the problem that no single neuron can solve.
///
///     makeXOR(samples: 200, noise: 0.05, seed: 42)
///
/// Sample i lies in quadrant i mod 4 of the square from -1 to 1, at (±u, ±v) with u and v drawn uniformly
/// from [0, 1). Its label is 1 where the signs differ, and 0 where they agree. Noise comes afterwards and
/// leaves the label alone, so that it mixes the classes along the axes.
///
/// - Parameters:
///   - samples: The number of samples, of all quadrants together.
///   - noise: The standard deviation of the normally distributed numbers that are added to each coordinate;
///     `nil` adds and draws none.
///   - shuffle: Whether the samples come in random order; otherwise the quadrants take turns.
///   - seed: The seed of the ``NumPyRandom`` that everything is drawn from.
/// - Precondition: `samples` is not negative; `noise` is finite and not negative.
public func makeXOR(
  samples: Int = 100, noise: Double? = nil, shuffle: Bool = true, seed: UInt32
) -> Dataset {
  var generator = NumPyRandom(seed: seed)
  return makeXOR(samples: samples, noise: noise, shuffle: shuffle, using: &generator)
}

/// Makes the square of which opposite quadrants belong together, as ``makeXOR(samples:noise:shuffle:seed:)``
/// does, from a generator that goes on.
///
/// - Precondition: `samples` is not negative; `noise` is finite and not negative.
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
