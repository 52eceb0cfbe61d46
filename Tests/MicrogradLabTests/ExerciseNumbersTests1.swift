import Micrograd
import MicrogradQuestions
import MicrogradTestSupport
import Testing

@testable import MicrogradLab

/// The reference solutions give the numbers that were published with the practical, to 1e-12.
@Suite struct ExerciseNumbersTests1 {
  /// Returns the reference's answer to the first question that calls a function.
  private func answer(_ exercise: Exercise, _ function: String) throws -> Answer {
    let question = try #require(exercise.questions(seed: 1).first { $0.function == function })
    let asked = try #require(exercise.reference.first { $0.name == function })
    return try #require(asked.answer(question))
  }

  private func expect(_ answer: Answer, gives expected: KeyValuePairs<String, Double>) {
    for (name, expected) in expected {
      switch answer.observations.first(where: { $0.name == name })?.content {
      case .number(let got): expectClose(got, expected, name, tolerance: 1e-12)
      case .text(let got): #expect(Double(got) == expected, "\(name) is \(got)")
      default: Issue.record("the answer has no number \(name)")
      }
    }
  }

  @Test func perceptron() throws {
    let model = try answer(.perceptron, "makePerceptron")
    #expect(
      model.observations.first == .init("result.description", .text("MLP of [Layer of [LinearNeuron(2)]]")))
    expect(
      model,
      gives: [
        "result.parameters[0].data": 0.2788535969157675, "result.parameters[1].data": -0.9499784895546661,
        "result.parameters[2].data": 0, "result.parameters[0].grad": 0, "result.parameters[1].grad": 0,
        "result.parameters[2].grad": 0,
      ])
    expect(
      try answer(.perceptron, "makeNeuron"),
      gives: [
        "result.parameters[0].data": 0.2788535969157675, "result.parameters[1].data": -0.9499784895546661,
        "result.parameters[2].data": 0, Answer.sharing: 0,
      ])
    expect(try answer(.perceptron, "bias"), gives: ["result.data": 0, Answer.sharing: 1])
  }

  @Test func sigmoidOfThePublishedScore() throws {
    expect(
      try answer(.sigmoidOutsideTheGraph, "applySigmoid"),
      gives: ["result.data": 0.3797731276505697, "output.data": 0.3797731276505697, Answer.sharing: 1])
  }

  @Test func gradientGraph() throws {
    let pass = try answer(.gradientGraph, "backwardPass")
    expect(
      pass,
      gives: [
        "result.data": 0.3846813731843565, "result.grad": 1, "model.parameters[0].grad": -1.1015229252925882,
        "model.parameters[1].grad": -0.9638325596310148, "model.parameters[2].grad": -1.2404537446988606,
      ])
    let picture = try #require(pass.observations.first { if case .figure = $0.content { true } else { false } })
    guard case .figure(let svg) = picture.content else { return }
    for number in ["0.3798", "-1.2405", "0.3847"] { #expect(svg.contains(number), "the picture lacks \(number)") }
  }

  @Test func readingTheGraph() throws {
    expect(
      try answer(.readingTheGraph, "gradientsByHand"),
      gives: [
        "result.count": 3, "result[0]": -1.1015229252925882, "result[1]": -0.9638325596310148,
        "result[2]": -1.2404537446988606,
      ])
  }

  /// The gradients by hand are those of the engine, whether σ is an operation of the graph or not.
  @Test func gradientsByHandAreThoseOfTheEngine() {
    let model = makePerceptron(seed: 7), input = [0.4, -1.5]
    let weights = model.parameters[..<2].map(\.data), bias = 0.3
    model.parameters[2].data = bias
    _ = backwardPass(model, input: input, target: 1)
    let assigned = gradientsByHand(weights: weights, bias: bias, input: input, target: 1)
    for (got, parameter) in zip(assigned, model.parameters) { expectClose(got, parameter.grad, "σ assigned") }
    model.zeroGrad()
    squaredError(model(input)[0].sigmoid(), 1).backward()
    let recorded = gradientsThroughSigmoid(weights: weights, bias: bias, input: input, target: 1)
    for (got, parameter) in zip(recorded, model.parameters) { expectClose(got, parameter.grad, "σ in the graph") }
  }
}
