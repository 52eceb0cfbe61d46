import CMicrogradKernels
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// The kernels' steps in C against the definition in Swift, `UpdateStep`: random parameters, gradients, states and
/// options, by every instruction set, in Double and Float.
@Suite struct OptimizerTests {
  @Test(arguments: instructionSets) func stepsAreThoseOfTheDefinition(_ name: String) {
    let first = newSeed()
    for seed in first..<first + 200 {
      var random = SplitMix(seed: seed)
      let rule = random.rule()
      let step = UpdateStep(
        rule, learningRate: Double.random(in: 0...0.5, using: &random),
        number: Int.random(in: 1...200, using: &random))
      let count = [1, 7, 64, 99].randomElement(using: &random)!
      compare(step, count: count, in: Double.self, on: name, seed)
      compare(step, count: count, in: Float.self, on: name, seed)
    }
  }

  private func compare<N: BinaryFloatingPoint>(
    _ step: UpdateStep, count: Int, in type: N.Type, on name: String, _ seed: Int
  ) {
    let kernels = mg_kernels(name)!
    var random = SplitMix(seed: seed + 1)
    // Numbers that Float has too, so that both start from the same.
    func numbers(_ range: ClosedRange<Float>) -> [Double] {
      (0..<count).map { _ in Double(Float.random(in: range, using: &random)) }
    }
    let parameters = numbers(-2...2), gradients = numbers(-3...3), means = numbers(-1...1), squares = numbers(0...4)

    var scene = Scene(
      vector: Int(N.self == Double.self ? kernels.pointee.vectorOfDoubles : kernels.pointee.vectorOfFloats))
    func placed(_ numbers: [Double]) -> MGOperand {
      var rest = numbers[...]
      return scene.place(count) { rest.removeFirst() }
    }
    scene.optimizer = MGOptimizer(step)
    let a = placed(gradients), b = placed(means), c = placed(parameters), d = placed(squares)
    let stateCount = step.rule.stateCount
    scene.block = [
      MGInstruction(
        .move, .rows, inner: count, a: a, b: stateCount > 0 ? b : none, c: c, d: stateCount > 1 ? d : none)
    ]
    let result = scene.run(in: N.self, on: kernels, threads: 2)

    for index in 0..<count {
      func expected(_ gradient: Double) -> [Double] {
        var parameter = parameters[index], state = UpdateStep.State()
        (state.mean, state.square) = (means[index], squares[index])
        step.move(&parameter, gradient: gradient, &state)
        return [
          parameter, stateCount > 0 ? state.mean : means[index], stateCount > 1 ? state.square : squares[index],
        ]
      }
      // Where the gradient and the decay almost cancel, the last bits of either decide on the whole step.
      let unit = Double(N.ulpOfOne), results = [0, 8, -8].map { expected(gradients[index] * (1 + $0 * unit)) }
      for (place, number) in [c, b, d].enumerated() {
        let got = Double(result[Int(number) + index]), right = results[0][place]
        let sensitivity = max(abs(results[1][place] - right), abs(results[2][place] - right))
        guard abs(got - right) > 16 * unit * max(abs(right), 1) + 2 * sensitivity else { continue }
        Issue.record(
          """
          \(name) \(N.self), \(step): \(["parameter", "velocity or mean", "mean square"][place]) of parameter \
          \(parameters[index]), gradient \(gradients[index]), state \(means[index]), \(squares[index]): got \(got), \
          expected \(right), seed \(seed)
          """)
      }
    }
  }
}

extension SplitMix {
  /// A rule with each of its options used or not.
  fileprivate mutating func rule() -> UpdateRule {
    func some(_ range: Range<Double>) -> Double {
      Bool.random(using: &self) ? Double.random(in: range, using: &self) : 0
    }
    if Bool.random(using: &self) {
      let momentum = some(0.1..<1)
      return .sgd(
        momentum: momentum, weightDecay: some(0..<0.5), isNesterov: momentum > 0 && Bool.random(using: &self))
    }
    let decay = some(0..<0.5)
    return .adam(
      betas: (some(0.1..<1), some(0.1..<0.999)), epsilon: [1e-8, 1e-3, 0.5].randomElement(using: &self)!,
      weightDecay: Bool.random(using: &self) ? .inGradient(decay) : .decoupled(decay))
  }
}
