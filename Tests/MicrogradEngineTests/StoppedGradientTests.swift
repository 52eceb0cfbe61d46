import MicrogradEngine
import Testing

/// What lets nothing through stops an infinite gradient; a factor of 0 does not.
@Suite struct StoppedGradientTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let x: Double
    let f: @Sendable (Value) -> Value

    init(_ description: String, at x: Double, _ f: @escaping @Sendable (Value) -> Value) {
      self.description = "\(description) at \(x)"
      self.x = x
      self.f = f
    }
  }

  /// In PyTorch, too, these have a derivative of 0: a mask lies between the infinite gradient and x.
  static let stopped = [
    Case("√relu", at: -1) { $0.relu().sqrt() }, Case("√relu", at: 0) { $0.relu().sqrt() },
    Case("log relu", at: -1) { $0.relu().log() }, Case("1 / relu", at: -1) { 1 / $0.relu() },
    Case("relu ^ 0.5", at: -1) { pow($0.relu(), 0.5) }, Case("relu ^ -1", at: -1) { pow($0.relu(), -1) },
    Case("√max(x, 0)", at: -1) { max($0, 0).sqrt() }, Case("√max(0, x)", at: -1) { max(0, $0).sqrt() },
    Case("log -min(x, 0)", at: 1) { (-min($0, 0)).log() }, Case("log -min(0, x)", at: 1) { (-min(0, $0)).log() },
    Case("√(x ^ 0 - 1)", at: 3) { (pow($0, 0) - 1).sqrt() },
    Case("√(x ^ y - 1), y = 0,", at: 3) { (pow($0, Value(0)) - 1).sqrt() },
    Case("√(0 ^ x)", at: 2) { pow(Value(0), $0).sqrt() },
    Case("log(0 ^ x + 0)", at: 2) { (pow(Value(0), $0) + 0).log() },
    // The same the other way round: the stopped gradient meets the infinite derivative.
    Case("relu(√x - 1)", at: 0) { ($0.sqrt() - 1).relu() }, Case("max(√x, 1)", at: 0) { max($0.sqrt(), 1) },
  ]

  /// In PyTorch, too, these are NaN: infinity times a derivative that is 0.
  static let notStopped = [
    Case("√|x|", at: 0) { $0.abs().sqrt() }, Case("√(0 x)", at: 1) { ($0 * 0).sqrt() },
    Case("√leakyReLU", at: -1) { $0.leakyReLU(slope: 0).sqrt() }, Case("√elu", at: -1) { $0.elu(scale: 0).sqrt() },
    Case("log x²", at: 0) { ($0 * $0).log() },
  ]

  /// The derivative by every way that there is, except across threads.
  private func allDerivatives(_ test: Case) -> [(way: String, got: Double)] {
    let x = Value(test.x, label: "x"), y = test.f(x)
    y.backward()
    let first = x.grad
    x.grad = 0
    // Gradients of the first call are there now.
    y.backward()
    return [
      ("backward", first), ("backward again", x.grad), ("gradient", gradient(at: [test.x]) { test.f($0[0]) }[0]),
      ("jacobian", jacobian(at: [test.x]) { [test.f($0[0])] }[0][0]),
      ("derivatives", derivatives(of: y, by: [x])[0].data),
    ]
  }

  @Test(arguments: stopped) func isStopped(_ test: Case) {
    for (way, got) in allDerivatives(test) { #expect(got == 0, "\(way) of \(test): got \(got), expected 0") }
    let second = hessian(at: [test.x]) { test.f($0[0]) }
    #expect(second == [[0]], "second derivative of \(test): got \(second), expected 0")
  }

  @Test(arguments: notStopped) func isNotStopped(_ test: Case) {
    for (way, got) in allDerivatives(test) { #expect(got.isNaN, "\(way) of \(test): got \(got), expected NaN") }
  }

  /// Where the gradient goes through, it does so whole, and can be differentiated again.
  @Test func whatIsLetThrough() {
    #expect(gradient(at: [4]) { $0[0].relu().sqrt() } == [0.25])
    #expect(hessian(at: [4]) { $0[0].relu().sqrt() } == [[-1.0 / 32]])
    #expect(hessian(at: [4, 3]) { max($0[0], $0[1]).sqrt() } == [[-1.0 / 32, 0], [0, 0]])
    #expect(gradient(at: [0]) { max($0[0], 0).sqrt() } == [.infinity], "half of infinity for each")
    #expect(gradient(at: [2, 2]) { min($0[0], $0[1]) * 3 } == [1.5, 1.5])
  }

  /// Where the operand is no number, neither side of a kink is chosen, and the gradient shows it.
  @Test func notANumberStopsNothing() {
    #expect(gradient(at: [.nan]) { $0[0].relu() } == [1])
    #expect(gradient(at: [.nan]) { $0[0].leakyReLU() } == [1])
    #expect(gradient(at: [.nan]) { $0[0].abs() }[0].isNaN)
  }

  /// 0ᵇ is 1 at b = 0 and 0 beyond: its derivative by b is taken from the right at 0 too, and is -∞ to its left.
  @Test(arguments: [(0.0, 0.0), (2, 0), (0.5, 0)]) func powersOfZeroByTheExponent(_ b: Double, _ expected: Double) {
    let got = gradient(at: [0, b]) { pow($0[0], $0[1]) }[1]
    #expect(got == expected, "∂(0^b)/∂b at \(b): got \(got), expected \(expected)")
    #expect(gradient(at: [0, -1]) { pow($0[0], $0[1]) }[1] == -.infinity)
  }

  /// A gradient that is 0 is not handed on, so 0 · ∞ does not occur; where passes are recorded it is, and does.
  @Test func aProductWithZeroInFrontOfAnInfiniteDerivative() {
    let x = Value(0), y = x.sqrt() * 0
    y.backward()
    #expect(x.grad == 0, "backward: got \(x.grad), expected 0")
    let plain = gradient(at: [0]) { $0[0].sqrt() * 0 }
    #expect(plain == [0], "gradient: got \(plain), expected 0")
    let recorded = derivatives(of: y, by: [x])[0].data
    #expect(recorded.isNaN, "derivatives: got \(recorded), expected NaN")
  }
}

extension NodeCountingTests {
  @Suite struct StoppedAcrossThreadsTests {
    /// On the main thread, which has not recorded the graph.
    @MainActor @Test(arguments: StoppedGradientTests.stopped + StoppedGradientTests.notStopped)
    func stoppedAcrossThreads(_ test: StoppedGradientTests.Case) async {
      nonisolated(unsafe) var recorded: (x: Value, y: Value)?
      await Task.detached {
        let x = Value(test.x)
        recorded = (x, test.f(x))
      }.value
      recorded!.y.backward()
      let got = recorded!.x.grad, expected = gradient(at: [test.x]) { test.f($0[0]) }[0]
      #expect(got == expected || got.isNaN && expected.isNaN, "\(test): got \(got), expected \(expected)")
    }
  }
}
