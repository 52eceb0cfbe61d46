import Foundation
import MicrogradData
import MicrogradRandom
import Testing

/// Reads a file of `Facts`, of which README.md says what scikit-learn was asked.
func facts(_ name: String) throws -> Dataset {
  let url = try #require(Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Facts"))
  return try Dataset(contentsOf: url.path)
}

/// Expects the same labels in the same order, and coordinates that differ by no more than maths libraries do.
func expectEqual(_ got: Dataset, _ expected: Dataset, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(got.labels == expected.labels, sourceLocation: sourceLocation)
  #expect(got.featureCount == expected.featureCount, sourceLocation: sourceLocation)
  for (index, (got, expected)) in zip(got.inputs, expected.inputs).enumerated() {
    let isClose = zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-12 }
    #expect(
      isClose, "sample \(index): got \(got), expected \(expected)", sourceLocation: sourceLocation)
  }
}

struct ScikitLearnTests {
  @Test func moonsOfTheLab() throws {
    let expected = try facts("moons-42")
    #expect(expected.count == 100)
    expectEqual(makeMoons(samples: 100, noise: 0.1, seed: 42), expected)
    expectEqual(DatasetKind.moons.makeDataset(samples: 100, noise: 0.1, seed: 42), expected)
  }

  @Test func moons() throws {
    expectEqual(makeMoons(samples: 11, shuffle: false, seed: 0), try facts("moons-plain"))
    expectEqual(makeMoons(samples: 19, inner: 12, noise: 0.3, seed: 7), try facts("moons-counts"))
    expectEqual(
      makeMoons(samples: 8, noise: 0.05, shuffle: false, seed: .max), try facts("moons-ordered"))
  }

  @Test func circles() throws {
    expectEqual(makeCircles(samples: 9, shuffle: false, seed: 0), try facts("circles-plain"))
    expectEqual(makeCircles(samples: 13, inner: 8, seed: 3), try facts("circles-counts"))
    expectEqual(makeCircles(samples: 24, noise: 0.05, factor: 0.5, seed: 42), try facts("circles-noisy"))
  }

  @Test func blobs() throws {
    expectEqual(makeBlobs(samples: 20, seed: 42), try facts("blobs-default"))
    let drawn = makeBlobs(
      samples: 17, centers: .drawn(4, features: 3, box: -3...8), clusterStandardDeviation: 2.5, seed: 1)
    expectEqual(drawn, try facts("blobs-drawn"))
    let given = makeBlobs(
      samples: 14, centers: [[-2, 0.5], [2, 0], [0, 3]], clusterStandardDeviation: 0.3, shuffle: false,
      seed: 5)
    expectEqual(given, try facts("blobs-given"))
  }

  /// The generator must stand where NumPy's stands after every call, with half a pair of deviates left over.
  @Test func oneGeneratorForAll() throws {
    var random = NumPyRandom(seed: 0)
    _ = random.normal()
    let sets = [
      makeMoons(samples: 9, noise: 0.2, using: &random),
      makeBlobs(samples: 5, using: &random),
      makeCircles(samples: 10, noise: 0.1, using: &random),
      makeMoons(samples: 5, noise: 0, using: &random),
      makeMoons(samples: 4, using: &random),
    ]
    expectEqual(Dataset(sets.joined()), try facts("one-stream"))
  }
}
