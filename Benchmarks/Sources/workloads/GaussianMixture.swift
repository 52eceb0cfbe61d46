import Micrograd

/// The logarithm of the posterior density of a mixture of Gaussians with a Wishart prior, ADBench's GMM, up to a constant:
///
///     Σᵢ logsumexpₖ(αₖ + Σⱼ qₖⱼ - ½ ‖Qₖ (xᵢ - μₖ)‖²) - n · logsumexp(α) + Σₖ (m · Σⱼ qₖⱼ - ½ γ² ‖Qₖ‖²)
///
/// Qₖ is a lower triangular matrix with exp(qₖ) on the diagonal, and below it lₖ, column by column.
struct GaussianMixture: GradientWorkload {
  let dimensions: Int, components: Int
  let data: [[Double]]
  let point: [Double]
  let hasDot = true
  let gamma = 1.0, m = 0.0

  init(dimensions: Int, components: Int, samples: Int) {
    var numbers = Numbers()
    self.dimensions = dimensions
    self.components = components
    data = numbers.rows(samples, of: dimensions, 0, 1)
    let entries = dimensions * (dimensions - 1) / 2
    point =
      numbers.list(components, -1, 1) + numbers.list(components * dimensions, 0, 1)
      + numbers.list(components * dimensions, -0.5, 0.5) + numbers.list(components * entries, -0.5, 0.5)
  }

  /// A component, as its parameters say.
  struct Component<S: Scalar> {
    let alpha: S
    let mean: [S]
    let q: [S]
    /// Qₖ, row by row: row i has i + 1 entries.
    let rows: [[S]]

    init(_ index: Int, of mixture: GaussianMixture, _ parameters: [S]) {
      let d = mixture.dimensions, k = mixture.components, entries = d * (d - 1) / 2
      func part(_ start: Int, _ count: Int) -> ArraySlice<S> {
        parameters[start + index * count..<start + (index + 1) * count]
      }
      alpha = parameters[index]
      mean = Array(part(k, d))
      q = Array(part(k + k * d, d))
      let l = Array(part(k + 2 * k * d, entries)), q = q
      rows = (0..<d).map { row in
        // Column c begins after c columns, which have d - 1, d - 2, … entries.
        (0..<row).map { c in l[c * (2 * d - c - 1) / 2 + row - c - 1] } + [exp(q[row])]
      }
    }
  }

  func objective<S: Scalar>(_ parameters: [S]) -> S {
    objective(parameters) { component, x in
      let centered = zip(x, component.mean).map { $0 - $1 }
      var distance: S = 0
      for row in component.rows {
        var sum = row[0] * centered[0]
        for c in 1..<max(row.count, 1) { sum += row[c] * centered[c] }
        distance += sum * sum
      }
      return distance
    }
  }

  func objectiveWithDot<S: Scalar>(_ parameters: [S]) -> S {
    objective(parameters) { component, x in
      let centered = zip(x, component.mean).map { $0 - $1 }
      let sums = component.rows.map { dot($0, Array(centered[..<$0.count])) }
      return dot(sums, sums)
    }
  }

  private func objective<S: Scalar>(_ parameters: [S], squaredDistance: (Component<S>, [Double]) -> S) -> S {
    let mixture = (0..<components).map { Component($0, of: self, parameters) }
    let logWeights = mixture.map { $0.alpha + $0.q.sum() }
    var total: S = 0
    for x in data {
      total += logSumExp(
        zip(mixture, logWeights).map { component, weight in weight - squaredDistance(component, x) * 0.5 })
    }
    total -= logSumExp(mixture.map(\.alpha)) * Double(data.count)
    for component in mixture {
      let squares = component.rows.joined().map { $0 * $0 }.sum()
      total += component.q.sum() * m - squares * (gamma * gamma / 2)
    }
    return total
  }

  /// The largest number is subtracted first, as a constant: it cancels.
  private func logSumExp<S: Scalar>(_ x: [S]) -> S {
    let largest = x.map(\.data).max() ?? 0
    return log(x.map { exp($0 - largest) }.sum()) + largest
  }
}
