import MicrogradData
import MicrogradRandom
import Testing

struct GeneratorTests {
  @Test func xorWithoutNoiseIsLabelledByItsSigns() {
    let xor = makeXOR(samples: 402, seed: 5)
    for sample in xor {
      let differ = (sample.input[0] < 0) != (sample.input[1] < 0)
      #expect(sample.label == (differ ? 1 : 0), "\(sample)")
      #expect(sample.input.allSatisfy { abs($0) < 1 }, "\(sample)")
    }
    #expect(xor.labels.count { $0 == 1 } == 201)
    // All four quadrants, and all of each: the mean of a coordinate's magnitude is ½.
    for signs in [(1.0, 1.0), (-1, 1), (-1, -1), (1, -1)] {
      let quadrant = xor.inputs.filter { $0[0] * signs.0 > 0 && $0[1] * signs.1 > 0 }
      #expect((100...101).contains(quadrant.count), "quadrant \(signs)")
      let mean = quadrant.reduce(0) { $0 + abs($1[0]) + abs($1[1]) } / Double(2 * quadrant.count)
      #expect(abs(mean - 0.5) < 0.1, "quadrant \(signs): got \(mean)")
    }
  }

  @Test func xorUnshuffledTakesTurns() {
    var random = NumPyRandom(seed: 8)
    let xor = makeXOR(samples: 5, shuffle: false, seed: 8)
    #expect(xor.labels == [0, 1, 0, 1, 0])
    let signs: [[Double]] = [[1, 1], [-1, 1], [-1, -1], [1, -1], [1, 1]]
    let expected = signs.map { [$0[0] * random.random(), $0[1] * random.random()] }
    #expect(xor.inputs == expected)
  }

  @Test func spiralsLieOnTheirFormula() {
    let spirals = makeSpirals(samples: 10, arms: 3, turns: 0.5, shuffle: false, seed: 0)
    #expect(spirals.labels == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
    // The last point of an arm lies on the unit circle, at 180° + 120° · arm.
    let ends: [[Double]] = [[-1, 0], [0.5, -0.75.squareRoot()], [0.5, 0.75.squareRoot()]]
    for (arm, position) in [3, 6, 9].enumerated() {
      let end = spirals.inputs[position]
      #expect(zip(end, ends[arm]).allSatisfy { abs($0 - $1) < 1e-14 }, "arm \(arm): got \(end)")
    }
    // The second of four points: half of the radius, a quarter of a turn.
    let middle = spirals.inputs[1]
    #expect(abs(middle[0]) < 1e-14 && abs(middle[1] - 0.5) < 1e-14, "got \(middle)")
  }

  @Test(arguments: [0, 1, 2, 5, 300])
  func everyKindMakesAsManySamplesAsAsked(samples: Int) {
    for kind in DatasetKind.allCases {
      let dataset = kind.makeDataset(samples: samples, noise: kind.defaultNoise, seed: 42)
      #expect(dataset.count == samples, "\(kind)")
      #expect(dataset.inputs.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isFinite) }, "\(kind)")
      let sizes = Set(dataset.labels).map { label in dataset.labels.count { $0 == label } }
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(kind): classes of \(sizes)")
    }
  }

  @Test(arguments: DatasetKind.allCases)
  func theSeedAndTheNoiseMatter(kind: DatasetKind) {
    let dataset = kind.makeDataset(samples: 50, noise: 0.1, seed: 1)
    #expect(dataset == kind.makeDataset(samples: 50, noise: 0.1, seed: 1))
    #expect(dataset != kind.makeDataset(samples: 50, noise: 0.1, seed: 2))
    #expect(dataset != kind.makeDataset(samples: 50, noise: 0.2, seed: 1))
    #expect(dataset.labels == kind.makeDataset(samples: 50, noise: 0.2, seed: 1).labels)
    #expect(!kind.summary.isEmpty && !kind.summary.contains("\n"))
  }
}
