import Micrograd

struct Result {
  let variant: Variant
  /// Microseconds of a document in the fastest pass over all of them.
  let least: Double
  /// Milliseconds that recording and making programs took.
  let preparation: Double
  /// Before each of the first steps, which all peers must agree about.
  let losses: [Double]
  let note: String
}

/// A training that has taken its first steps and a pass over all documents, for which programs were made.
final class Measurement {
  private let variant: Variant
  private let training: Training
  private let losses: [Double]
  private let documents: Int
  private let first: Double

  init(_ variant: Variant, _ problem: Problem) throws {
    self.variant = variant
    documents = problem.documents.count
    let start = ContinuousClock.now
    training = try variant.start(problem)
    losses = training.run(16)
    _ = training.run(documents / variant.batch)
    first = (ContinuousClock.now - start) / .microseconds(1)
  }

  /// Passes over all documents until the time is up, one at least.
  func run(seconds: Double) -> Result {
    let steps = documents / variant.batch, end = ContinuousClock.now + .seconds(seconds)
    var least = Double.infinity
    repeat {
      let start = ContinuousClock.now
      _ = training.run(steps)
      least = min(least, (ContinuousClock.now - start) / .microseconds(1))
    } while ContinuousClock.now < end
    let computing = least * Double(losses.count + steps) / Double(steps)
    return Result(
      variant: variant, least: least / Double(documents), preparation: max(0, first - computing) / 1000,
      losses: losses, note: training.note())
  }
}

extension Result {
  var json: String {
    """
    {"variant": "\(variant.name)", "batch": \(variant.batch), "precision": "\(variant.precision)", \
    "us": \(least), "preparation": \(preparation), "losses": \(losses), "note": "\(note.withoutLines)"}
    """
  }

  var text: String {
    let found = note.isEmpty ? "" : ", made in \(preparation.rounded()) ms: \(note.withoutLines.prefix(100))"
    return "\(variant.name), batch \(variant.batch), \(variant.precision): "
      + "\((least * 100).rounded() / 100) µs a document\(found)"
  }
}

extension String {
  fileprivate var withoutLines: String { split(separator: "\n").joined(separator: "; ") }
}
