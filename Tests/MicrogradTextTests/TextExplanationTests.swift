import MicrogradEngine
import MicrogradRandom
import MicrogradTestSupport
import MicrogradText
import Testing

@Suite struct TextExplanationTests {
  private func model() throws -> TextModel {
    var random = PythonRandom(seed: 3)
    let model = try TextModel(
      of: ["anna", "ben", "emma"], width: 8, heads: 2, layers: 2, context: 6, using: &random)
    try TextTrainer(steps: 30).fit(model, to: ["anna", "ben", "emma"])
    return model
  }

  @Test func explainsTheLikeliest() throws {
    let model = try model()
    for prompt in ["", "a", "emm", "nnnnn"] {
      let explanation = try model.explain(after: prompt),
        probabilities = try model.predict(after: prompt).probabilities
      #expect(explanation.prompt == prompt)
      #expect(probabilities.map(\.data).max() == probabilities[explanation.likeliest].data)
      expectClose(explanation.result.data, log(probabilities[explanation.likeliest].data), "log p after \(prompt)")
      #expect(explanation.contributions.count == prompt.count + 1)
      #expect(
        explanation.attention.map { $0.map(\.count) }
          == [[Int]](repeating: [prompt.count + 1, prompt.count + 1], count: 2))
      for weights in explanation.attention.joined() {
        expectClose(weights.reduce(0, +), 1, "weights after \(prompt)")
      }
    }
  }

  /// A contribution is the derivative of log p as the vector of one position is multiplied by a number, at 1.
  @Test func contributionsAreDerivatives() throws {
    let model = try model(), explanation = try model.explain(after: "emm"), network = model.network
    let tokens = explanation.prediction.tokens
    func logProbability(scaling position: Int, by factor: Double) -> Double {
      var memory = network.memory(), logits: [Value] = []
      for (index, token) in tokens.enumerated() {
        let vector = network.tokenEmbedding(token).map { $0 * (index == position ? factor : 1) }
        logits = network(embedding: vector, &memory)
      }
      let numbers = logits.map(\.data), largest = numbers.max()!
      return numbers[explanation.likeliest] - largest - log(numbers.reduce(0) { $0 + exp($1 - largest) })
    }
    for (position, got) in explanation.contributions.enumerated() {
      let h = 1e-5
      let expected =
        (logProbability(scaling: position, by: 1 + h) - logProbability(scaling: position, by: 1 - h)) / (2 * h)
      #expect(
        abs(got - expected) < 1e-8 * max(1, abs(expected)), "position \(position): got \(got), expected \(expected)")
      #expect(abs(got) > 1e-6, "position \(position): \(got)")
    }
  }

  @Test func twoExplanationsDoNotAddUp() throws {
    let model = try model(), first = try model.explain(after: "em")
    let gradients = model.network.parameters.map(\.grad)
    let second = try model.explain(after: "em")
    #expect(first.contributions == second.contributions && gradients == model.network.parameters.map(\.grad))
  }

  @Test func whatHasNoProbabilitiesIsAnError() throws {
    let model = try model()
    #expect(throws: TextError.promptTooLong(count: 6, context: 6)) { try model.explain(after: "emmemm") }
    #expect(throws: TextError.self) { try model.explain(after: "x") }
    for parameter in model.network.head.parameters { parameter.data = 1e308 }
    #expect(throws: TextError.scoresNotFinite) { try model.explain(after: "e") }
  }
}
