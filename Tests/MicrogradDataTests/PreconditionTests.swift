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

    @Test func metrics() async {
      await #expect(processExitsWith: .failure) { _ = accuracyScore(targets: [1], predictions: [1, 2]) }
      await #expect(processExitsWith: .failure) { _ = meanAbsoluteError(targets: [], predictions: []) }
      await #expect(processExitsWith: .failure) { _ = meanSquaredError(targets: [1], predictions: []) }
      await #expect(processExitsWith: .failure) {
        _ = confusionMatrix(targets: [1], predictions: [2], labels: [0, 1])
      }
      await #expect(processExitsWith: .failure) {
        _ = confusionMatrix(targets: [1], predictions: [1], labels: [1, 1])
      }
      await #expect(processExitsWith: .failure) { _ = ConfusionMatrix(labels: [1, 2], counts: [[1, 2]]) }
      await #expect(processExitsWith: .failure) { _ = ConfusionMatrix(labels: [1], counts: [[0]]) }
      await #expect(processExitsWith: .failure) {
        _ = f1Score(targets: [0, 1], predictions: [0, 1], average: .binary(positive: 2))
      }
      await #expect(processExitsWith: .failure) { _ = rocAUCScore(targets: [0, 1, 2], scores: [0, 1, 2]) }
      await #expect(processExitsWith: .failure) {
        _ = rocAUCScore(targets: [0], probabilities: [[1]], labels: [0, 1])
      }
      await #expect(processExitsWith: .failure) {
        _ = logLoss(targets: [0], probabilities: [[1.5, -0.5]], labels: [0, 1])
      }
      await #expect(processExitsWith: .failure) { _ = logLoss(targets: [0], probabilities: [[1]], labels: [0]) }
    }

    @Test func splits() async {
      await #expect(processExitsWith: .failure) { _ = trainTestSplit(count: 2, testFraction: -0.1, seed: 1) }
      await #expect(processExitsWith: .failure) { _ = trainTestSplit(count: -1, testFraction: 0.5, seed: 1) }
      await #expect(processExitsWith: .failure) { _ = try? kFold(count: 2, folds: 1, seed: 1) }
      await #expect(processExitsWith: .failure) {
        _ = try? stratifiedTrainTestSplit(labels: [0, 0], testFraction: .nan, seed: 1)
      }
    }
  }
#endif
