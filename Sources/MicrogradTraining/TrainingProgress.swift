import MicrogradRequirement

/// The receiver of a training's progress reports.
public enum TrainingProgress {
  /// No reports.
  case none
  /// Standard error: one line that is written over on a terminal, some ten lines elsewhere.
  case standardError
  /// A function that is given the history after each epoch.
  case function((History) -> Void)

  func report(_ history: History, isLast: Bool) {
    switch self {
    case .none: break
    case .function(let function): function(history)
    case .standardError:
      if StandardStream.error.isTerminal {
        write("\r\u{1B}[K\(history)\(isLast ? "\n" : "")")
      } else if isLast || history.epochs.count % max(1, history.plannedEpochs / 10) == 0 {
        write("\(history)\n")
      }
    }
  }

  private func write(_ text: String) {
    // Training continues when the reader of standard error is gone.
    try? StandardStream.error.write(text)
  }
}
