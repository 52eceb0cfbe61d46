import MicrogradLab
import Notebook

/// A run of a student's code in a copy of the process, where it can neither end nor hold up the notebook.
struct StudentRun {
  private let copy: ProcessCopy
  private static let limits = ProcessCopy.Limits()

  /// Runs code in a copy of the process. Returns nil if the user has interrupted it, or if there can be no copy, and says so.
  @MainActor init?(running body: (_ write: @escaping (String) -> Void) -> Void) {
    guard let copy = ProcessCopy(limits: Self.limits, running: body) else {
      say(
        en: "The system lets the notebook start no process for the functions. Are there too many?",
        fr: "Le système ne laisse pas le carnet démarrer de processus pour les fonctions. Y en a-t-il trop ?")
      return nil
    }
    if copy.ending == .interrupted { return nil }
    self.copy = copy
  }

  /// The text that it wrote to the pipe.
  var written: [String] { copy.written }

  /// Its output, without the runtime's name for the library of a cell.
  var printed: String { copy.printed.replacing(#/\bCell\d+\/In\[/#) { _ in "In[" } }

  /// How it ended, if it has not come to its end.
  var stop: Outcome.Stop {
    switch copy.ending {
    case .exited(let status): .exited(status: status)
    case .trapped(let signal): .trapped(printing: printed, signal: signal)
    case .outputLimit: .outputLimit(bytes: Self.limits.printedBytes)
    case .timeLimit, .interrupted: .timeLimit(seconds: Self.limits.seconds)
    }
  }
}
