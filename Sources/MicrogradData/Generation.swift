import MicrogradRandom
import MicrogradRequirement

// The parts that the generators of data sets share.

/// Returns `count` numbers at equal distances from `start` to `stop`, computed as NumPy's `linspace` does: the last one
/// is `stop`. If `endpoint` is false, `stop` would be the next one.
func linearlySpaced(
  from start: Double, to stop: Double, count: Int, endpoint: Bool = true
) -> [Double] {
  let intervals = endpoint ? count - 1 : count
  guard intervals > 0 else { return count == 1 ? [start] : [] }
  let step = (stop - start) / Double(intervals)
  var numbers = (0..<count).map { Double($0) * step + start }
  if endpoint { numbers[count - 1] = stop }
  return numbers
}

/// Returns the sizes of `groups` that together have `samples` members. They differ by at most one, and the larger ones
/// come first.
func evenly(_ samples: Int, among groups: Int) -> [Int] {
  (0..<groups).map { samples / groups + ($0 < samples % groups ? 1 : 0) }
}

/// Returns the numbers of samples with label 0 and with label 1. Unless `inner` gives the latter, it is half of all,
/// rounded up.
func split(_ samples: Int, inner: Int?) -> (outer: Int, inner: Int) {
  let inner = inner ?? samples - samples / 2
  require((0...samples).contains(inner), "the inner samples must be 0 to \(samples) of the \(samples), not \(inner)")
  return (samples - inner, inner)
}

extension Dataset {
  /// Does the last steps of every generator, in scikit-learn's order: the shuffle, then the noise.
  ///
  /// A noise of 0 draws random numbers too, while `nil` draws none, so the generator is in a different state afterwards.
  func finished(shuffle: Bool, noise: Double?, using generator: inout NumPyRandom) -> Dataset {
    let ordered = shuffle ? shuffled(using: &generator) : self
    guard let noise else { return ordered }
    let inputs = ordered.inputs.map { input in
      input.map { $0 + generator.normal(standardDeviation: noise) }
    }
    return Dataset(inputs: inputs, labels: ordered.labels)
  }
}

/// Traps unless the arguments that all generators share are valid.
func requireValid(samples: Int, noise: Double?) {
  require(samples >= 0, "the number of samples must be 0 or larger, not \(samples)")
  if let noise {
    require(
      noise >= 0 && noise.isFinite, "the noise must be finite and 0 or larger, not \(noise)")
  }
}
