import Micrograd

/// A determinant by expansion along the first row, again and again: GradBench's `det`, which is cmpad's `det_by_minor`. It is
/// no way to compute a determinant, but a source of many operations.
struct Determinant: GradientWorkload {
  let size: Int
  let point: [Double]

  init(size: Int) {
    var numbers = Numbers()
    self.size = size
    point = numbers.list(size * size, 0, 1)
  }

  func objective<S: Scalar>(_ x: [S]) -> S { minor(x, row: 0, columns: Array(0..<size)) }

  private func minor<S: Scalar>(_ x: [S], row: Int, columns: [Int]) -> S {
    if columns.count == 1 { return x[row * size + columns[0]] }
    var sum: S = 0
    for (i, column) in columns.enumerated() {
      var rest = columns
      rest.remove(at: i)
      let part = x[row * size + column] * minor(x, row: row + 1, columns: rest)
      if i % 2 == 0 { sum += part } else { sum -= part }
    }
    return sum
  }
}
