public import Micrograd
import MicrogradJSON

extension Exercise {
  /// Returns a Jupyter notebook, as the text of its file, in which students do the tasks.
  ///
  /// Source: [The notebook format 4.5](https://nbformat.readthedocs.io/en/latest/format_description.html).
  public static func notebook(in language: Language) -> String {
    let cells =
      [NotebookCell.introduction(in: language), .given(in: language)] + all.flatMap { $0.cells(in: language) }
    return JSON.object([
      ("cells", .array(cells.map(\.json))), ("metadata", NotebookCell.kernel), ("nbformat", .integer(4)),
      ("nbformat_minor", .integer(5)),
    ]).indented()
  }

  private func cells(in language: Language) -> [NotebookCell] {
    func cell(_ part: String, _ kind: NotebookCell.Kind, _ source: String) -> NotebookCell {
      NotebookCell(id: "task-\(number)-\(part)", kind: kind, source: source)
    }
    let attempt = attemptCall.map { cell("trial", .code, $0) }
    return [
      cell("statement", .markdown, "## \(number). \(title(in: language))\n\n\(statement(in: language))"),
      NotebookCell(id: notebookCell, kind: .code, source: unwrittenFunctions(in: language)),
    ] + (attempt.map { [$0] } ?? []) + [
      cell("check", .code, checkCall)
    ]
  }

  /// The lines of Swift that try the functions in a notebook.
  private var attemptCall: String? {
    guard let lines = trial?.split(separator: "\n"), let last = lines.last else { return nil }
    guard lines.count > 1 else { return "attempt(\(number)) { \(last) }" }
    let body = lines.dropLast() + ["return \(last)"]
    return "attempt(\(number)) {\n\(body.map { "  \($0)\n" }.joined())}"
  }

  /// The line of Swift that checks the task in a notebook.
  public var checkCall: String {
    let functions = declarations.map { Self.namesakes[$0.name] ?? $0.name }
    return "check(\(number), \(functions.joined(separator: ", ")))"
  }

  /// The functions that have a namesake in the library. A cell imports both those of the library and those of other cells, and
  /// prefers neither.
  private static let namesakes = ["sigmoid": "sigmoid as (Double) -> Double"]
}

/// A cell of a notebook.
private struct NotebookCell {
  enum Kind: String { case markdown, code }

  let id: String
  let kind: Kind
  let source: String

  var json: JSON {
    let common: [(String, JSON)] = [
      ("cell_type", .text(kind.rawValue)), ("id", .text(id)), ("metadata", .object([])),
    ]
    // The format has text as a list of lines, which keep their line breaks.
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let text = lines.enumerated().map { $0 < lines.count - 1 ? $1 + "\n" : $1 }
    let output: [(String, JSON)] = kind == .code ? [("execution_count", .null), ("outputs", .array([]))] : []
    return .object(common + output + [("source", .texts(text))])
  }

  /// The metadata by which a front end starts the kernel of this project, `micrograd-kernel`.
  static let kernel = JSON.object([
    (
      "kernelspec",
      .object([("display_name", .text("Swift")), ("language", .text("swift")), ("name", .text("micrograd-swift"))])
    ),
    (
      "language_info",
      .object([
        ("file_extension", .text(".swift")), ("mimetype", .text("text/x-swift")), ("name", .text("swift")),
      ])
    ),
  ])

  static func introduction(in language: Language) -> NotebookCell {
    NotebookCell(
      id: "introduction", kind: .markdown,
      source: Localized(
        en: """
          # How a gradient propagates

          Each task asks for one or several functions, in Swift. Where one is still to be written, its body is \
          `notWritten()`: replace that by your program, and run the cell (Shift-Enter). The cells below it try your functions \
          and check them.

          | in a cell | |
          | --- | --- |
          | `check(5, binary, update, updatesNeeded)` | calls the functions of task 5, and says what is right and what is not |
          | `hint(5)` | a hint for task 5; there are three, each says more than the one before |
          | `show(5)` | what task 5 looks like when it works: numbers and figures |
          | `attempt(5) { binary(0.7) }` | what an expression gives, or why it gives nothing; a loop without end is stopped |

          A function that you change is a new one. Functions of other cells that call it still call the old one until you run \
          their cells again.
          """,
        fr: """
          # Comment un gradient se propage

          Chaque tâche demande une ou plusieurs fonctions, en Swift. Le corps de celles qui restent à écrire est \
          `notWritten()` : remplacez-le par votre programme, et exécutez la cellule (Maj-Entrée). Les cellules suivantes \
          essaient vos fonctions et les vérifient.

          | dans une cellule | |
          | --- | --- |
          | `check(5, binary, update, updatesNeeded)` | appelle les fonctions de la tâche 5, et dit ce qui est juste et ce qui ne l'est pas |
          | `hint(5)` | un indice pour la tâche 5 ; il y en a trois, chacun en dit plus que le précédent |
          | `show(5)` | ce que donne la tâche 5 quand elle marche : des nombres et des figures |
          | `attempt(5) { binary(0.7) }` | ce que donne une expression, ou pourquoi elle ne donne rien ; une boucle sans fin est arrêtée |

          Une fonction que vous modifiez est une nouvelle fonction. Celles d'autres cellules qui l'appellent appellent encore \
          l'ancienne, tant que vous n'exécutez pas de nouveau leurs cellules.
          """)(in: language))
  }

  static func given(in language: Language) -> NotebookCell {
    NotebookCell(
      id: "given", kind: .code,
      source: """
        import Foundation
        import Micrograd
        import MicrogradNotebook

        language = .\(language)

        \(Localized(
          en: "/// The sample of tasks 1 to 5, and its target.",
          fr: "/// L'échantillon des tâches 1 à 5, et sa cible.")(in: language))
        let sample = [0.888, 0.777], target = 1.0
        """)
  }
}
