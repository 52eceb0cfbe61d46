import Foundation
import Micrograd
import MicrogradLab
import MicrogradQuestions

/// Proves that the tasks are sound: what a student sees at the start, at the end, and on the known wrong ways.
package struct Verification {
  private let checker: Checker

  /// - Parameter package: The package whose library is used, or nil for the checkout that this program was built from.
  package init(package: URL?) throws {
    let package = try package ?? LibraryReference.requiredCheckout()
    checker = try Checker(workbench: Workbench(package: package, language: .english), isolates: false)
  }

  /// Returns what is wrong with the tasks: an empty list if
  ///
  /// - each reference passes on every seed, and each misconception is recognised and told apart from the others;
  /// - each stub, in each language, is answered by saying which function is to be written;
  /// - each reference passes as a student's file, alone in its file as it is shown by `lab compare`.
  package func flaws(seeds: Range<Int>) throws -> [String] {
    var flaws = try concurrentMap(Exercise.all) { exercise in seeds.flatMap { exercise.flaws(seed: $0) } }.flatMap {
      $0
    }
    for language in Language.allCases {
      flaws += try self.flaws(of: "stub", in: language, sources: { $0.stub(in: language) }) { result in
        if case .judged(.notWritten) = result.outcome { true } else { false }
      }
    }
    flaws += try self.flaws(
      of: "reference", in: .english, sources: { $0.referenceFile }
    ) { $0.isPassed }
    return flaws
  }

  private func flaws(
    of kind: String, in language: Language, sources: (Exercise) -> String, isRight: (TaskResult) -> Bool
  ) throws -> [String] {
    let files = Dictionary(uniqueKeysWithValues: Exercise.all.map { ($0.file, sources($0)) })
    return try checker.check(files, exercises: Exercise.all, seed: Exercise.seed).compactMap { result in
      if isRight(result) { return nil }
      let feedback = result.feedback(in: language)
      return "task \(result.exercise.number), \(kind): \(feedback.headline): \(feedback.plainText(in: language))"
    }
  }
}
