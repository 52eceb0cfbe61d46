import Micrograd
import MicrogradPlatform
import MicrogradRequirement

/// The terminal and the environment of the command.
enum Terminal {
  /// Whether standard output is a terminal with styles, and the user has not switched them off (<https://no-color.org>).
  static var isOutputTerminal: Bool {
    isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
  }

  /// Whether the locale, as POSIX defines it, can show more than ASCII.
  static var knowsUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
    return locale.lowercased().filter { $0 != "-" }.hasSuffix("utf8")
  }

  /// The number of characters that fit on a screen.
  struct Size: Equatable {
    var rows: Int
    var columns: Int
  }

  /// The size of the terminal. It is nil if standard output is not a terminal, or the terminal does not report a size.
  static var size: Size? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return nil }
    return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
  }

  /// The width of text for a file, or for standard output if there is none.
  static func columns(for file: String?) -> Int { file == nil ? min(size?.columns ?? 72, 120) : 72 }

  /// The style of text for a file, or for standard output if there is none.
  static func style(for file: String?) -> TextStyle {
    if file != nil { return TextStyle() }
    return TextStyle(knowsUnicode ? .unicode : .ascii, isColored: isOutputTerminal)
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Writes a note to standard error, which people see even if standard output is a file.
  static func note(_ text: String) {
    // A failure is ignored: the output is more important than the note.
    try? StandardStream.error.write(text + "\n")
  }
}
