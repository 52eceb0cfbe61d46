import Micrograd

/// The sum of the squared distances of points from the closest of several centres, GradBench's k-means. A step of Newton's
/// method needs its gradient and the diagonal of its Hessian, which is all of the Hessian that is not 0:
///
///     Σᵢ minⱼ ‖pᵢ - cⱼ‖²
struct KMeans {
  let dimensions: Int
  let points: [[Double]]
  /// The centres, one after the other: the last of the points, so that no cluster is empty.
  let point: [Double]

  init(points count: Int, centres: Int, dimensions: Int) {
    var numbers = Numbers()
    self.dimensions = dimensions
    points = numbers.rows(count, of: dimensions, 0, 1)
    point = points.suffix(centres).flatMap { $0 }
  }

  func objective<S: Scalar>(_ x: [S]) -> S {
    objective(x) { point, centre in
      var distance: S = 0
      for (p, c) in zip(point, centre) {
        let difference = c - p
        distance += difference * difference
      }
      return distance
    }
  }

  func objectiveWithDot<S: Scalar>(_ x: [S]) -> S {
    objective(x) { point, centre in
      let differences = zip(centre, point).map { $0 - $1 }
      return dot(differences, differences)
    }
  }

  private func objective<S: Scalar>(_ x: [S], squaredDistance: ([Double], ArraySlice<S>) -> S) -> S {
    let centres = stride(from: 0, to: x.count, by: dimensions).map { x[$0..<$0 + dimensions] }
    var total: S = 0
    for point in points {
      var closest = squaredDistance(point, centres[0])
      for centre in centres.dropFirst() { closest = min(closest, squaredDistance(point, centre)) }
      total += closest
    }
    return total
  }

  /// The value, the gradient, and the diagonal of the Hessian: its product with a vector of ones, since all else is 0.
  func derivativesOfBothOrders(_ objective: ([Value]) -> Value) -> [Double] {
    let x = point.map { Value($0) }
    let y = objective(x), gradient = derivatives(of: y, by: x)
    gradient.sum().backward()
    return [y.data] + gradient.map(\.data) + x.map(\.grad)
  }

  var variants: [Variant] {
    [
      Variant(name: "number") { Prepared { [objective(point)] } },
      Variant(name: "tape") { Prepared { derivativesOfBothOrders { objective($0) } } },
      Variant(name: "dot") { Prepared { derivativesOfBothOrders { objectiveWithDot($0) } } },
      Variant(name: "program") {
        let x = point.map { Value($0) }
        let program = try Program(objective(x), parameters: x)
        let ones = [Double](repeating: 1, count: x.count)
        return Prepared(note: program.refusal ?? "\(program)") {
          for value in x { value.grad = 0 }
          let value = program.backward()
          guard let diagonal = try? program.hessianVectorProduct(ones) else { return [] }
          return [value] + x.map(\.grad) + diagonal
        }
      },
    ]
  }
}
