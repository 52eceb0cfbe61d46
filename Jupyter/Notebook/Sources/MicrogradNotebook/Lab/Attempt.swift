import MicrogradLab
import MicrogradQuestions
import Notebook

/// Shows what an expression of a task gives. If it gives nothing, because a function is still to be written, traps or does
/// not end, that is shown, and the notebook continues.
///
/// ```swift
/// attempt(5) { binary(0.7) }
/// ```
///
/// The expression runs in a copy of the process: variables that it changes are unchanged afterwards.
@MainActor public func attempt<T>(_ task: Int, _ expression: () throws -> T) {
  guard let exercise = exercise(task),
    let run = StudentRun(running: { write in
      whenNotWritten { function in
        AttemptResult.notWritten(function: function).fields.forEach(write)
        ProcessCopy.end()
      }
      AttemptResult(of: expression).fields.forEach(write)
    })
  else { return }
  func show(_ outcome: Outcome) {
    display(Note(on: outcome, of: exercise, printed: run.printed))
  }
  switch AttemptResult(fields: run.written) {
  case .shown(let representations):
    print(run.printed, terminator: "")
    if !representations.data.isEmpty { display(Shown(representations: representations)) }
  case .failed(let error):
    print(run.printed, terminator: "")
    say(en: "The expression threw an error: \(error)", fr: "L'expression a levé une erreur : \(error)")
  case .notWritten(let function): show(.judged(.notWritten(function: function)))
  case nil: show(.stopped(run.stop, at: nil))
  }
}

/// The representations of an expression's value, passed on as text by the copy of the process that computed it.
private enum AttemptResult {
  case shown(Representations)
  case failed(String)
  case notWritten(function: String)

  init<T>(of expression: () throws -> T) {
    do {
      let value = try expression()
      self = .shown(T.self == Void.self ? [:] : Representations(of: value))
    } catch {
      self = .failed("\(error)")
    }
  }

  var fields: [String] {
    switch self {
    case .shown(let representations): ["shown"] + representations.data.flatMap { [$0.key, $0.value] }
    case .failed(let message): ["failed", message]
    case .notWritten(let function): ["notWritten", function]
    }
  }

  init?(fields: [String]) {
    switch (fields.first, fields.count) {
    case ("shown", _):
      var representations = Representations()
      for index in stride(from: 1, to: fields.count - 1, by: 2) {
        representations.data[fields[index]] = fields[index + 1]
      }
      self = .shown(representations)
    case ("failed", 2): self = .failed(fields[1])
    case ("notWritten", 2): self = .notWritten(function: fields[1])
    default: return nil
    }
  }
}

/// A thing that was shown elsewhere.
private struct Shown: Displayable {
  let representations: Representations
}
