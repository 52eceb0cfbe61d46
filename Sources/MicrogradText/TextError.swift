import MicrogradRequirement

/// A reason why a model of text cannot be made or used.
public enum TextError: Error, Sendable, Equatable {
  /// There is nothing to learn from: no document has a character.
  case noDocuments
  /// A character of a document or prompt is not in the model's vocabulary.
  case unknownCharacter(Unicode.Scalar, in: String, known: String)
  /// The sizes make no model, or one that is too large.
  case sizes(String)
  /// A setting of the training makes no sense.
  case setting(String)
  /// The loss of a step stopped being finite.
  case diverged(step: Int)
  /// The scores of the tokens that may come next are not finite, so that they have no probabilities.
  case scoresNotFinite
  /// A prompt leaves no room in the context for a character more.
  case promptTooLong(count: Int, context: Int)
}

extension TextError: CustomStringConvertible {
  /// The reason, and how to mend it.
  public var description: String {
    switch self {
    case .noDocuments: "there are no documents: give a text with a document on each line"
    case .unknownCharacter(let character, let text, let known):
      "\(quoted(text)) has the character \(quoted(String(character))), which the model has never seen; it knows \(quoted(known))"
    case .sizes(let complaint), .setting(let complaint): complaint
    case .diverged(let step): "the loss of step \(step) is not finite; try a smaller learning rate"
    case .scoresNotFinite:
      "the model's scores are not finite: train it again with a smaller learning rate, or take a higher temperature"
    case .promptTooLong(let count, let context):
      "the prompt has \(counted(count, "character")), and a context of \(context) leaves room for at most \(context - 1)"
    }
  }
}
