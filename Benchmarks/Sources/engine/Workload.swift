/// The data and the initial parameters of the training step. peers/training_step.hpp and peers/micrograd_peer.py
/// draw the same numbers.
struct Workload {
  struct Sample {
    let inputs: [Double]
    let label: Double
  }

  static let widths = [2, 16, 16, 1]
  static let learningRate = 0.1

  let samples: [Sample]
  /// Of each layer, of each neuron: its weights, then its bias.
  let parameters: [[[Double]]]

  init() {
    var random = SplitMix64(state: 42)
    samples = (0..<100).map { _ in
      let inputs = [random.uniform(), random.uniform()]
      return Sample(inputs: inputs, label: inputs[0] * inputs[1] > 0 ? 1 : -1)
    }
    parameters = zip(Workload.widths, Workload.widths.dropFirst()).map { inputs, outputs in
      let limit = (3 / Double(inputs)).squareRoot()
      return (0..<outputs).map { _ in (0..<inputs).map { _ in random.uniform() * limit } + [0] }
    }
  }
}

/// Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014,
/// [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195). The same few lines in every language.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From -1 up to, but not including, 1. Exact, so the same in every language.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-52 - 1 }
}
