import Micrograd
import MicrogradLab

extension Grades {
  /// Returns the overview as one page of HTML that is complete in itself.
  ///
  /// Everything that students wrote is escaped, and their pictures are shown as images, in which no script runs and which
  /// load nothing.
  func html(in language: Language) -> String { GradesPage(grades: self, language: language).html() }
}

/// The overview of a class.
private struct GradesPage {
  let grades: Grades
  let language: Language

  private func words(_ en: String, _ fr: String) -> String { Localized(en: en, fr: fr)(in: language) }
  private func counted(_ count: Int, _ en: String, _ fr: String) -> String {
    Localized.counted(count, en: en, fr: fr)(in: language)
  }

  func html() -> String {
    let title = words("Grades of the lab", "Notes du TP")
    let body = """
      <header>
      <h1>\(title)</h1>
      <p>\(introduction)</p>
      </header>
      <main>
      \(table)
      \(misconceptions)
      \(identicalTexts)
      \(grades.grades.indices.map(section).joined(separator: "\n"))
      </main>
      """
    return HTMLPage(title: title, in: language, style: Self.style, body: body).html()
  }

  private var introduction: String {
    let isolation =
      grades.isIsolated
      ? words("The programs ran in a sandbox.", "Les programmes ont tourné dans un bac à sable.")
      : words(
        "The programs ran with limits of time, memory and output, but without a sandbox.",
        "Les programmes ont tourné avec des limites de temps, de mémoire et de sortie, mais sans bac à sable.")
    let submissions = counted(grades.grades.count, "submission", "rendu")
    let seed = words("The seed of the questions is", "La graine des questions est")
    return "\(submissions). \(seed) <code>\(grades.seed)</code>. \(isolation)"
  }

  // MARK: The class

  private var table: String {
    let tasks = grades.exercises.map { exercise in
      "<th scope=\"col\" title=\"\(exercise.title(in: language).escaped)\">\(exercise.number)</th>"
    }
    return """
      <section>
      <h2>\(words("Results", "Résultats"))</h2>
      <div class="scrolls wide" tabindex="0" role="region" aria-label="\(words("Results", "Résultats"))"><table>
      <thead><tr><th scope="col">\(words("name", "nom"))</th><th scope="col">\(words("passed", "réussies"))</th>\
      \(tasks.joined())</tr></thead>
      <tbody>
      \(grades.grades.enumerated().map { row($0.element, $0.offset) }.joined(separator: "\n"))
      </tbody>
      </table></div>
      </section>
      """
  }

  private func row(_ grade: Grade, _ index: Int) -> String {
    let name = "<th scope=\"row\"><a href=\"#\(Self.anchor(index))\">\(Self.name(grade.name))</a></th>"
    let cells =
      grade.problem.map { problem in
        "<td class=\"problem\" colspan=\"\(grades.exercises.count)\">\(problem(in: language).escaped)</td>"
      } ?? grades.statuses(of: grade).map { "<td>\($0.map(html) ?? "")</td>" }.joined()
    return "<tr>\(name)<td class=\"count\">\(grade.passed)</td>\(cells)</tr>"
  }

  private func html(_ status: TaskStatus) -> String {
    "<span class=\"status \(status.rawValue)\"><span aria-hidden=\"true\">\(status.symbol)</span> \(status.word(in: language))</span>"
  }

  private var misconceptions: String {
    let shared = grades.misconceptions
    if shared.isEmpty { return "" }
    let items = shared.map { shared in
      """
      <li><p><strong>\(counted(shared.names.count, "student", "étudiant")), \
      \(words("task", "tâche")) \(shared.exercise.number)</strong> (\(shared.exercise.title(in: language).escaped))\(words(":", "\u{A0}:"))
      \(shared.misconception.thought(in: language).prose)
      <em>\(shared.misconception.question(in: language).prose)</em></p>
      <p class="names">\(names(shared.names))</p></li>
      """
    }
    return """
      <section>
      <h2>\(words("Misconceptions of the class", "Idées fausses de la classe"))</h2>
      <ul>
      \(items.joined(separator: "\n"))
      </ul>
      </section>
      """
  }

  private var identicalTexts: String {
    if grades.identicalTexts.isEmpty { return "" }
    let items = grades.identicalTexts.map { shared in
      let part =
        switch shared.part {
        case .everything: words("whole submission", "rendu entier")
        case .task(let number): words("task \(number)", "tâche \(number)")
        }
      return "<li><strong>\(part)</strong>\(words(":", "\u{A0}:")) \(names(shared.names))</li>"
    }
    return """
      <section>
      <h2>\(words("Identical texts", "Textes identiques"))</h2>
      <p>\(words(
        "These texts are the same but for comments and white space. That can have many reasons.",
        "Ces textes sont les mêmes, aux commentaires et aux espaces près. Cela peut avoir bien des raisons."))</p>
      <ul>
      \(items.joined(separator: "\n"))
      </ul>
      </section>
      """
  }

