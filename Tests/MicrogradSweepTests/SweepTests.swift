import Testing

@testable import MicrogradSweep

@Suite struct SweepTests {
}
