import MicrogradEngine
import Testing

@Suite struct GradientCheckTests {
  @Test func rightGradientsPass() {
    let check = gradientCheck(at: [0.5, -2, 3]) { x in (x[0] * x[1]).tanh() + exp(x[2] * 0.5) / x[1] }
    #expect(check.passes && check.entries.count == 3, "\(check)")
    #expect(check.worst!.relativeError < 1e-9, "\(check)")
  }

  /// A function whose data was changed behind the graph's back: the gradient is that of another function.
  @Test func wrongGradientsFail() {
    let check = gradientCheck(at: [1, 2]) { x in
      let y = x[1] * x[1]
      y.data = y.data * 3
      return x[0] + y
    }
    #expect(!check.passes && check.worst?.index == 1)
    #expect(check.worst?.got == 4 && abs(check.worst!.expected - 12) < 1e-8)
    #expect(check.description.hasPrefix("gradient check FAILED: worst input 1 at 2.0: got 4.0, expected 1"))
  }

  @Test func kinksAreRecognised() {
    for (name, f) in [("relu", relu), ("abs", abs), ("max", { max($0, 0) })] as [(String, (Value) -> Value)] {
      let check = gradientCheck(at: [0]) { f($0[0]) }
      #expect(check.passes && check.worst!.isKink, "\(name): \(check)")
    }
    let smooth = gradientCheck(at: [0]) { $0[0] * $0[0] * 1000 }
    #expect(smooth.passes && !smooth.worst!.isKink, "\(smooth)")
  }

  /// At a kink, any number between the one-sided derivatives is right, and no other.
  @Test func wrongGradientsAtKinksFail() {
    let check = gradientCheck(at: [0]) { x in
      let y = relu(x[0]) + x[0]
      return y + abs(x[0] * 1) - derivativeFree(x[0] * 5)
    }
    #expect(!check.passes && check.worst!.isKink, "\(check)")
  }

  /// The number without its derivative.
  private func derivativeFree(_ x: Value) -> Value { Value(x.data) }

  @Test func notANumberFails() {
    let check = gradientCheck(at: [-1]) { log($0[0]) }
    #expect(!check.passes && check.worst?.got == -1 && check.worst?.expected.isNaN == true, "\(check)")
    #expect(gradientCheck(at: [1, .infinity]) { $0[0] * 2 }.entries[0].got == 2)
  }

  @Test func noInputs() {
    let check = gradientCheck(at: []) { _ in 1 }
    #expect(check.passes && check.worst == nil && check.description == "gradient check: no inputs")
  }
}
