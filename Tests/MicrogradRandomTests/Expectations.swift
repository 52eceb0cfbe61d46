import Testing

/// A digest of a long stream in which both the values and their order count.
func digest(_ words: some Sequence<UInt64>) -> UInt64 {
  words.reduce(0) { $0 &* 31 &+ $1 }
}

/// Expects numbers that agree to `ulps` units in the last place: for results that pass through log, sqrt, cos
/// or sin, of which platforms differ in the last digit.
func expectClose(
  _ got: [Double], _ expected: [Double], ulps: Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(got.count == expected.count, sourceLocation: sourceLocation)
  for (index, (got, expected)) in zip(got, expected).enumerated() {
    #expect(
      abs(got - expected) <= ulps * expected.ulp,
      "number \(index): got \(got), expected \(expected)", sourceLocation: sourceLocation)
  }
}

extension RandomNumberGenerator {
  /// The results of calling `draw` again and again.
  mutating func draws<Result>(_ count: Int, _ draw: (inout Self) -> Result) -> [Result] {
    (0..<count).map { _ in draw(&self) }
  }
}
