import MicrogradRandom
import MicrogradRequirement

// What the generators of data sets share.

/// `count` numbers at equal distances from `start` to `stop`, calculated as NumPy's `linspace` does it:
/// `stop` is the last one, or, with `endpoint` false, the one that would come next.
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

/// The sizes of `groups` that together have `samples` members and differ by one at most, the larger ones
/// first.
func evenly(_ samples: Int, among groups: Int) -> [Int] {
  (0..<groups).map { samples / groups + ($0 < samples % groups ? 1 : 0) }
}

extension Dataset {
  /// The last steps of every generator, in scikit-learn's order: first the shuffle, then the noise.
  ///
  /// A noise of 0 draws its numbers all the same, while `nil` draws none: what comes from the generator later
  /// differs.
  func finished(shuffle: Bool, noise: Double?, using generator: inout NumPyRandom) -> Dataset {
    let ordered = shuffle ? shuffled(using: &generator) : self
    guard let noise else { return ordered }
    let inputs = ordered.inputs.map { input in
      input.map { $0 + generator.normal(standardDeviation: noise) }
    }
    return Dataset(inputs: inputs, labels: ordered.labels)
  }
}

/// Stops the program unless the arguments that all generators have make sense.
func requireValid(samples: Int..., noise: Double?) {
  for count in samples {
    require(count >= 0, "the number of samples must be 0 or larger, not \(count)")
  }
  if let noise {
    require(
      noise >= 0 && noise.isFinite, "the noise must be 0 or a finite number above it, not \(noise)")
  }
}
