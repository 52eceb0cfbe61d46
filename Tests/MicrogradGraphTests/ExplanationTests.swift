import MicrogradEngine
import MicrogradGraph
import MicrogradTestSupport
import Testing

@Suite struct ExplanationTests {
  /// A dot product, or any other operation that `record` knows.
  private static func randomOperation(_ a: Value, _ b: Value, _ random: inout SplitMix) -> Value {
    let operations = Operation.allCases.filter { ![.leaf, .straightThrough].contains($0) }
    let operation = operations.randomElement(using: &random)!
    if operation == .dot { return dot([a, b], [b, a], bias: a) }
    let second = operation.hasConstant ? Value(b.data) : b
    return operation.record(Array([a, second].prefix(operation.argumentCounts.upperBound)))
  }

  /// A random graph of all operations, with some values used several times.
  static func randomResult(_ random: inout SplitMix) -> Value {
    var values = (0..<4).map { Value(Double.random(in: 0.2...2, using: &random), label: "x\($0)") }
    for _ in 0..<30 {
      let a = values.randomElement(using: &random)!, b = values.randomElement(using: &random)!
      let result = randomOperation(a, b, &random)
      guard result.data.isFinite else { continue }
      values.append(abs(result.data) > 50 ? result.tanh() : result)
    }
    return values.suffix(8).sum()
  }

  @Test(arguments: [ComputationGraph.Detail.composed, .recorded])
  func gradientsAreTheEngines(_ detail: ComputationGraph.Detail) {
    let seed = UInt64(newSeed())
    var random = SplitMix(seed: seed)
    for _ in 0..<100 {
      let result = Self.randomResult(&random)
      result.backward()
      let explanation = Explanation(result.graph(detail))
      // Where products cancel each other, the order of the sums shows: 1e-16 is as good as 0.
      for node in explanation.graph.nodes where node.grad.isFinite {
        let got = explanation.gradients[node.id]
        #expect(
          abs(got - node.grad) <= 1e-9 * max(node.grad.magnitude, 1),
          "gradient of node \(node.id), \(node.operation), seed \(seed): got \(got), expected \(node.grad)")
      }
      for step in explanation.steps { #expect(!step.isSetByHand, "\(step), seed \(seed)") }
    }
  }

  @Test func aValueUsedTwiceAddsUp() {
    let a = Value(3, label: "a")
    let steps = Explanation((a * a + a).graph()).steps
    #expect(steps.map(\.direction) == [.forward, .forward, .backward, .backward])
    let last = steps[3]
    #expect(last.gradient == 1 && last.formula == "a × b" && last.result == 9)
    #expect(last.contributions.map(\.formula) == ["b", "a"])
    #expect(last.contributions.map(\.product) == [3, 3])
    #expect(last.contributions.map(\.sumBefore) == [1, 4] && last.contributions.map(\.sum) == [4, 7])
  }

  @Test func numbersSetByHandAreNoticed() {
    let x = Value(2), y = x * 3
    y.data = 1
    let steps = Explanation((y + 1).graph()).steps
    #expect(steps[0].isSetByHand && steps[0].computed == 6 && steps[0].result == 1)
    #expect(!steps[1].isSetByHand && steps[1].computed == 2)
  }

  @Test func noGradientHandsNothingOn() {
    let x = Value(0, label: "x"), closed = (x.sqrt() - 1).relu()
    let explanation = Explanation(closed.graph())
    let sqrt = explanation.steps.last!
    #expect(sqrt.gradient == 0 && sqrt.contributions[0].localDerivative == .infinity)
    #expect(explanation.gradients[sqrt.contributions[0].operand] == 0)
  }

  @Test func aLeafHasNoSteps() {
    let explanation = Explanation(Value(2).graph())
    #expect(explanation.steps.isEmpty && explanation.gradients == [1])
  }

  @Test func dotProductsNameTheirPairs() {
    let w: [Value] = [2, 3], x: [Value] = [5, 7]
    let step = Explanation(dot(w, x, bias: 1).graph(.recorded)).steps[1]
    #expect(step.formula == "b + w1 × x1 + w2 × x2")
    #expect(step.contributions.map(\.formula) == ["1", "x1", "w1", "x2", "w2"])
    #expect(step.contributions.map(\.product) == [1, 5, 2, 7, 3])
  }
}
