import MicrogradEngine
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Training by a program against training the values with the optimizers of the same names.
@Suite struct TrainingTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let update: UpdateRule

    /// The optimizer of the same name, over values.
    func optimizer(_ parameters: [Value]) -> any Optimizer {
      switch update {
      case .sgd(let momentum, let decay, let isNesterov):
        SGD(parameters, learningRate: 0, momentum: momentum, weightDecay: decay, isNesterov: isNesterov)
      case .adam(let betas, let epsilon, let decay):
        Adam(parameters, betas: betas, epsilon: epsilon, weightDecay: decay)
      }
    }
  }

  static let rules = [
    Rule(testDescription: "SGD", update: .sgd()),
    Rule(testDescription: "weight decay", update: .sgd(weightDecay: 0.1)),
    Rule(testDescription: "momentum", update: .sgd(momentum: 0.9, weightDecay: 0.02)),
    Rule(testDescription: "Nesterov", update: .sgd(momentum: 0.8, isNesterov: true)),
    Rule(testDescription: "Adam", update: .adam(weightDecay: .inGradient(0.1))),
    Rule(testDescription: "AdamW", update: .adam(betas: (0.8, 0.99), epsilon: 1e-6, weightDecay: .decoupled(0.2))),
  ]
  static let schedule = Schedule.linear(from: 0.002, to: 0.0005, over: 20)

  /// Trains the values; returns the losses before each step.
  static func train(
    _ parameters: [Value], _ rule: Rule, steps: Int, _ record: (Int) -> Value
  ) -> [Double] {
    var optimizer = rule.optimizer(parameters)
    return (0..<steps).map { step in
      optimizer.zeroGrad()
      let loss = record(step)
      loss.backward()
      optimizer.learningRate = schedule(step)
      optimizer.step()
      return loss.data
    }
  }

  @Test(arguments: rules) func randomNetsEndWhereTheValuesEnd(_ rule: Rule) throws {
    let first = newSeed()
    for seed in first..<first + 4 {
      let net = RandomNet(seed: seed), twin = RandomNet(seed: seed)
      let expected = Self.train(twin.parameters, rule, steps: 20) { _ in twin.record() }
      // A training that diverges multiplies every rounding, and leaves the range of Float.
      guard expected.allSatisfy({ $0.magnitude < 100 }) else { continue }
      for (precision, tolerance) in [(Precision.double, 1e-7), (.float, 2e-3)] {
        for (parameter, original) in zip(net.parameters, RandomNet(seed: seed).parameters) {
          parameter.data = original.data
        }
        let program = try Program(
          net.record(), parameters: net.parameters, optimizer: rule.update, precision: precision)
        // Two calls: the optimizer's state continues, the schedule starts anew.
        let losses =
          program.run(steps: 7, schedule: Self.schedule)
          + (7..<20).map { program.step(learningRate: Self.schedule($0)) }
        let name = "\(rule.testDescription), \(precision), \(net.name)"
        expectClose(losses, expected, "losses, \(name)", tolerance: tolerance)
        expectClose(
          net.parameters.map(\.data), twin.parameters.map(\.data), "parameters, \(name)", tolerance: tolerance)
      }
    }
  }

  @Test(arguments: rules) func replaysAreTrainedAlike(_ rule: Rule) throws {
    let w = [Value(0.5), Value(-1.5)], twins = [Value(0.5), Value(-1.5)]
    func loss(_ w: [Value]) -> Value { (w[0] * w[1] - 1).squared() + w[0].exp() }
    let expected = Self.train(twins, rule, steps: 20) { _ in loss(twins) }
    let program = try Program(loss(w), parameters: w, optimizer: rule.update)
    #expect(program.refusal != nil)
    expectClose(program.run(steps: 20, schedule: Self.schedule), expected, rule.testDescription, tolerance: 1e-12)
    expectClose(w.map(\.data), twins.map(\.data), rule.testDescription, tolerance: 1e-12)
  }

  /// Parameters outside of layers lie next to those inside; both decay.
  @Test(arguments: [1, 2, 3, 4, 7, 8]) func decayReachesParametersInsideAndOutsideOfLayers(outputs: Int) throws {
    for rule in [Self.rules[0], Self.rules[2]] {
      func make() -> (parameters: [Value], record: () -> Value) {
        let model = MLP(2, [outputs], activation: .tanh, output: .tanh, seed: 3)
        let extra = [Value(0.5), Value(-0.7), Value(0.3)]
        let parameters = model.parameters + extra
        return (
          parameters,
          {
            let terms = (0..<9).map { i in
              let x = Double(i) / 9
              return (model([x, 1 - x]).sum() * extra[2].tanh() - x).squared()
            }
            return terms.mean() + 0.1 * parameters.map { $0 * $0 }.sum()
          }
        )
      }
      let ours = make(), twin = make()
      let expected = Self.train(twin.parameters, rule, steps: 20) { _ in twin.record() }
      let program = try Program(ours.record(), parameters: ours.parameters, optimizer: rule.update)
      #expect(program.refusal == nil)
      expectClose(
        program.run(steps: 20, schedule: Self.schedule), expected, "losses, \(rule.testDescription)",
        tolerance: 1e-10)
      expectClose(
        ours.parameters.map(\.data), twin.parameters.map(\.data), "parameters, \(rule.testDescription)",
        tolerance: 1e-10)
    }
  }
}
