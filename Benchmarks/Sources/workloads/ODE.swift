import Micrograd

/// The solution at t = 2 of y₀' = x₀, yᵢ' = xᵢ·yᵢ₋₁ with y(0) = 0, in steps of the classic Runge–Kutta method: GradBench's
/// ODE, which is cmpad's `an_ode`.
///
/// The derivatives of the last yᵢ are wanted. They are all 0 if there are more equations than stages (4 a step), so there is
/// also the sum of all yᵢ.
struct ODE: GradientWorkload {
  enum Result { case last, sum }

  let steps: Int
  let result: Result
  let point: [Double]

  init(equations: Int, steps: Int, result: Result) {
    var numbers = Numbers()
    self.steps = steps
    self.result = result
    point = numbers.list(equations, 0, 1)
  }

  func objective<S: Scalar>(_ x: [S]) -> S {
    let h = 2 / Double(steps)
    var y = x.map { _ in S(0) }
    for _ in 0..<steps {
      let k1 = slope(x, y)
      let k2 = slope(x, zip(y, k1).map { $0 + $1 * (h / 2) })
      let k3 = slope(x, zip(y, k2).map { $0 + $1 * (h / 2) })
      let k4 = slope(x, zip(y, k3).map { $0 + $1 * h })
      for i in y.indices { y[i] += (k1[i] + (k2[i] + k3[i]) * 2 + k4[i]) * (h / 6) }
    }
    return result == .last ? y[y.count - 1] : y.sum()
  }

  private func slope<S: Scalar>(_ x: [S], _ y: [S]) -> [S] {
    x.indices.map { $0 == 0 ? x[0] : x[$0] * y[$0 - 1] }
  }
}
