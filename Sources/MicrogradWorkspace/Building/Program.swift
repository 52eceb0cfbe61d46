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
      guard let output = try Self.compile(usable, of: exercises, to: executable, with: workbench) else { break }
      let found = Self.messages(by: exercises, in: output).filter { usable[$0.key] != nil }
      // Messages about no file that could be replaced may be about any: perhaps the compiler itself has crashed.
      let suspects = found.isEmpty ? usable.mapValues { _ in output } : found
      guard !suspects.isEmpty else { throw WorkspaceError("The check itself does not compile:\n\(output)") }
      let culprits = try Self.culprits(among: suspects, usable, of: exercises, in: folder, with: workbench)
      // Each compiles without the others, as two that declare the same name do.
      broken.merge(culprits.isEmpty ? suspects : culprits) { $1 }
    }
    messages = broken
  }

  /// Returns the messages about each suspect that does not compile without the others: a file is not to blame for what it
  /// misses in a broken one.
  private static func culprits(
    among suspects: [Int: String], _ sources: [Int: String], of exercises: [Exercise], in folder: URL,
    with workbench: Workbench
  ) throws -> [Int: String] {
    if suspects.count == 1 { return suspects }
    let messages = try concurrentMap(suspects.keys.sorted()) { number -> (Int, String)? in
      let place = folder.appending(path: "without-others-\(number)")
      let files = sources.filter { $0.key == number || suspects[$0.key] == nil }
      let output = try compile(files, of: exercises, to: place.appending(path: "program"), with: workbench)
      return output.map { (number, Self.messages(by: exercises, in: $0)[number] ?? $0) }
    }
    return Dictionary(uniqueKeysWithValues: messages.compactMap { $0 })
  }

  /// Compiles the files of a student, and the stubs of the other tasks.
  ///
  /// - Returns: The compiler's messages if they do not compile, or nil.
  private static func compile(
    _ sources: [Int: String], of exercises: [Exercise], to program: URL, with workbench: Workbench
  ) throws -> String? {
    let folder = program.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try workbench.compile(write(sources, of: exercises, to: folder), to: program)
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

  /// The number of errors in a file that are shown. Beginners mend the first.
  private static let shownErrors = 4

  /// Returns the errors in each task's file, without the names of folders, or in the list of its functions if there are
  /// none.
  private static func messages(by exercises: [Exercise], in output: String) -> [Int: String] {
    var found: [String: [String]] = [:], current: String?
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      let path = line.prefix { $0 != ":" }, name = path.split(separator: "/").last.map(String.init) ?? ""
      if line.contains(": error: ") {
        current = name
        found[name, default: []].append(name + line[path.endIndex...])
      } else if line.contains(": note: ") || line.contains(": warning: ") {
        current = nil
      } else if let current {
        found[current]![found[current]!.count - 1] += "\n\(line)"
      }
    }
    var messages: [Int: String] = [:]
    for exercise in exercises {
      let errors = found[exercise.file] ?? found[listing(of: exercise)]
      messages[exercise.number] = errors?.prefix(shownErrors).joined(separator: "\n")
    }
    return messages
  }
}
