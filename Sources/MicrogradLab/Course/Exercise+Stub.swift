public import Micrograd

extension Exercise {
  /// Returns the file that students begin with: the task as a comment, and its functions, still to be written.
  public func stub(in language: Language) -> String {
    let titleLine = Localized(en: "Task \(number): ", fr: "Tâche \(number) : ")(in: language) + title(in: language)
    let text = ([titleLine] + statement(in: language).split(separator: "\n\n").map(String.init))
      .map { Self.comment($0, mark: "//") }.joined(separator: "\n//\n")
    return "\(text)\n\nimport Foundation\nimport Micrograd\n\n\(unwrittenFunctions(in: language))\n"
  }

  /// The functions, still to be written, with comments that say what each is to do.
  func unwrittenFunctions(in language: Language) -> String {
    declarations.map { declaration in
      """
      \(Self.comment(declaration.purpose(in: language), mark: "///"))
      \(declaration.signature) {
        notWritten()
      }
      """
    }.joined(separator: "\n\n")
  }

  /// The identifier of the notebook's cell with the functions to write.
  package var notebookCell: String { "task-\(number)-functions" }

  /// The reference as a file of a student.
  package var referenceFile: String { "import Micrograd\nimport RealModule\n\n\(referenceSource)" }

  /// Returns a paragraph as lines of a comment, at most 100 columns wide.
  private static func comment(_ paragraph: String, mark: String) -> String {
    var lines = [mark]
    for word in paragraph.split(whereSeparator: \.isWhitespace) {
      if lines[lines.count - 1].count + word.count >= 100 { lines.append(mark) }
      lines[lines.count - 1] += " \(word)"
    }
    return lines.joined(separator: "\n")
  }
}
