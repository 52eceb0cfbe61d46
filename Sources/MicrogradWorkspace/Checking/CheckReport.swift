import Foundation
import Micrograd
import MicrogradJSON
import MicrogradLab

/// The results of a check, for people and for programs.
package struct CheckReport {
  let results: [TaskResult]
  let language: Language
  let seed: Int

  /// Whether all tasks that were checked are done.
  package var isPassed: Bool { results.allSatisfy(\.isPassed) }

  func words(en: String, fr: String) -> String { Localized(en: en, fr: fr)(in: language) }

  /// Returns what is done, and what is next.
  ///
  /// - Parameter done: The numbers of all tasks that are known to be done.
  package func summary(done: Set<Int>) -> String {
    let next = Exercise.all.first { !done.contains($0.number) }, count = Exercise.all.count
    guard let next else {
      return words(
        en: "All \(count) tasks are done. Hand in: the README says how.",
        fr: "Les \(count) tâches sont réussies. Rendez votre travail : le README dit comment.")
    }
    let path = "\(Workspace.sources)/\(next.file)", title = next.title(in: language)
    return words(
      en: "Done: \(done.count) of \(count). Next: task \(next.number), \(title), in \(path).",
      fr: "Réussies : \(done.count) sur \(count). La suite : tâche \(next.number), \(title), dans \(path).")
  }

  /// The numbers of the tasks that passed.
  package var passed: Set<Int> { Set(results.filter(\.isPassed).map(\.exercise.number)) }
}

// MARK: - Text

extension CheckReport {
  /// Returns the results for a terminal.
  ///
  /// Of tasks that are still to be written only the headline is shown, except for the first: a list of all that is missing
  /// helps nobody who has just begun.
  ///
  /// - Parameter isStyled: Whether colours and bold type are used, by the escape codes of terminals.
  package func text(isStyled: Bool) -> String {
    var isFirstUnwritten = true, parts: [String] = []
    for result in results {
      let feedback = result.feedback(in: language)
      var lines = [heading(result, isStyled: isStyled)]
      let isUnwritten = if case .judged(.notWritten) = result.outcome { true } else { false }
      if !result.isPassed, !isUnwritten || isFirstUnwritten { lines += feedback.paragraphs.flatMap(self.lines) }
      if isUnwritten { isFirstUnwritten = false }
      parts.append(lines.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n") + "\n"
  }

  private func heading(_ result: TaskResult, isStyled: Bool) -> String {
    let feedback = result.feedback(in: language), title = result.exercise.title(in: language)
    let line = "\(feedback.headline)  (\(title))"
    guard isStyled else { return line }
    return "\u{1B}[1;\(result.isPassed ? 32 : 33)m\(line)\u{1B}[0m"
  }

  /// Returns a paragraph as indented lines.
  private func lines(_ paragraph: Feedback.Paragraph) -> [String] {
    switch paragraph {
    case .prose(let text): Self.wrapped(text.filter { $0 != "`" })
    case .question(let text): Self.wrapped("→ " + text.filter { $0 != "`" })
    case .fact: ["    " + paragraph.plainText(in: language)]
    case .code(let text): text.split(separator: "\n").map { "    \($0)" }
    }
  }

  private static func wrapped(_ text: String, width: Int = 90) -> [String] {
    var lines = [" "]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= width { lines.append(" ") }
      lines[lines.count - 1] += " \(word)"
    }
    return lines
  }
}

extension Feedback {
  /// Returns the text as lines, for formats without paragraphs.
  func plainText(in language: Language) -> String {
    paragraphs.map { $0.plainText(in: language) }.joined(separator: "\n")
  }
}

extension Feedback.Paragraph {
  func plainText(in language: Language) -> String {
    switch self {
    case .prose(let text), .question(let text), .code(let text): text
    case .fact(let name, let value): "\(name)\(Localized(en: ":", fr: " :")(in: language)) \(value)"
    }
  }
}

// MARK: - JSON

extension CheckReport {
  private struct Task: Encodable {
    let number: Int
    let title: String
    let status: String
    let misconception: String?
    let headline: String
    let text: String
    let printed: String
  }

  private struct Document: Encodable {
    let seed: Int
    let passed: [Int]
    let tasks: [Task]
  }

  /// Returns the results as JSON, for scripts.
  package func json() throws -> String {
    let tasks = results.map { result in
      let feedback = result.feedback(in: language)
      return Task(
        number: result.exercise.number, title: result.exercise.title(in: language), status: result.status.rawValue,
        misconception: result.misconception?.name, headline: feedback.headline,
        text: feedback.plainText(in: language),
        printed: String(result.printed.prefix(4096)))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(Document(seed: seed, passed: passed.sorted(), tasks: tasks))
    return String(decoding: data, as: UTF8.self)
  }
}

// MARK: - JUnit

extension CheckReport {
  /// Returns the results in the XML of JUnit, as GitLab and others read it: a test case for each task.
  ///
  /// The text stands in the body of a failure, since GitLab does not show its message.
  package func junit() -> String {
    let failures = results.count { !$0.isPassed }
    let cases = results.map { result in
      let feedback = result.feedback(in: language),
        name = "\(result.exercise.number). \(result.exercise.title(in: language))"
      let start =
        "    <testcase classname=\"lab\" name=\"\(Self.escaped(name))\" file=\"\(Workspace.sources)/\(result.exercise.file)\" time=\"0\""
      guard !result.isPassed else { return start + "/>" }
      return """
        \(start)>
              <failure type="\(result.status.rawValue)" message="\(Self.escaped(feedback.headline))">\(Self.escaped(feedback.headline + "\n" + feedback.plainText(in: language)))</failure>
            </testcase>
        """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="lab" tests="\(results.count)" failures="\(failures)" errors="0" time="0">
        <testsuite name="lab" tests="\(results.count)" failures="\(failures)" errors="0" skipped="0" time="0">
      \(cases.joined(separator: "\n"))
        </testsuite>
      </testsuites>

      """
  }

  /// Escapes text for XML, and leaves out the characters that XML 1.0 forbids: a student's program may print any.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.unicodeScalars.append(scalar)
      default: result += "\u{FFFD}"
      }
    }
    return result
  }
}
