import Micrograd
import MicrogradJSON
import MicrogradFigures

extension Grades {
  /// Returns the grades for scripts. Keys, statuses and sentences are English in every language.
  func json() -> String {
    JSON.object([
      ("seed", .integer(seed)), ("tag", .text(tag)), ("isolated", .boolean(isIsolated)),
      ("tasks", .array(exercises.map { .integer($0.number) })),
      ("submissions", .array(grades.map(json))),
      (
        "misconceptions",
        .array(
          misconceptions.map { shared in
            .object([
              ("task", .integer(shared.exercise.number)), ("name", .text(shared.misconception.name)),
              ("submissions", .array(shared.names.map(JSON.text))),
            ])
          })
      ),
      (
        "identical",
        .array(
          identicalTexts.map { shared in
            .object([("task", json(shared.part)), ("submissions", .array(shared.names.map(JSON.text)))])
          })
      ),
    ]).indented()
  }

  /// The number of a task, or null for the whole submission.
  private func json(_ part: IdenticalText.Part) -> JSON {
    switch part {
    case .everything: .null
    case .task(let number): .integer(number)
    }
  }

  private func json(_ grade: Grade) -> JSON {
    .object([
      ("name", .text(grade.name)), ("passed", .integer(grade.passed)),
      ("problem", grade.problem.map { .text($0(in: .english)) } ?? .null),
      ("remarks", .array(grade.remarks.map { .text($0(in: .english)) })),
      (
        "results",
        .array(
          grade.results.map { result in
            .object([
              ("task", .integer(result.exercise.number)), ("status", .text(result.status.rawValue)),
              ("misconception", result.misconception.map { .text($0.name) } ?? .null),
            ])
          })
      ),
    ])
  }
}
