import Foundation
import Micrograd
import MicrogradLab

/// The functions that a student has written in the notebook of the tasks, as if they stood in the tasks' files.
struct NotebookSources {
  /// The name of the notebook.
  static let file = "gradient.ipynb"

  private struct Notebook: Decodable {
    let cells: [Cell]
  }

  private struct Cell: Decodable {
    let id: String?
    let source: Source
  }

  /// The text of a cell: the format allows a string, and a list of lines.
  private enum Source: Decodable {
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let lines = try? container.decode([String].self)
      self = .text(try lines?.joined() ?? container.decode(String.self))
    }
  }

  /// The texts of the tasks' files that the cells amount to, by the file's name.
  let texts: [String: String]

  /// Reads the notebook, or returns nil if the text is none.
  init?(_ text: String) {
    guard let notebook = try? JSONDecoder().decode(Notebook.self, from: Data(text.utf8)) else { return nil }
    var texts: [String: String] = [:]
    for exercise in Exercise.all {
      // Front ends keep the identifiers of cells.
      let cell = notebook.cells.first { $0.id == exercise.notebookCell }
      if case .text(let source)? = cell?.source {
        texts[exercise.file] = "import Foundation\nimport Micrograd\n\n\(source)\n"
      }
    }
    self.texts = texts
  }

  /// Returns the files of a student who may have worked in both forms: a task's file, unless it is missing or as it was at
  /// the start; then the notebook's cell.
  static func merge(files: [String: String], notebook: NotebookSources?) -> [String: String] {
    files.filter { !isUntouched($0.value, named: $0.key) }
      .merging(notebook?.texts ?? [:]) { file, _ in file }
      .merging(files) { other, _ in other }
  }

  private static func isUntouched(_ text: String, named name: String) -> Bool {
    Exercise.all.contains { exercise in
      exercise.file == name && Language.allCases.contains { exercise.stub(in: $0) == text }
    }
  }
}
