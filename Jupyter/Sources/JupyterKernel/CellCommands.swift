import Foundation

/// A cell's first lines that begin with `%`, and the rest, which is Swift.
struct CellCommands {
  /// A command: its name, and the words that follow.
  struct Command: Equatable {
    let name: String
    let words: [String]
  }

  private(set) var commands: [Command] = []
  /// The Swift code, every piece of it at its line and column.
  let code: String

  init(_ cell: String) {
    var lines = cell.components(separatedBy: "\n")
    for (index, line) in lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text.hasPrefix("//") { continue }
      guard text.hasPrefix("%") else { break }
      var words = Self.words(text)
      let name = String(words.removeFirst().drop { $0 == "%" })
      lines[index] = ""
      if name == "time" && !words.isEmpty {
        // The rest of the line is code.
        let code = line.drop { $0 != "%" }.drop { !$0.isWhitespace }
        lines[index] = String(repeating: " ", count: line.count - code.count) + code
        words = []
      }
      commands.append(Command(name: name, words: words))
    }
    code = lines.joined(separator: "\n")
  }

  /// The words of a line; between quotes, white space does not divide.
  private static func words(_ line: String) -> [String] {
    var words: [String] = [], word = "", isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character.isWhitespace && !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// The commands, with their explanations.
  static let help: [(name: String, usage: String, text: String)] = [
    (
      "package", "%package PATH  or  %package URL VERSION",
      """
      Makes the libraries of a Swift package importable. PATH is a folder; VERSION is the lowest version, or \
      branch:NAME. Cells that have run are run again, since a new process is needed: best done first, \
      and for all packages in one cell.
      """
    ),
    ("time", "%time  or  %time CODE", "Says how long the cell took to compile and to run."),
    ("who", "%who", "Lists the variables with their types, the functions and the types of this notebook."),
    ("reset", "%reset", "Forgets all of them, in a new process. Packages stay."),
    ("help", "%help  or  %help COMMAND", "Explains the commands."),
  ]
}
