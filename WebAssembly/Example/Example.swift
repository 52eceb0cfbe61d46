import MicrogradEngine
import MicrogradGraph

// The example of micrograd's README, with its numbers as results: `WebAssembly/run.mjs` prints them.

private func compute() -> (g: Value, a: Value, b: Value) {
  let a = Value(-4), b = Value(2)
  var c = a + b
  var d = a * b + pow(b, 3)
  c += c + 1
  c += 1 + c + (-a)
  d += d * 2 + (b + a).relu()
  d += 3 * d + (b - a).relu()
  let e = c - d
  let g = pow(e, 2) / 2 + 10 / pow(e, 2)
  g.backward()
  return (g, a, b)
}

/// The result.
@_expose(wasm, "g") public func g() -> Double { compute().g.data }
/// ∂g/∂a
@_expose(wasm, "gradientOfA") public func gradientOfA() -> Double { compute().a.grad }
/// ∂g/∂b
@_expose(wasm, "gradientOfB") public func gradientOfB() -> Double { compute().b.grad }
/// ∂g/∂a as an explanation of the graph computes it, step by step.
@_expose(wasm, "explainedGradientOfA") public func explainedGradientOfA() -> Double {
  let (g, a, _) = compute()
  a.label = "a"
  let explanation = Explanation(g.graph().grouped())
  let node = explanation.graph.nodes.first { $0.label == "a" }
  return node.map { explanation.gradients[$0.id] } ?? .nan
}
