import Micrograd
import MicrogradJSON

/// The outcome of the training of `micrograd gpt`.
struct TextResult {
  let model: TextModel
  /// The loss of each step.
  let losses: [Double]
  let documentCount: Int
  let seed: Int

  func json(_ samples: [String]) -> String {
    JSON.object(
      model.members + [
        ("documents", .integer(documentCount)), ("seed", .integer(seed)),
        ("losses", .array(losses.map { .number($0) })), ("samples", .texts(samples)),
      ]
    ).indented()
  }
}
