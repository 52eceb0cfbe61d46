import Micrograd

/// How a task went, in a word: what tables show.
enum TaskStatus: String, Sendable {
  case passed, misconception, wrong
  case notWritten = "not-written"
  case otherArguments = "other-arguments"
  case noAnswer = "no-answer"
  case notCompiling = "not-compiling"
  case trapped, exited
  case timeLimit = "time-limit"
  case outputLimit = "output-limit"
  case missing

  /// The status for people.
  var word: Localized {
    switch self {
    case .passed: Localized(en: "passed", fr: "réussie")
    case .misconception: Localized(en: "misconception", fr: "idée fausse")
    case .wrong: Localized(en: "wrong", fr: "fausse")
    case .notWritten: Localized(en: "not written", fr: "à écrire")
    case .otherArguments: Localized(en: "other arguments", fr: "autres arguments")
    case .noAnswer: Localized(en: "no answer", fr: "sans réponse")
    case .notCompiling: Localized(en: "does not compile", fr: "ne compile pas")
    case .trapped: Localized(en: "crashed", fr: "plantée")
    case .exited: Localized(en: "ended itself", fr: "s'est terminée")
    case .timeLimit: Localized(en: "too slow", fr: "trop lente")
    case .outputLimit: Localized(en: "too much output", fr: "trop de sortie")
    case .missing: Localized(en: "no file", fr: "sans fichier")
    }
  }

  /// A sign that stands before the word.
  var symbol: String {
    switch self {
    case .passed: "✓"
    case .misconception: "≈"
    case .wrong, .otherArguments, .noAnswer: "✗"
    case .notWritten, .missing: "–"
    case .notCompiling, .trapped, .exited, .timeLimit, .outputLimit: "!"
    }
  }
}

extension TaskResult {
  /// The result in a word.
  var status: TaskStatus {
    switch outcome {
    case .judged(.passed): .passed
    case .judged(.misconception): .misconception
    case .judged(.wrong): .wrong
    case .judged(.notWritten): .notWritten
    case .judged(.otherArguments): .otherArguments
    case .judged(.interrupted): .noAnswer
    case .notCompiling: .notCompiling
    case .stopped(.trapped, _): .trapped
    case .stopped(.exited, _): .exited
    case .stopped(.timeLimit, _): .timeLimit
    case .stopped(.outputLimit, _): .outputLimit
    case .missing: .missing
    }
  }
}
