import Foundation
import MicrogradLab

/// The functions of a student, compiled with the main program of a check.
///
/// All files are compiled as one module, so that a function can use those of earlier tasks. A file that does not compile is
/// replaced by its stub, so that its mistakes do not hide what the other files can do.
struct Program {
  /// The executable. Its folder can be read by the program.
  let executable: URL
  /// The compiler's messages about each task whose file, or whose functions' types, are wrong.
  let messages: [Int: String]

  /// Compiles the files of a student.
  ///
  /// - Parameters:
  ///   - sources: The text of each task's file, by the task's number.
  ///   - exercises: All tasks. Those without a file get their stub.
  ///   - folder: An empty folder to work in.
  init(_ sources: [Int: String], of exercises: [Exercise], in folder: URL, with workbench: Workbench) throws {
    var broken: [Int: String] = [:]
    executable = folder.appending(path: "answers-of-the-student")
    while true {
      let usable = sources.filter { broken[$0.key] == nil }
      let files = try Self.write(usable, of: exercises, to: folder)
      guard let output = try workbench.compile(files, to: executable) else { break }
      var found = Self.messages(by: exercises, in: output).filter { usable[$0.key] != nil }
      if found.isEmpty {
        // The messages are about no file that could be replaced: perhaps the compiler itself has crashed.
        found = try Self.compiledAlone(usable, of: exercises, in: folder, with: workbench)
      }
      guard !found.isEmpty else { throw WorkspaceError("The check itself does not compile:\n\(output)") }
      broken.merge(found) { $1 }
    }
    messages = broken
  }

  /// Returns the messages about each file that does not compile beside the stubs of all others.
  private static func compiledAlone(
    _ sources: [Int: String], of exercises: [Exercise], in folder: URL, with workbench: Workbench
  ) throws -> [Int: String] {
    var messages: [Int: String] = [:]
    for (number, source) in sources {
      let files = try write([number: source], of: exercises, to: folder)
      messages[number] = try workbench.compile(files, to: folder.appending(path: "alone"))
    }
    return messages
  }

  // MARK: Files

  /// The names of the files that hold no task.
  private static let given = "Given.swift", main = "main.swift"

  private static func write(_ sources: [Int: String], of exercises: [Exercise], to folder: URL) throws -> [URL] {
    var texts = [given: Template.given, main: mainProgram(of: exercises)]
    for exercise in exercises {
      texts[exercise.file] = sources[exercise.number] ?? exercise.stub(in: .english)
      texts[listing(of: exercise)] = functions(of: exercise)
    }
    // A second declaration of a name is a mistake of the later file: that of a task, if the first is given.
    return try texts.sorted { $0.key < $1.key }.map { name, text in
      let file = folder.appending(path: name)
      try text.write(to: file, atomically: false, encoding: .utf8)
      return file
    }
  }

  /// The file that says which functions answer a task's questions. A wrong type of a function is reported there, and so
  /// it can be told which task it belongs to.
  private static func listing(of exercise: Exercise) -> String { "Check\(exercise.file)" }

  private static func functions(of exercise: Exercise) -> String {
    let functions = exercise.declarations.map { declaration in
      let names = declaration.resultNames.map { "\"\($0)\"" }.joined(separator: ", ")
      let results = names.isEmpty ? "" : "results: (\(names)), "
      return "MicrogradQuestions.Function(\"\(declaration.name)\", \(results)\(declaration.name))"
    }
    return """
      import MicrogradQuestions

      @MainActor func functionsToCheck\(exercise.number)() -> [MicrogradQuestions.Function] {
        [
          \(functions.joined(separator: ",\n    "))
        ]
      }

      """
  }

  private static func mainProgram(of exercises: [Exercise]) -> String {
    let lists = exercises.map { "\($0.number): functionsToCheck\($0.number)()" }
    return "import MicrogradQuestions\n\nMicrogradQuestions.answerQuestions([\(lists.joined(separator: ", "))])\n"
  }

  // MARK: Messages

  /// Returns the errors in each task's file, or in the list of its functions, without the names of folders.
  private static func messages(by exercises: [Exercise], in output: String) -> [Int: String] {
    var messages: [Int: [Substring]] = [:]
    var current: Int?
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      let name = line.prefix { $0 != ":" }.split(separator: "/").last ?? ""
      if line.contains(": error: ") {
        current = exercises.first { name == $0.file || name == listing(of: $0) }?.number
      } else if line.contains(": note: ") || line.contains(": warning: ") {
        current = nil
      }
      guard let current else { continue }
      let start = line.hasPrefix("/") ? (line.range(of: "/\(name):")?.lowerBound).map { line.index(after: $0) } : nil
      messages[current, default: []].append(start.map { line[$0...] } ?? line)
    }
    return messages.mapValues { $0.joined(separator: "\n") }
  }
}
