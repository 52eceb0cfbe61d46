import Foundation
import Micrograd
import MicrogradLab
import Synchronization

/// Grades the submissions of a class.
package struct Grader: Sendable {
  /// How far the grading has come.
  package struct Progress: Sendable {
    /// The submissions that are graded, and all of them.
    package let done, count: Int
    /// The one that has just been graded.
    package let name: String
    /// Its outcome, in a few words.
    package let outcome: Localized
  }

  /// A function that compiles the sources of a student, runs them, and judges the answers.
  typealias Check =
    @Sendable (_ sources: [String: String], _ exercises: [Exercise], _ seed: Int) throws -> [TaskResult]

  private let entries: [SubmissionFolder.Entry]
  private let seed: Int
  private let tag: String
  private let exercises: [Exercise]
  /// Whether programs run in a sandbox, and not only within limits.
  package let isIsolated: Bool
  private let check: Check

  init(
    _ folder: SubmissionFolder, seed: Int, tag: String, exercises: [Exercise] = Exercise.all, isIsolated: Bool,
    check: @escaping Check
  ) {
    entries = folder.entries
    (self.seed, self.tag, self.exercises, self.isIsolated, self.check) = (seed, tag, exercises, isIsolated, check)
  }

  /// Prepares for grading: builds the library, if need be.
  package init(_ folder: SubmissionFolder, seed: Int, tag: String, in language: Language) throws {
    let workbench = try Workbench(package: LibraryReference.requiredCheckout(), language: language)
    let checker = try Checker(workbench: workbench, isolates: true)
    // If the compiler does not work, nobody can be graded.
    _ = try checker.check([:], exercises: [], seed: seed)
    let isIsolated = if case .bubblewrap = checker.sandbox { true } else { false }
    self.init(folder, seed: seed, tag: tag, isIsolated: isIsolated) { sources, exercises, seed in
      try checker.check(sources, exercises: exercises, seed: seed)
    }
  }

  /// The number of processors.
  package static var defaultJobs: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Grades all submissions. One that is broken does not stop the others.
  ///
  /// - Parameters:
  ///   - jobs: How many are graded at a time.
  ///   - report: It is called after each, for one at a time.
  package func grade(jobs: Int, report: @escaping @Sendable (Progress) -> Void) -> Grades {
    let next = Mutex(0), graded = Mutex<[Int: Grade]>([:])
    let group = DispatchGroup()
    for _ in 0..<min(jobs, entries.count) {
      group.enter()
      let thread = Thread {
        while let index = next.withLock({ next in
          defer { next += 1 }
          return next < entries.count ? next : nil
        }) {
          let grade = grade(entries[index])
          graded.withLock { graded in
            graded[index] = grade
            report(Progress(done: graded.count, count: entries.count, name: grade.name, outcome: grade.summary))
          }
        }
        group.leave()
      }
      // Judging runs the reference solution, whose graphs can be deep.
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    let inOrder = graded.withLock { graded in entries.indices.compactMap { graded[$0] } }
    return Grades(inOrder, exercises: exercises, seed: seed, tag: tag, isIsolated: isIsolated)
  }

  private func grade(_ entry: SubmissionFolder.Entry) -> Grade {
    let submission = Submission(at: entry.path, named: entry.name, exercises: exercises, tag: tag)
    switch submission.sources {
    case .failure(let problem): return Grade(submission, .unreadable(problem.message))
    case .success(let sources):
      do {
        return Grade(submission, .graded(try check(sources, exercises, seed)))
      } catch {
        let reason = "\(error)"
        return Grade(
          submission,
          .unreadable(
            Localized(en: "It could not be checked: \(reason)", fr: "La vérification a échoué : \(reason)")))
      }
    }
  }
}
