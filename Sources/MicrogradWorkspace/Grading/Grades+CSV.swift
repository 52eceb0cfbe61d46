import Micrograd

extension Grades {
  /// Returns a table with a line for each submission, for spreadsheets: with a byte order mark, without which they take
  /// accents for something else, and in French with semicolons, as spreadsheets in French read them.
  func csv(in language: Language) -> String {
    func words(_ en: String, _ fr: String) -> String { Localized(en: en, fr: fr)(in: language) }
    let heading =
      [words("name", "nom"), words("passed", "réussies")]
      + exercises.map { words("task \($0.number)", "tâche \($0.number)") }
      + [words("misconceptions", "idées fausses"), words("remarks", "remarques")]
    let rows = grades.map { grade in
      [grade.name, "\(grade.passed)"] + statuses(of: grade).map { $0?.word(in: language) ?? "" }
        + [
          grade.misconceptionNames.joined(separator: " "),
          ([grade.problem].compactMap { $0 } + grade.remarks).map { $0(in: language) }.joined(separator: " "),
        ]
    }
    let delimiter = language == .french ? ";" : ","
    let lines = ([heading] + rows).map { row in
      row.map { Self.field($0, delimiter: delimiter) }.joined(separator: delimiter)
    }
    return "\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n"
  }

  /// Returns the status of each task, or nil where there is none.
  func statuses(of grade: Grade) -> [TaskStatus?] {
    exercises.map { exercise in grade.results.first { $0.exercise.number == exercise.number }?.status }
  }

  /// Returns a field in quotes where it needs them (RFC 4180). An apostrophe stands before what a spreadsheet would take
  /// for a formula, and run.
  private static func field(_ text: String, delimiter: String) -> String {
    // A name may contain codes that a terminal would follow.
    let text = String(
      text.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : $0 })
    let isFormula = text.unicodeScalars.first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    let cell = isFormula ? "'" + text : text
    let isSpecial = cell.contains { "\"'".contains($0) } || cell.contains(delimiter)
    return isSpecial ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
  }
}

extension Grade {
  /// The names of the misconceptions, with the tasks: `5:gradients-not-zeroed`.
  var misconceptionNames: [String] {
    results.compactMap { result in result.misconception.map { "\(result.exercise.number):\($0.name)" } }
  }
}
