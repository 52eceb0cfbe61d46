import Micrograd

/// `log Σ exp(xᵢ)` of many numbers, GradBench's `lse`; the largest is subtracted first, as a constant.
struct LogSumExp: GradientWorkload {
  let point: [Double]

  init(count: Int) {
    var numbers = Numbers()
    point = numbers.list(count, 0, 1)
  }

  func objective<S: Scalar>(_ x: [S]) -> S {
    let largest = x.map(\.data).max() ?? 0
    return log(x.map { exp($0 - largest) }.sum()) + largest
  }
}
