public import MicrogradEngine
import MicrogradNetworks

/// One prediction of a model of texts as a graph of values, and what each character of the prompt contributes to it.
///
/// The result is the logarithm of the probability of the likeliest token, `log p`.
public struct TextExplanation {
  /// The characters of the model.
  public let vocabulary: Vocabulary
  /// The prediction, and what it was made from.
  public let prediction: TextModel.Prediction
  /// The token that most likely comes next.
  public let likeliest: Int
  /// The logarithm of its probability, with its graph and its gradients.
  public let result: Value
  /// For each token of the prompt gradient × embedding, the sum of `∂ log p / ∂eᵢ · eᵢ` over the numbers of its vector e:
  /// to first order, how far the token moves the result.
  public let contributions: [Double]
}

extension TextModel {
  /// Records the prediction of the token after a prompt, with names for its parts, and its gradients. The model's parameters
  /// get the gradients of the result, and labels.
  ///
  /// - Throws: ``TextError`` if a character is not in the vocabulary, or the prompt is longer than the context allows, or
  ///   there are no probabilities since numbers are not finite.
  public func explain(after prompt: String) throws(TextError) -> TextExplanation {
    network.labelParameters()
    let prediction = try withNamedScopes { () throws(TextError) in try predict(after: prompt) }
    let probabilities = prediction.probabilities.map(\.data)
    guard probabilities.allSatisfy(\.isFinite) else { throw .scoresNotFinite }
    let likeliest = probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
    let result = log(prediction.probabilities[likeliest]).labelled("log p")
    network.zeroGrad()
    result.backward()
    return TextExplanation(
      vocabulary: vocabulary, prediction: prediction, likeliest: likeliest, result: result,
      contributions: prediction.embeddings.map { embedding in embedding.reduce(0) { $0 + $1.grad * $1.data } })
  }
}

extension TextExplanation {
  /// The characters of the prompt.
  public var prompt: String { vocabulary.text(of: prediction.tokens) }

  /// For each block and head, the weight of each position when the next token is predicted.
  public var attention: [[[Double]]] {
    prediction.memory.blocks.map { block in block.weights[block.weights.count - 1].map { $0.map(\.data) } }
  }
}
