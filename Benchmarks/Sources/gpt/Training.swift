import Micrograd

/// A way to train, in batches of one size.
struct Variant {
  let name: String
  let batch: Int
  let precision: Precision
  /// Creates a training from the beginning.
  let start: (Problem) throws -> Training
}

/// A training: step k takes batch k of the documents, again and again.
struct Training {
  /// Takes a number of steps, and returns the loss before each.
  let run: (_ steps: Int) -> [Double]
  /// What a program found.
  var note = ""
}

extension Variant {
  /// Values and `backward()`.
  static func eager(_ name: String, batch: Int, product: @escaping Microgpt.Product) -> Variant {
    Variant(name: name, batch: batch, precision: .double) { problem in
      let model = Microgpt(weights: problem.weights, product: product)
      var optimizer = Adam(model.parameters, betas: (0.85, 0.99)), number = 0
      let batches = problem.documents.chunked(batch)
      return Training { steps in
        (0..<steps).map { _ in
          let loss = batches[number % batches.count].map(model.loss).mean()
          model.zeroGrad()
          loss.backward()
          optimizer.learningRate = rate(number)
          optimizer.step()
          number += 1
          return loss.data
        }
      }
    }
  }

  /// A program of one document of the greatest length, to which the others are padded.
  static func compiled(batch: Int, _ precision: Precision) -> Variant {
    Variant(name: "compiled", batch: batch, precision: precision) { problem in
      let model = Microgpt(weights: problem.weights) { dot($0, $1) }
      let length = problem.documents.map(\.count).max()! - 1
      let program = try Program(
        inputs: 2 * length * Sizes.vocabulary, parameters: model.parameters,
        optimizer: .adam(betas: (0.85, 0.99)), precision: precision
      ) { model.paddedLoss($0, length: length) }
      let batches = problem.documents.map { Microgpt.sample($0, length: length) }.chunked(batch)
      var number = 0
      return Training(
        run: { steps in
          (0..<steps).map { _ in
            bind(batches[number % batches.count], to: program)
            defer { number += 1 }
            return program.step(learningRate: rate(number))
          }
        }, note: program.description)
    }
  }

  /// All that there is to measure; a batch size that no document count divides is not among them.
  static func all(names: [String], batches: [Int], precisions: [Precision]) -> [Variant] {
    batches.flatMap { batch -> [Variant] in
      let eager = [
        Variant.eager("plain", batch: batch, product: plainProduct),
        Variant.eager("dot", batch: batch) { dot($0, $1) },
      ]
      return (eager + precisions.map { Variant.compiled(batch: batch, $0) }).filter { names.contains($0.name) }
    }
  }

  static let names = ["plain", "dot", "compiled"]
}

private func bind(_ samples: [[Double]], to program: Program) {
  do {
    try program.bind(samples)
  } catch {
    fatalError("the program does not take its own samples: \(error)")
  }
}

// MARK: - Measuring

struct Result {
  let variant: Variant
  /// Microseconds of a document in the fastest pass over all of them.
  let least: Double
  /// Milliseconds until the first step.
  let preparation: Double
  /// Before each of the first steps, which all peers must agree about.
  let losses: [Double]
  let note: String
}

/// Takes the first steps, then passes over all documents until the time is up, one at least.
func measure(_ variant: Variant, _ problem: Problem, seconds: Double) throws -> Result {
  let start = ContinuousClock.now
  let training = try variant.start(problem)
  let preparation = (ContinuousClock.now - start) / .milliseconds(1)
  let losses = training.run(16)
  let end = ContinuousClock.now + .seconds(seconds)
  var least = Double.infinity
  repeat {
    let start = ContinuousClock.now
    _ = training.run(problem.documents.count / variant.batch)
    least = min(least, (ContinuousClock.now - start) / .microseconds(1))
  } while ContinuousClock.now < end
  return Result(
    variant: variant, least: least / Double(problem.documents.count), preparation: preparation, losses: losses,
    note: training.note)
}