  // MARK: A student

  private func section(_ index: Int) -> String {
    let grade = grades.grades[index]
    let remarks = ([grade.problem].compactMap { $0 } + grade.remarks).map {
      "<p class=\"remark\">\($0(in: language).escaped)</p>"
    }
    return """
      <section id="\(Self.anchor(index))">
      <h2>\(Self.name(grade.name))</h2>
      \((remarks + grade.results.map { html($0) }).joined(separator: "\n"))
      </section>
      """
  }

  private func html(_ result: TaskResult) -> String {
    let heading =
      "\(words("Task", "Tâche")) \(result.exercise.number)\(words("", "\u{A0}")): \(result.exercise.title(in: language))"
    let parts = [
      feedback(on: result), result.printed.isEmpty ? "" : printed(result.printed), result.figuresHTML(in: language),
    ]
    return """
      <div class="task">
      <h3>\(heading.escaped) \(html(result.status))</h3>
      \(parts.filter { !$0.isEmpty }.joined(separator: "\n"))
      </div>
      """
  }

  /// Returns what the student would be told, unless the heading says it all.
  private func feedback(on result: TaskResult) -> String {
    switch result.status {
    case .passed, .notWritten, .missing: ""
    default:
      result.feedbackHTML(in: language)
    }
  }

  private func printed(_ text: String) -> String {
    """
    <details><summary>\(words("What the program printed", "Ce que le programme a affiché"))</summary>
    <pre class="scrolls" tabindex="0">\(String(text.prefix(Self.shownCharacters)).escaped)</pre></details>
    """
  }

  // MARK: Parts

  /// The length up to which a program's output is shown.
  private static let shownCharacters = 4000

  private static func anchor(_ index: Int) -> String { "student-\(index + 1)" }

  /// Returns a name that cannot change the direction of the text around it.
  private static func name(_ name: String) -> String { "<bdi>\(name.escaped)</bdi>" }

  private func names(_ names: [String]) -> String { names.map(Self.name).joined(separator: ", ") }

  private static var style: String {
    """
    section > .wide { grid-column: 1 / -1; justify-self: center; min-width: min(100%, 60rem); max-width: 100%; }
    table { margin: 0; }
    th, td { text-align: left; white-space: nowrap; padding: .25rem .6rem; }
    .count { text-align: right; }
    tbody th { position: sticky; left: 0; background: #fff; font-weight: normal; max-width: min(14rem, 36vw); overflow: hidden;
      text-overflow: ellipsis; }
    td.problem { white-space: normal; min-width: 20rem; max-width: 44rem; font: inherit; font-size: .95em; }
    .status { padding: 0 .35rem; border-radius: 4px; border: 1px solid transparent; }
    .passed { color: #14532d; background: #dcfce7; }
    .misconception { color: #713f12; background: #fef3c7; }
    .wrong, .other-arguments, .no-answer { color: #7f1d1d; background: #fee2e2; }
    .not-written, .missing { color: #555b63; }
    .not-compiling, .trapped, .exited, .time-limit, .output-limit { color: #581c87; background: #f3e8ff; }
    h2, h3, li { overflow-wrap: anywhere; }
    h3 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
    h3 .status { font-weight: normal; white-space: nowrap; }
    .task p { margin: .3rem 0; }
    .names { color: #555b63; }
    @media (prefers-color-scheme: dark) {
      tbody th { background: #16181b; }
      .passed { color: #bbf7d0; background: #14532d; }
      .misconception { color: #fde68a; background: #713f12; }
      .wrong, .other-arguments, .no-answer { color: #fecaca; background: #7f1d1d; }
      .not-compiling, .trapped, .exited, .time-limit, .output-limit { color: #e9d5ff; background: #581c87; }
      .not-written, .missing, .names { color: #a3abb5; }
    }
    @media print {
      body { color: #000; background: #fff; font-size: .85rem; }
      .status { color: #000; background: none; border-color: #999; }
      .scrolls { overflow: visible; } tbody th { position: static; }
      th, td { white-space: normal; padding: .15rem .3rem; }
      .task, tr { break-inside: avoid; } a { color: inherit; text-decoration: none; }
    }
    """
  }
}
