import Foundation
import MicrogradLab
import MicrogradQuestions
import Synchronization

/// Asks the functions of students for answers, each task in a process of its own.
struct Checker: Sendable {
  let workbench: Workbench
  let sandbox: Sandbox
  var limits = Limits()
  let scratch: TemporaryFolder

  /// - Parameter isolates: Whether programs run in the strongest sandbox of this machine, and not only with limits.
  init(workbench: Workbench, isolates: Bool) throws {
    self.workbench = workbench
    scratch = try TemporaryFolder()
    sandbox = isolates ? .strongest(using: scratch.url) : .limits
  }

  /// Compiles the files of a student, and runs the tasks.
  ///
  /// A task that uses functions of another one, which is not done, is judged with the reference in that one's place: each
  /// task counts on its own.
  ///
  /// - Parameters:
  ///   - sources: The text of each task's file, by the file's name.
  ///   - exercises: The tasks to run.
  ///   - seed: The seed of the questions.
  func check(_ sources: [String: String], exercises: [Exercise], seed: Int) throws -> [TaskResult] {
    let folder = try scratch.makeFolder(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = Dictionary(
      uniqueKeysWithValues: Exercise.all.compactMap { exercise in
        sources[exercise.file].map { (exercise.number, $0) }
      })
    let asked = Set(exercises.map(\.number)),
      needed = exercises.reduce(into: asked) { $0.formUnion($1.allRequirements) }
    let results = try run(files, Exercise.all.filter { needed.contains($0.number) }, seed: seed, in: folder)
    let open = Set(results.filter { !$0.isPassed }.map(\.exercise.number))
    return try concurrentMap(results.filter { asked.contains($0.exercise.number) }) { result in
      let replaced = result.exercise.allRequirements.intersection(open)
      guard result.mayBeAnothersFault, !replaced.isEmpty else { return result }
      let references = Exercise.all.filter { replaced.contains($0.number) }.map { ($0.number, $0.referenceFile) }
      let other = try run(
        files.merging(references) { $1 }, [result.exercise], seed: seed,
        in: scratch.makeFolder(UUID().uuidString))[0]
      // The task's file may use more of the other file than the functions that the reference has.
      if case .notCompiling = other.outcome { return result }
      return other.replacing(replaced)
    }
  }

  private func run(_ files: [Int: String], _ exercises: [Exercise], seed: Int, in folder: URL) throws -> [TaskResult]
  {
    let program = try Program(files, of: Exercise.all, in: folder, with: workbench)
    return try concurrentMap(exercises) { exercise in
      guard files[exercise.number] != nil else { return TaskResult(exercise, .missing) }
      if let messages = program.messages[exercise.number] { return TaskResult(exercise, .notCompiling(messages)) }
      return try run(program, exercise, seed: seed, in: folder)
    }
  }

  private func run(_ program: Program, _ exercise: Exercise, seed: Int, in folder: URL) throws -> TaskResult {
    let home = folder.appending(path: "run-\(exercise.number)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    let questions = exercise.questions(seed: seed), answers = home.appending(path: "answers")
    try questions.map(\.line).joined(separator: "\n").write(
      to: home.appending(path: "questions"), atomically: false, encoding: .utf8)
    let result = try sandbox.command(
      [program.executable.path, "\(exercise.number)", "questions", "answers"],
      reading: [program.executable.path, workbench.products.path]
        + (Toolchain.runtime.map { [$0] } ?? []),
      writing: home.path, limits: limits
    ).run()
    let transcript = Transcript(try read(answers))
    let verdict = exercise.verdict(on: transcript, seed: seed)
    return TaskResult(
      exercise, Outcome(verdict, endedBy: stop(result)), figures: verdict.figures.map(\.svg), printed: result.output)
  }

  /// Reads the answers. They are a student's file: it may be missing, huge, a link or no text at all.
  private func read(_ file: URL) throws -> String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular, let size = attributes?[.size] as? Int,
      size <= limits.outputBytes + 512
    else { return "" }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  private func stop(_ result: ChildProcess.Result) -> Outcome.Stop {
    switch sandbox.ending(of: result) {
    case .exited(let status): return .exited(status: status)
    case .timeLimit, .signalled(SIGXCPU), .signalled(SIGKILL): return .timeLimit(seconds: limits.seconds)
    case .outputLimit, .signalled(SIGXFSZ): return .outputLimit(bytes: limits.outputBytes)
    case .signalled(let signal):
      return .trapped(printing: result.output, signal: String(cString: strsignal(signal)))
    }
  }
}

/// Calls a function for each element, at most as many at a time as there are processors, and returns the results in order.
func concurrentMap<T: Sendable, R: Sendable>(_ elements: [T], _ body: @Sendable (T) throws -> R) throws -> [R] {
  let results = Mutex<[Result<R, any Error>?]>(Array(repeating: nil, count: elements.count))
  DispatchQueue.concurrentPerform(iterations: elements.count) { index in
    let result = Result { try body(elements[index]) }
    results.withLock { $0[index] = result }
  }
  return try results.withLock { try $0.map { try $0!.get() } }
}
