import Micrograd

/// The squared error of a polynomial that approximates the sign of t, GradBench's `llsq`:
///
///     ½ Σᵢ (sign tᵢ - Σⱼ xⱼ·tᵢʲ)²   with tᵢ from -1 to 1
struct LeastSquares: GradientWorkload {
  let samples: Int
  let point: [Double]
  let hasDot = true

  init(samples: Int, coefficients: Int) {
    var numbers = Numbers()
    self.samples = samples
    point = numbers.list(coefficients, 0, 1)
  }

  func objective<S: Scalar>(_ x: [S]) -> S {
    var total: S = 0
    for i in 0..<samples {
      let t = time(i)
      var rest = S(sign(t)), power = 1.0
      for coefficient in x {
        rest -= coefficient * power
        power *= t
      }
      total += rest * rest
    }
    return total / 2
  }

  func objectiveWithDot<S: Scalar>(_ x: [S]) -> S {
    var total: S = 0
    for i in 0..<samples {
      let t = time(i)
      var power = 1.0
      let powers = x.map { _ in
        defer { power *= t }
        return S(power)
      }
      let rest = dot(x, powers) - sign(t)
      total += rest * rest
    }
    return total / 2
  }

  private func time(_ i: Int) -> Double { -1 + 2 * Double(i) / Double(samples - 1) }
  private func sign(_ t: Double) -> Double { t > 0 ? 1 : t < 0 ? -1 : 0 }
}
