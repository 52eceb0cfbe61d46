import MicrogradEngine
import Testing

@Suite struct StraightThroughTests {
  @Test func showsOneNumberAndLearnsThroughAnother() {
    let score = Value(-0.49), shown = score.sigmoid().straightThrough(to: score)
    let error = (shown - 1).squared()
    error.backward()
    #expect(shown.data == score.sigmoid().data)
    #expect(score.grad == 2 * (shown.data - 1), "got \(score.grad), expected \(2 * (shown.data - 1))")
  }

  /// What the lab does by hand, without a word to the graph.
  @Test func agreesWithAssigningTheNumber() {
    let score = Value(0.3), assigned = score * 2, recorded = score * 2
    assigned.data = assigned.sigmoid().data
    (assigned - 1).squared().backward()
    let byHand = score.grad
    score.grad = 0
    (recorded.sigmoid().straightThrough(to: recorded) - 1).squared().backward()
    #expect(score.grad == byHand, "got \(score.grad), by hand \(byHand)")
  }

  @Test func detachedValuesHaveNoGradient() {
    let a = Value(3)
    (a * a.detached()).backward()
    #expect(a.grad == 3, "got \(a.grad): only the first factor counts")
  }
}
