import MicrogradEngine
import Testing

/// Fails with what was got, what was expected and for what, unless they agree relative to the larger of `expected`
/// and 1e-300.
func expectClose(
  _ got: Double, _ expected: Double, _ what: @autoclosure () -> String, tolerance: Double = 1e-13,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let isClose =
    got == expected || (got.isNaN && expected.isNaN)
    || abs(got - expected) <= tolerance * max(abs(expected), 1e-300)
  #expect(isClose, "\(what()): got \(got), expected \(expected)", sourceLocation: sourceLocation)
}

/// A small generator, seeded, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
