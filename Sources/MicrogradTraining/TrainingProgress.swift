import MicrogradRequirement

/// Who is told how a training goes.
public enum TrainingProgress {
  /// Nobody.
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
    // Where nobody listens any more, training goes on all the same.
    try? StandardStream.error.write(text)
  }
}
