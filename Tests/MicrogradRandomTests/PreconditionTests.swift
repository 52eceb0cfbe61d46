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
  }
#endif
