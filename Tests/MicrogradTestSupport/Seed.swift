import Foundation

/// A seed that differs in each run; failures print it. `MICROGRAD_SEED` in the environment gives it, as in the gate, which
/// should fail for a reason and not by chance.
public func newSeed() -> Int {
  ProcessInfo.processInfo.environment["MICROGRAD_SEED"].flatMap { Int($0) } ?? Int.random(in: 0...Int(Int32.max))
}
