import MicrogradEngine
import MicrogradNetworks
import MicrogradTestSupport
import Testing

@Suite struct LossTests {
  @Test func squaredErrors() {
    let p: [Value] = [1, 3]
    let loss = meanSquaredError(p, [0, 5])
    loss.backward()
    #expect(loss.data == 2.5 && p.map(\.grad) == [1, -2])
  }

  /// Against -log of the sigmoid itself, where that is safe; the derivative is σ(logit) - target.
  @Test(arguments: [0, 1, 0.3], [-3.0, 0, 0.7, 5])
  func binaryCrossEntropyIsItsDefinition(_ target: Double, _ score: Double) {
    let logit = Value(score), loss = binaryCrossEntropy(logit: logit, target: target)
    loss.backward()
    let p = sigmoid(Value(score))
    let expected = -(target * p.log() + (1 - target) * (1 - p).log()).data
    expectClose(loss.data, expected, "cross-entropy of \(score) against \(target)", tolerance: 1e-12)
    expectClose(logit.grad, p.data - target, "its derivative", tolerance: 1e-12)
  }

  @Test func crossEntropiesNeitherOverflowNorCancel() {
    #expect(binaryCrossEntropy(logit: 800, target: 0).data == 800)
    expectClose(binaryCrossEntropy(logit: 40, target: 1).data, 4.248354255291589e-18, "certain and right")
    #expect(softmaxCrossEntropy(logits: [1000, 0], label: 1).data == 1000)
  }

  @Test func softmaxCrossEntropyOfThreeClasses() {
    let logits: [Value] = [1, 2, 3]
    let loss = softmaxCrossEntropy(logits: logits, label: 0)
    loss.backward()
    let p = softmax([1, 2, 3]).map(\.data)
    expectClose(loss.data, 2.4076059644443806, "loss")
    for (i, expected) in [p[0] - 1, p[1], p[2]].enumerated() {
      expectClose(logits[i].grad, expected, "derivative \(i)", tolerance: 1e-12)
    }
    expectClose(p.reduce(0, +), 1, "sum of probabilities")
    expectClose(p[2], 0.6652409557748218, "softmax")
  }

  @Test func logSumExpOfInfinities() {
    #expect(logSumExp([Value(-.infinity), Value(-.infinity)]).data == -.infinity)
    #expect(logSumExp([Value(.infinity), 0]).data == .infinity)
  }

  /// A target is a number, or a value that stands for it: the loss and its derivatives are the same.
  @Test func targetsMayBeValues() {
    let seed = newSeed()
    var random = SplitMix(seed: seed)
    for _ in 0..<100 {
      let z = (0..<3).map { _ in Double.random(in: -30...30, using: &random) },
        t = Double.random(in: 0...1, using: &random)
      let label = Bool.random(using: &random) ? 1.0 : -1, index = Int.random(in: 0..<3, using: &random)
      let oneHot = (0..<3).map { Value($0 == index ? 1 : 0) }, targets = [t, label, -t]
      let losses: [(name: String, ofNumbers: ([Value]) -> Value, ofValues: ([Value]) -> Value)] = [
        ("squared error", { squaredError($0[0], t) }, { squaredError($0[0], Value(t)) }),
        (
          "mean squared error", { meanSquaredError($0, targets) }, { meanSquaredError($0, targets.map { Value($0) }) }
        ),
        ("hinge loss", { hingeLoss($0[0], label: label) }, { hingeLoss($0[0], label: Value(label)) }),
        (
          "binary cross-entropy", { binaryCrossEntropy(logit: $0[0], target: t) },
          { binaryCrossEntropy(logit: $0[0], target: Value(t)) }
        ),
        (
          "certain binary cross-entropy", { binaryCrossEntropy(logit: $0[0], target: (label + 1) / 2) },
          { binaryCrossEntropy(logit: $0[0], target: Value((label + 1) / 2)) }
        ),
        (
          "softmax cross-entropy", { softmaxCrossEntropy(logits: $0, label: index) },
          { softmaxCrossEntropy(logits: $0, targets: oneHot) }
        ),
      ]
      for (name, ofNumbers, ofValues) in losses {
        let results = [ofNumbers, ofValues].map { loss in
          let outputs = z.map { Value($0) }, value = loss(outputs)
          value.backward()
          return [value.data] + outputs.map(\.grad)
        }
        for (got, expected) in zip(results[1], results[0]) {
          let what = "\(name) of \(z), \(t), \(label), \(index), seed \(seed)"
          #expect(abs(got - expected) <= 1e-12 * max(1, abs(expected)), "\(what): got \(got), expected \(expected)")
        }
      }
    }
  }

  #if os(Linux) || os(macOS)
    /// Numbers that the losses are not defined for, which would give a loss below 0 or one that nothing can lower.
    @Test func targetsThatAreNoTargets() async {
      await #expect(processExitsWith: .failure) { _ = binaryCrossEntropy(logit: 1, target: 5) }
      await #expect(processExitsWith: .failure) { _ = binaryCrossEntropy(logit: 1, target: -1) }
      await #expect(processExitsWith: .failure) { _ = binaryCrossEntropy(logit: 1, target: .nan) }
      await #expect(processExitsWith: .failure) { _ = hingeLoss(1, label: 0) }
      await #expect(processExitsWith: .failure) { _ = hingeLoss(1, label: 2) }
      await #expect(processExitsWith: .failure) { _ = softmaxCrossEntropy(logits: [1, 2], label: 2) }
      await #expect(processExitsWith: .failure) { _ = meanSquaredError([], []) }
    }
  #endif

  @Test func hinge() {
    let score = Value(0.25)
    let loss = hingeLoss(score, label: -1)
    loss.backward()
    #expect(loss.data == 1.25 && score.grad == 1)
    #expect(hingeLoss(2, label: 1).data == 0)
  }
}
