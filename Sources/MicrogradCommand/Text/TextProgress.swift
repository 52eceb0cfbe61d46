import Micrograd
import MicrogradFigures
import MicrogradRequirement

/// The progress of a training on standard error: one line that is written over on a terminal, some ten lines elsewhere.
///
/// Each has a sample of what the model writes so far, by random numbers of its own: those of the training stay the same.
final class TextProgress {
  /// The number of steps whose mean loss is shown.
  private static let window = 100
  /// The shortest time between two lines on a terminal.
  private static let pause = Duration.milliseconds(100)

  private let model: TextModel
  private let trainer: TextTrainer
  private let start = ContinuousClock.now
  private var lastLine: ContinuousClock.Instant?
  private var latest: [Double] = []
  private var random = PythonRandom(seed: 0)

  /// Creates the progress of a training, and says what is to be trained on what.
  init(_ model: TextModel, _ trainer: TextTrainer, _ documents: [String]) {
    self.model = model
    self.trainer = trainer
    write("\(counted(documents.count, "document"))\n\(model.outline())")
    let context = model.network.configuration.context
    let longer = documents.count { $0.unicodeScalars.count > context }
    if longer > 0 {
      let (are, them) = longer == 1 ? ("is", "it") : ("are", "them")
      write(
        "\(longer.grouped(by: ",")) of them \(are) longer than the context: only the beginning of \(them) is learnt; see --context\n"
      )
    }
  }

  func report(_ step: Int, _ loss: Double) {
    latest.append(loss)
    if latest.count > Self.window { latest.removeFirst() }
    let isLast = step == trainer.steps, now = ContinuousClock.now
    if StandardStream.error.isTerminal {
      guard isLast || lastLine.map({ now - $0 >= Self.pause }) ?? true else { return }
      lastLine = now
      write("\r\u{1B}[K\(line(step, now - start))\(isLast ? "\n" : "")")
    } else if isLast || step % max(1, trainer.steps / 10) == 0 {
      write("\(line(step, now - start))\n")
    }
  }

  private func line(_ step: Int, _ time: Duration) -> String {
    let loss = latest.reduce(0, +) / Double(latest.count), seconds = max(time / .seconds(1), 1e-9)
    let speed = Int(Double(step * trainer.batchSize) / seconds).grouped(by: ",")
    let sample = (try? model.sample(using: &random)) ?? ""
    return "step \(step)/\(trainer.steps)  loss \(loss.fixed(4))  \(speed) documents/s  "
      + sample.printable.shortened(toColumns: 24, ellipsis: "…")
  }

  private func write(_ text: String) {
    // Training continues when the reader of standard error is gone.
    try? StandardStream.error.write(text)
  }
}
