#if os(Linux) || os(macOS)
  import MicrogradData
  import Testing

  /// Wrong calls stop the program, and do not go on with made-up numbers.
  struct PreconditionTests {
    @Test func generators() async {
      await #expect(processExitsWith: .failure) { _ = makeMoons(samples: -1, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeMoons(samples: 2, inner: -1, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeXOR(noise: .nan, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeCircles(samples: 2, inner: 3, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeXOR(noise: -0.1, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeXOR(noise: .infinity, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeCircles(factor: 1, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeBlobs(centers: 0, seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeBlobs(centers: [[0, 1], [2]], seed: 0) }
      await #expect(processExitsWith: .failure) { _ = makeSpirals(arms: 0, seed: 0) }
    }

    @Test func datasetsAndTables() async {
      await #expect(processExitsWith: .failure) { _ = Dataset(inputs: [[1]], labels: []) }
      await #expect(processExitsWith: .failure) { _ = Dataset(inputs: [[1], [1, 2]], labels: [0, 1]) }
      await #expect(processExitsWith: .failure) { _ = Dataset([]).split(at: 1) }
      await #expect(processExitsWith: .failure) { _ = Dataset([]).split(trainFraction: .nan) }
      await #expect(processExitsWith: .failure) { _ = Dataset([]).split(testFraction: 1.5, seed: 1) }
      await #expect(processExitsWith: .failure) { _ = Table(columnNames: ["a", "a"], rows: []) }
      await #expect(processExitsWith: .failure) { _ = Table(columnNames: ["a"], rows: [[1, 2]]) }
    }
  }
#endif
