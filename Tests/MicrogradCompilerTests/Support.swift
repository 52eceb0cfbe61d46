import Foundation
import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import Testing

@testable import MicrogradCompiler

/// Fails with the first number that differs by more than a share of the largest one.
func expectClose(
  _ got: [Double], _ expected: [Double], _ what: @autoclosure () -> String, tolerance: Double = 1e-11,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(got.count == expected.count, "\(what())", sourceLocation: sourceLocation)
  let scale = expected.reduce(1) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  let wrong = zip(got, expected).enumerated().first { _, pair in
    let (got, expected) = pair
    return !(got == expected || got.isNaN && expected.isNaN || (got - expected).magnitude <= tolerance * scale)
  }
  if let (index, (got, expected)) = wrong {
    Issue.record("\(what()), number \(index): got \(got), expected \(expected)", sourceLocation: sourceLocation)
  }
}

/// The loss and the gradients as the values themselves compute them.
func eager(_ loss: Value, _ parameters: [Value]) -> [Double] {
  for parameter in parameters { parameter.grad = 0 }
  loss.backward()
  defer { for parameter in parameters { parameter.grad = 0 } }
  return [loss.data] + parameters.map(\.grad)
}

/// Compares a program's loss and gradients with the values' own: of the code for gradients, of that for the loss alone, and
/// of the replay.
func expectAgreement(
  _ program: Program, _ loss: Value, _ what: @autoclosure () -> String, tolerance: Double = 1e-11,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let expected = eager(loss, program.parameters)
  let lossThere = program.backward()
  expectClose(
    [lossThere] + program.parameters.map(\.grad), expected, "backward, \(what())", tolerance: tolerance,
    sourceLocation: sourceLocation)
  for parameter in program.parameters { parameter.grad = 0 }
  expectClose(
    [program.loss()], [expected[0]], "loss, \(what())", tolerance: tolerance, sourceLocation: sourceLocation)
  guard let (rolled, replayed) = program.comparison() else { return }
  expectClose(rolled, expected, "rolled, \(what())", tolerance: tolerance, sourceLocation: sourceLocation)
  expectClose(replayed, expected, "replayed, \(what())", sourceLocation: sourceLocation)
}

extension PythonRandom {
  /// Rows of numbers between -1 and 1.
  mutating func rows(_ count: Int, _ width: Int) -> [[Double]] {
    (0..<count).map { _ in (0..<width).map { _ in uniform(-1, 1) } }
  }
}

/// The labels -1 and 1 of some points.
func signs(of points: [[Double]]) -> [Double] { points.map { $0[0] * $0[$0.count - 1] > 0 ? 1 : -1 } }
