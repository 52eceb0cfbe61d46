import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

extension PlaygroundDispatcher {
  /// Reads a pasted table: the settings of its points.
  func csv(_ request: Request) throws(PlaygroundError) -> Reply {
    guard let text = request["text"]?.text else {
      throw PlaygroundError(
        en: "“text” must be the text of a table.", fr: "« text » doit être le texte d'un tableau.")
    }
    var target: String?
    if let json = request["target"] {
      guard let name = json.text else {
        throw PlaygroundError(
          en: "“target” must be the name of a column.", fr: "« target » doit être le nom d'une colonne.")
      }
      target = name
    }
    let table = try PastedTable(csv: text, target: target)
    return Reply(
      .object([
        ("settings", table.settings), ("task", .text(table.task.rawValue)),
        ("table", TableColumns(table.pipeline).json), ("rows", .integer(table.points.count)),
        ("remarks", .array(table.remarks.map { .localized($0) })),
      ]))
  }
}
