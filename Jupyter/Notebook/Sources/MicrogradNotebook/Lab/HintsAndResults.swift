import Micrograd
import MicrogradLab
import Notebook

/// Shows a hint for a task. There are three; each says more than the one before.
@MainActor public func hint(_ task: Int) {
  guard let exercise = exercise(task) else { return }
  let index = min(hintsShown[task, default: 0], exercise.hints.count - 1)
  hintsShown[task] = index + 1
  let (number, count) = (index + 1, exercise.hints.count)
  let headline = words(
    en: "Task \(task), hint \(number) of \(count)", fr: "Tâche \(task), indice \(number) sur \(count)")
  display(Note(headline: headline, paragraphs: [.prose(exercise.hints[index](in: language))]))
}

@MainActor private var hintsShown: [Int: Int] = [:]

/// Shows what a task looks like when it works: its chapter of the lab's report, without the program.
@MainActor public func show(_ task: Int) {
  guard let exercise = exercise(task), let task = LabTask.all.first(where: { $0.number == exercise.number }) else {
    return
  }
  display(ShownReport(report: Report([task], in: language)))
}

// MARK: - What all of them say

/// Returns a task of the course. If there is none of that number, it says so.
@MainActor func exercise(_ number: Int) -> Exercise? {
  let found = Exercise.all.first { $0.number == number }
  if found == nil {
    let numbers = Exercise.all.map { "\($0.number)" }.joined(separator: ", ")
    say(
      en: "There is no task \(number). The tasks are: \(numbers).",
      fr: "Il n'y a pas de tâche \(number). Les tâches sont : \(numbers).")
  }
  return found
}

/// Shows a sentence. Names from the program are in backticks.
@MainActor func say(en: String, fr: String) { display(Note(paragraphs: [.prose(words(en: en, fr: fr))])) }
