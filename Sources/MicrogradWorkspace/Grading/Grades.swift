import Micrograd
import MicrogradData
import MicrogradLab

/// The outcome of one submission.
struct Grade: Sendable {
  enum Outcome: Sendable {
    case graded([TaskResult])
    /// It could not be read or checked, for this reason.
    case unreadable(Localized)
  }

  let name: String
  let outcome: Outcome
  /// The texts that were graded, by the names of their files.
  let sources: [String: String]
  /// The parts that were ignored, and why.
  let remarks: [Localized]

  init(_ submission: Submission, _ outcome: Outcome) {
    (name, remarks, self.outcome) = (submission.name, submission.remarks, outcome)
    sources = (try? submission.sources.get()) ?? [:]
  }

  /// The results of all tasks, or none if the submission could not be read.
  var results: [TaskResult] {
    if case .graded(let results) = outcome { results } else { [] }
  }

  /// The reason why there are no results.
  var problem: Localized? {
    if case .unreadable(let reason) = outcome { reason } else { nil }
  }

  /// The number of tasks that are done.
  var passed: Int { results.count(where: \.isPassed) }

  /// The outcome in a few words.
  var summary: Localized {
    problem
      ?? Localized(en: "\(passed) of \(results.count) passed", fr: "\(passed) sur \(results.count) réussies")
  }
}

/// The grades of a class.
package struct Grades: Sendable {
  /// A misconception, and who shares it.
  struct SharedMisconception: Sendable {
    let exercise: Exercise
    let misconception: Exercise.Misconception
    let names: [String]
  }

  let grades: [Grade]
  let exercises: [Exercise]
  let seed: Int
  let tag: String
  /// Whether programs ran in a sandbox, and not only within limits.
  let isIsolated: Bool
  let identicalTexts: [IdenticalText]

  init(_ grades: [Grade], exercises: [Exercise], seed: Int, tag: String, isIsolated: Bool) {
    (self.grades, self.exercises, self.seed) = (grades, exercises, seed)
    (self.tag, self.isIsolated) = (tag, isIsolated)
    identicalTexts = IdenticalText.all(in: grades, exercises)
  }

  /// The number of submissions.
  package var count: Int { grades.count }

  /// The misconceptions of the class: the most frequent one first.
  var misconceptions: [SharedMisconception] {
    exercises.flatMap { exercise in
      exercise.misconceptions.compactMap { misconception in
        let names = grades.filter { grade in
          grade.results.contains {
            $0.exercise.number == exercise.number && $0.misconception?.name == misconception.name
          }
        }.map(\.name)
        return names.isEmpty
          ? nil : SharedMisconception(exercise: exercise, misconception: misconception, names: names)
      }
    }.enumerated().sorted { ($1.element.names.count, $0.offset) < ($0.element.names.count, $1.offset) }.map(\.element)
  }

  /// Makes the folder, and throws an error if the results cannot be written to it, so that the grading need not run in
  /// vain.
  package static func prepare(folder: String) throws(FileError) {
    try TextFile.makeFolder(folder)
    for name in [tableName, overviewName, dataName] { try TextFile.checkWritable("\(folder)/\(name)") }
  }

  private static let tableName = "grades.csv", overviewName = "overview.html", dataName = "grades.json"

  /// Writes the table for spreadsheets, the data for scripts and the page for people. Each file is written whole or not
  /// at all.
  ///
  /// - Returns: The path of the page.
  package func write(to folder: String, in language: Language) throws(FileError) -> String {
    let overview = html(in: language)
    try TextFile.makeFolder(folder)
    try TextFile.write(csv(in: language), to: "\(folder)/\(Self.tableName)")
    try TextFile.write(json(), to: "\(folder)/\(Self.dataName)")
    try TextFile.write(overview, to: "\(folder)/\(Self.overviewName)")
    return "\(folder)/\(Self.overviewName)"
  }
}
