import Micrograd
import MicrogradData
import MicrogradPlatform
import MicrogradRequirement

/// Answers the questions of a file with the functions of a solution: the main program of a check.
///
/// The program's arguments are the task's number, the file with the questions, and the file for the answers. It writes
/// each answer as soon as it is there, since the next call may trap.
///
/// - Parameter functions: The functions of each task, by its number.
public func answerQuestions(_ functions: [Int: [Function]]) {
  let arguments = CommandLine.arguments
  guard arguments.count == 4, let task = Int(arguments[1]), let functions = functions[task],
    let text = try? TextFile.read(arguments[2]), let file = fopen(arguments[3], "w")
  else { stop("usage: \(arguments[0]) TASK QUESTIONS ANSWERS") }
  answer(text.split(separator: "\n").compactMap { Question(line: $0) }, with: functions) { line in
    fputs(line + "\n", file)
    fflush(file)
  }
}

/// Answers questions with the functions of a solution, and passes on each line of the transcript as soon as it is there.
public func answer(
  _ questions: [Question], with functions: [Function], writing write: @escaping (_ line: String) -> Void
) {
  whenNotWritten { function in
    write("\(Transcript.Mark.notWritten) \(function)")
    _exit(0)
  }
  for question in questions {
    guard let answer = functions.first(where: { $0.name == question.function })?.answer(question) else {
      return write("\(Transcript.Mark.otherArguments) \(question.function)")
    }
    for observation in answer.observations { write("\(Transcript.Mark.observation) \(observation.line)") }
    write(Transcript.Mark.answered.rawValue)
  }
  write(Transcript.Mark.finished.rawValue)
}

/// Ends the program in a way of one's own at a function that is still to be written. It is called with the function's name.
public func whenNotWritten(_ stop: @escaping (_ function: String) -> Never) {
  stopUnwritten = { function, _ in stop(String(function.prefix { $0 != "(" })) }
}

/// Ends the program at a function that is still to be written.
nonisolated(unsafe) private var stopUnwritten: (_ function: String, _ place: String) -> Never = { function, place in
  let text = Localized(
    en: "\(function) \(place) is still to be written.\n", fr: "\(function) \(place) est encore à écrire.\n")
  try? StandardStream.error.write(text(in: .ofLocale))
  exit(1)
}

/// Stands in a function that is still to be written. Replace the call with your program.
///
/// It ends the program, and prints where it stands.
public func notWritten(_ function: String = #function, file: String = #fileID, line: Int = #line) -> Never {
  stopUnwritten(function, "(\(file):\(line))")
}
