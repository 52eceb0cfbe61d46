import MicrogradPlatform
import MicrogradRequirement

/// What the command asks of its surroundings.
enum Terminal {
  /// Whether standard output is a terminal that understands styles (<https://no-color.org> is heard).
  static var isOutputTerminal: Bool {
    isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
  }

  /// Whether the locale, as POSIX defines it, can show more than ASCII.
  static var knowsUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
    return locale.lowercased().filter { $0 != "-" }.hasSuffix("utf8")
  }

  /// How many characters there is room for.
  struct Size: Equatable {
    var rows: Int
    var columns: Int
  }

  /// That of the terminal; nil if standard output is none, or one that does not know.
  static var size: Size? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return nil }
    return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Says something beside the output: people read standard error even where standard output is a file.
  static func note(_ text: String) {
    // What cannot be said is no reason to fail: the output is what was asked for.
    try? StandardStream.error.write(text + "\n")
  }
}
