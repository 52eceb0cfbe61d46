import MicrogradData
import MicrogradRandom
import Testing

struct RegressionDatasetTests {
  @Test("Features are drawn uniformly, and targets are the function's values")
  func values() {
    var random = NumPyRandom(seed: 7)
    let plane = makePlane(samples: 50, seed: 7), waves = makeWaves(samples: 50, seed: 7)
    for index in 0..<50 {
      let x = random.uniform(-1, 1), y = random.uniform(-1, 1)
      #expect(plane.inputs[index] == [x, y] && waves.inputs[index] == [x, y], "sample \(index)")
      #expect(plane.targets[index] == (x + y) / 2, "sample \(index)")
      // sin(πx)·sin(πy) = (cos(π(x - y)) - cos(π(x + y))) / 2
      #expect(abs(waves.targets[index]) <= 1 && (waves.targets[index] > 0) == (x * y > 0), "sample \(index)")
    }
  }

  @Test("Noise is drawn after a point, with its standard deviation", arguments: RegressionKind.allCases)
  func noise(_ kind: RegressionKind) {
    let noisy = kind.makeDataset(samples: 2000, noise: 0.1, seed: 3)
    let still = kind.makeDataset(samples: 2000, noise: 0, seed: 3)
    #expect(noisy.inputs == still.inputs, "the same draws, times 0")
    let square = zip(noisy.targets, still.targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 2000
    #expect(abs(square.squareRoot() - 0.1) < 0.005, "got \(square.squareRoot())")
    #expect(kind.makeDataset(samples: 20, noise: 0.1, seed: 3) == kind.makeDataset(samples: 20, noise: 0.1, seed: 3))
    #expect(!kind.summary.isEmpty && kind.defaultNoise > 0)
  }
}
