public import Testing

/// Fails with what was got, what was expected and for what, unless they agree relative to the larger of `expected`
/// and 1e-300.
public func expectClose(
  _ got: Double, _ expected: Double, _ what: @autoclosure () -> String, tolerance: Double = 1e-13,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let isClose =
    got == expected || (got.isNaN && expected.isNaN)
    || abs(got - expected) <= tolerance * max(abs(expected), 1e-300)
  #expect(isClose, "\(what()): got \(got), expected \(expected)", sourceLocation: sourceLocation)
}
