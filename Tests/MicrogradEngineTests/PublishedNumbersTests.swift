import MicrogradEngine
import MicrogradTestSupport
import Testing

/// Expressions that karpathy/micrograd publishes with their results.
@Suite struct PublishedNumbersTests {
  /// The example of micrograd's README, there printed with four decimals.
  @Test func readmeExample() {
    let a = Value(-4), b = Value(2)
    var c = a + b
    var d = a * b + pow(b, 3)
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    let e = c - d
    let f = pow(e, 2)
    var g = f / 2.0
    g += 10.0 / f
    g.backward()
    expectClose(g.data, 24.704_081_632_653_06, "g")
    expectClose(a.grad, 138.833_819_241_982_52, "∂g/∂a")
    expectClose(b.grad, 645.577_259_475_218_6, "∂g/∂b")
  }

  /// `test_sanity_check` of micrograd's tests, which compares with PyTorch.
  @Test func sanityCheck() {
    let x = Value(-4)
    let z = 2 * x + 2 + x
    let q = z.relu() + z * x
    let h = (z * z).relu()
    let y = h + q + q * x
    y.backward()
    expectClose(y.data, -20, "y")
    expectClose(x.grad, 46, "∂y/∂x")
  }

  /// The single neuron of the lab's task 3, with σ applied outside the graph by setting `data`.
  @Test func neuronWithSigmoidOutsideTheGraph() {
    let w1 = Value(0.2788535969157675), w2 = Value(-0.9499784895546661), bias = Value(0)
    let output = dot([w1, w2], [0.888, 0.777], bias: bias)
    expectClose(output.data, -0.490511292322774, "before σ")
    output.data = Value(output.data).sigmoid().data
    let error = (output - 1).squared()
    error.backward()
    expectClose(output.data, 0.3797731276505697, "after σ")
    expectClose(error.data, 0.3846813731843565, "error")
    expectClose(w1.grad, -1.1015229252925882, "w1")
    expectClose(w2.grad, -0.9638325596310148, "w2")
    expectClose(bias.grad, -1.2404537446988606, "bias")
  }
}
