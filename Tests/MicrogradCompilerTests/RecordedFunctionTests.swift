import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Outputs of a recorded graph, and their derivatives by its leaves, against those of the tape.
@Suite struct RecordedFunctionTests {
  private func expectAgreement(
    _ function: RecordedFunction, at points: [[Double]], _ what: String, precision: Precision = .double,
    _ record: ([Value]) -> [Value]
  ) throws {
    let tolerance = precision == .double ? 1e-11 : 2e-4
    for point in points {
      let (values, derivatives) = try function.valuesWithJacobian(at: point)
      let expected = record(point.map { Value($0) }).map(\.data)
      expectClose(values, expected, "values, \(what), at \(point)", tolerance: tolerance)
      expectClose(try function.values(at: point), expected, "values alone, \(what)", tolerance: tolerance)
      let jacobian = jacobian(at: point, of: record).flatMap { $0 }
      expectClose(derivatives, jacobian, "Jacobian, \(what), at \(point)", tolerance: tolerance)
    }
  }

  /// Points moved by chains of rotations: the chains have constants too, and products like those of the points.
  private func chain(points: Int, seed: Int) -> ([Value]) -> [Value] {
    var random = PythonRandom(seed: seed)
    let shifts = random.rows(3, 2), points = random.rows(points, 4)
    return { pose in
      var (c, s, x, y) = (Value(1), Value(0), Value(0), Value(0)), bones: [(Value, Value, Value, Value)] = []
      for (angle, shift) in zip(pose, shifts) {
        (x, y) = (x + c * shift[0] - s * shift[1], y + s * shift[0] + c * shift[1])
        (c, s) = (c * angle.cos() - s * angle.sin(), s * angle.cos() + c * angle.sin())
        bones.append((c, s, x, y))
      }
      return points.flatMap { p in
        let px = bones.map { p[2] * ($0.0 * p[0] - $0.1 * p[1] + $0.2) }.sum()
        let py = bones.map { p[2] * ($0.1 * p[0] + $0.0 * p[1] + $0.3) }.sum()
        return [p[3] - px, (py - p[3]).abs(), (px * py).relu()]
      }
    }
  }

  @Test func residualsOfAChainOfBones() throws {
    let seed = newSeed()
    for precision in Precision.allCases {
      for count in [2, 7, 40] {
        let record = chain(points: count, seed: seed), pose = [0.3, -0.5, 0.8].map { Value($0) }
        let function = try RecordedFunction(record(pose), inputs: pose, precision: precision)
        let what = "\(precision), \(count) points, seed \(seed), \(function)"
        if count == 40 { #expect(function.refusal == nil, "\(what): \(function.refusal ?? "")") }
        try expectAgreement(
          function, at: [[0.3, -0.5, 0.8], [1, 2, -3], [0, 0, 0]], what, precision: precision, record)
      }
    }
  }

  /// The curve a·e^(-b·t) + c at several times: residuals for the method of Gauss and Newton.
  @Test func residualsOfACurve() throws {
    let times = (0..<25).map { 0.1 * Double($0) }
    let record: ([Value]) -> [Value] = { p in times.map { t in p[0] * (-p[1] * t).exp() + p[2] - 0.3 * t } }
    let parameters = [Value(1), Value(0.5), Value(-0.2)]
    let function = try RecordedFunction(record(parameters), inputs: parameters)
    #expect(function.refusal == nil, "\(function.refusal ?? "")")
    #expect(function.description == "3 inputs → 1 row of 25 lanes → 25 outputs", "got \(function)")
    let infinity = Double.infinity
    try expectAgreement(
      function, at: [[1, 0.5, -0.2], [-2, 1.5, 3], [1, infinity, 0]], "a curve", record)
  }

  @Test func outputsThatNothingCorrespondsToAreReplayed() throws {
    let shared = Value(2)
    for record: ([Value]) -> [Value] in [
      { [$0[0] * $0[1]] }, { [$0[0].exp(), $0[1] * 3, $0[0]] }, { x in [1.0, 2, 3].map { x[0] * $0 } + [x[1]] },
      { x in [shared, x[0], x[0], 2 * x[1]] }, { x in [1.0, 2, 3].map { _ in x[0] * x[1] } },
      { x in [1.0, 2, 3].map { -(x[0] * $0).sqrt() } },
    ] {
      let inputs = [Value(0.5), Value(-1)]
      let function = try RecordedFunction(record(inputs), inputs: inputs)
      try expectAgreement(function, at: [[0.5, -1], [2, 3], [0, 0]], "\(function)", record)
    }
  }

  @Test func saysWhatIsWrong() throws {
    func message(_ body: () throws -> Void) -> String {
      let error = #expect(throws: ProgramError.self) { try body() }
      return error?.description ?? ""
    }
    let x = Value(1), y = x * 2
    #expect(message { _ = try RecordedFunction([], inputs: [x]) }.contains("no outputs"))
    #expect(message { _ = try RecordedFunction([y], inputs: [y]) }.contains("input 1 was computed"))
    #expect(message { _ = try RecordedFunction([y], inputs: [x, x]) }.contains("twice"))
    let function = try RecordedFunction([y], inputs: [x])
    let point = message { _ = try function.jacobian(at: [1, 2]) }
    #expect(point == "a point of 2 numbers; the function takes 1 input", "got \(point)")
  }
}
