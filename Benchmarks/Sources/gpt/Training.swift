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
  /// The findings of a program.
  var note: () -> String = { "" }
}

extension Variant {
  /// Values and `backward()`.
  static func eager(
    _ name: String, batch: Int, _ make: @escaping (Problem) -> (parameters: [Value], loss: ([Int]) -> Value)
  ) -> Variant {
    Variant(name: name, batch: batch, precision: .double) { problem in
      let (parameters, loss) = make(problem)
      var optimizer = Adam(parameters, betas: betas), number = 0
      let batches = problem.documents.chunked(batch)
      return Training { steps in
        (0..<steps).map { _ in
          let loss = batches[number % batches.count].map(loss).mean()
          for parameter in parameters { parameter.grad = 0 }
          loss.backward()
          optimizer.learningRate = schedule(number % scheduledSteps)
          optimizer.step()
          number += 1
          return loss.data
        }
      }
    }
  }

  /// The model of this file's reader.
  static func plain(batch: Int) -> Variant {
    eager("plain", batch: batch) { problem in
      let model = Microgpt(weights: problem.weights)
      return (model.parameters, model.loss)
    }
  }

  /// The model of the library.
  static func dot(batch: Int) -> Variant {
    eager("dot", batch: batch) { problem in
      let model = TextModel(of: problem)
      return (model.network.parameters, { model.loss(tokens: $0) })
    }
  }

  /// The same, compiled for each length that is the longest of a batch.
  static func compiled(batch: Int, _ precision: Precision) -> Variant {
    Variant(name: "compiled", batch: batch, precision: precision) { problem in
      let model = TextModel(of: problem)
      let program = try model.program(
        of: problem.documents.map { model.vocabulary.text(of: $0) }, optimizer: .adam(betas: betas),
        precision: precision)
      let batches = Array(problem.documents.indices).chunked(batch)
      var number = 0
      return Training(
        run: { steps in
          let end = number + steps
          var losses: [Double] = []
          while number < end {
            // A call has one schedule, which begins anew after its last step.
            let first = number % scheduledSteps, next = min(end, number - first + scheduledSteps)
            losses += program.run((number..<next).map { batches[$0 % batches.count] }, from: first)
            number = next
          }
          return losses
        }, note: { "\(program)" })
    }
  }

  /// All that there is to measure.
  static func all(names: [String], batches: [Int], precisions: [Precision]) -> [Variant] {
    batches.flatMap { batch -> [Variant] in
      ([plain(batch: batch), dot(batch: batch)] + precisions.map { compiled(batch: batch, $0) })
        .filter { names.contains($0.name) }
    }
  }

  static let names = ["plain", "dot", "compiled"]
}

/// The settings of microgpt's Adam.
private let betas = (0.85, 0.99), scheduledSteps = 1000
private let schedule = Schedule.linear(from: 0.01, to: 0, over: scheduledSteps)

extension Array {
  /// The elements in pieces of this size.
  func chunked(_ size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<$0 + size]) }
  }
}

// MARK: - The library's model

extension TextModel {
  /// The model with a problem's weights.
  fileprivate init(of problem: Problem) {
    var random = PythonRandom(seed: 0)
    let letters = Vocabulary((0..<26).map { Unicode.Scalar(97 + UInt8($0)) })!
    try! self.init(vocabulary: letters, network: GPT(.init(vocabulary: letters.count), using: &random))
    for (parameter, weight) in zip(network.parameters, problem.weights) { parameter.data = weight }
  }
}

extension SequenceProgram {
  /// The losses of these batches, with the rates of the schedule from a step on.
  fileprivate func run(_ batches: [[Int]], from step: Int) -> [Double] {
    let rates = Schedule.linear(
      from: schedule(step), to: schedule(step) - schedule(0), over: scheduledSteps)
    do {
      return try run(batches: batches, schedule: rates)
    } catch {
      fatalError("the program does not take its own samples: \(error)")
    }
  }
}
