#if os(Linux) || os(macOS)
  import MicrogradRandom
  import Testing

  /// Wrong calls stop the program, and do not go on with made-up numbers.
  struct PreconditionTests {
    @Test func emptyKey() async {
      await #expect(processExitsWith: .failure) { _ = MersenneTwister(key: []) }
    }

    @Test func tooManyBits() async {
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.getrandbits(65)
      }
    }

    @Test func emptyRanges() async {
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.randrange(0)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.randrange(0, 5, step: -1)
      }
      await #expect(processExitsWith: .failure) {
        var random = NumPyRandom(seed: 0)
        _ = random.randint(3, 3)
      }
    }

    @Test func negativeOrUndefinedSpread() async {
      await #expect(processExitsWith: .failure) {
        var random = NumPyRandom(seed: 0)
        _ = random.normal(standardDeviation: -1)
      }
      await #expect(processExitsWith: .failure) {
        var random = NumPyRandom(seed: 0)
        _ = random.normal(standardDeviation: .nan)
      }
    }

    @Test func weightsThatCannotBeChosenBy() async {
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.choices([1, 2], weights: [1])
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.choices([1, 2], weights: [0, 0])
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.choices([1, 2, 3], weights: [1, -0.5, 1])
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.choices([1, 2], weights: [.nan, 1])
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.choices([1, 2], cumulativeWeights: [1, .infinity])
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.choices([Int]())
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.choices([1], k: -1)
      }
    }

    @Test func samplesOfTooMany() async {
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.sample(0..<3, k: 4)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.sample(0..<3, k: -1)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.sample([1, 2], counts: [3, -1], k: 1)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.sample([1, 2], counts: [3], k: 1)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.sample([1, 2], counts: [0, 0], k: 0)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.randbytes(-1)
      }
    }

    @Test func parametersThatDistributionsDoNotHave() async {
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.expovariate(rate: 0)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.paretovariate(shape: 0)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.weibullvariate(scale: 1, shape: -1)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.gammavariate(shape: 0, scale: 1)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.betavariate(1, 0)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.vonmisesvariate(mean: 0, concentration: -1)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 0)
        _ = random.triangular(0, .infinity)
      }
    }
  }
#endif
