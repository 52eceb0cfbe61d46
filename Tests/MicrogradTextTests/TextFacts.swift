import MicrogradRandom
import MicrogradText
import Testing

/// The losses and samples of an independent program for the library's names; see Tests/Facts/text-facts.py.
struct TextFact: Sendable, CustomTestStringConvertible {
  let seed: Int
  let sizes: (width: Int, heads: Int, layers: Int, context: Int)
  let trainer: (steps: Int, batchSize: Int, learningRate: Double)
  /// The losses of the first step, the second, the one in the middle and the last.
  let losses: [Double]
  let samples: [String]

  var testDescription: String { "seed \(seed), sizes \(sizes), trainer \(trainer)" }

  static let all = [
    TextFact(
      seed: 42, sizes: (16, 4, 1, 16), trainer: (60, 1, 0.01),
      losses: [3.281576241456302, 3.3813907014264215, 2.4287470294573046, 2.933411669031767],
      samples: ["siiel", "sonia", "elsio", "aiss", "aenla"]),
    TextFact(
      seed: 7, sizes: (12, 3, 2, 5), trainer: (30, 4, 0.02),
      losses: [3.430413231659562, 3.3049853602806945, 2.78785777154331, 2.930595409597474],
      samples: ["ghise", "ystem", "ehrit", "syoit", "eoeui"]),
  ]

  /// The training with these settings.
  var settings: TextTrainer {
    TextTrainer(steps: trainer.steps, batchSize: trainer.batchSize, learningRate: trainer.learningRate)
  }

  /// Shuffles the names, and makes the model.
  func start() throws -> (model: TextModel, names: [String], random: PythonRandom) {
    var random = PythonRandom(seed: seed), names = TextModel.names
    random.shuffle(&names)
    let model = try TextModel(
      of: names, width: sizes.width, heads: sizes.heads, layers: sizes.layers, context: sizes.context,
      using: &random)
    return (model, names, random)
  }
}
