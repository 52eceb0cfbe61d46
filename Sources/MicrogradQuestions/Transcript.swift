/// The answers of a solution to some questions, as far as it came, and how it ended.
public struct Transcript: Sendable, Equatable {
  /// How a run ended, as far as the program that ran could tell.
  public enum Ending: Sendable, Equatable {
    /// All questions were answered.
    case finished
    /// A function is still to be written.
    case notWritten(function: String)
    /// A function does not take the arguments that its task describes.
    case otherArguments(function: String)
    /// The program did not come to the end.
    case interrupted
  }

  /// The answers to the first questions.
  public private(set) var answers: [Answer] = []
  /// How the run ended.
  public private(set) var ending = Ending.interrupted

  /// The marks at the beginning of lines.
  enum Mark: String {
    case observation, answered, notWritten, otherArguments, finished
  }

  /// Creates a transcript of answers.
  public init(_ answers: [Answer], ending: Ending = .finished) { (self.answers, self.ending) = (answers, ending) }

  /// Answers questions with functions that do return.
  public init(_ questions: [Question], with functions: [Function]) {
    for question in questions {
      guard let answer = functions.first(where: { $0.name == question.function })?.answer(question) else {
        ending = .otherArguments(function: question.function)
        return
      }
      answers.append(answer)
    }
    ending = .finished
  }

  /// Reads what a program wrote. Lines that it would not have written are ignored.
  public init(_ text: some StringProtocol) {
    var answer = Answer()
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1), rest = parts.count > 1 ? parts[1] : ""
      switch parts.first.flatMap({ Mark(rawValue: String($0)) }) {
      case .observation: if let observation = Answer.Observation(line: rest) { answer.add(observation) }
      case .answered:
        answers.append(answer)
        answer = Answer()
      case .notWritten: ending = .notWritten(function: String(rest))
      case .otherArguments: ending = .otherArguments(function: String(rest))
      case .finished: ending = .finished
      case nil: break
      }
    }
  }
}
