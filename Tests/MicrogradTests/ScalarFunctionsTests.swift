import Foundation
import Micrograd
import Testing

/// Functions of numbers in a file that imports Foundation as well: they mean what they mean without `Micrograd`.
@Suite struct ScalarFunctionsTests {
  @Test func numbersStayNumbers() {
    let x: Double = 2, y: Double = 3
    let numbers: [Double] = [
      exp(1.0), log(2.0), sqrt(2.0), tanh(0.5), sin(1.0), cos(1.0), tan(1.0), atan(1.0), erf(0.5), pow(2.0, 3.0),
      exp(-x * x / 2), pow(x, y), pow(x, 2), pow(x, 0.5), abs(x - y), max(x, y), min(x, 1), max(0, x),
    ]
    let expected: [Double] = [
      Foundation.exp(1), Foundation.log(2), 2.squareRoot(), Foundation.tanh(0.5), Foundation.sin(1),
      Foundation.cos(1),
      Foundation.tan(1), Foundation.atan(1), Foundation.erf(0.5), 8, Foundation.exp(-2), 8, 4, 2.squareRoot(), 1, 3,
      1, 2,
    ]
    #expect(numbers == expected)
    let whole = max(1, 2) + abs(-3) + min(4, 5)
    #expect(whole == 9)
  }

  @Test func genericFunctionsTakeBoth() {
    func spread<S: Scalar>(_ x: [S]) -> S { logSumExp(x) + sqrt(pow(x[0] - x[1], 2) + 1) - max(x[0], x[1]) * 0.5 }
    let point = [0.3, -1.2]
    let values = point.map { Value($0) }
    #expect(spread(point) == spread(values).data, "got \(spread(values).data), expected \(spread(point))")
    #expect(gradientCheck(at: point, of: spread).passes)
  }
}
