import MicrogradPlatform
import MicrogradRequirement

extension Terminal {
  /// The meaning of a key while stepping.
  enum Key {
    case next, back, first, last, help, quit
    /// A key without a meaning.
    case other
    /// No key: the size of the terminal has changed, and everything must be drawn again.
    case resize
  }

  /// Whether standard input and output are both terminals.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Lets `body` read single keys, on a separate screen. Afterwards the terminal is as before.
  ///
  /// - Parameter body: Receives a function that waits for the next key, or for a size other than the one shown.
  static func withKeys(_ body: (_ nextKey: (_ shown: Size) -> Key) throws -> Void) throws {
    var original = termios()
    tcgetattr(STDIN_FILENO, &original)
    var raw = original
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    // Input that was typed before is kept: it may contain an end of input.
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    defer {
      // A failure is reported at the end, when the stream is closed.
      try? StandardStream.output.write("\u{1B}[?25h\u{1B}[?1049l")
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
    }
    try StandardStream.output.write("\u{1B}[?1049h\u{1B}[?25l")
    try body(readKey)
  }

  /// Replaces the content of the screen by the given lines, one for each row.
  static func show(_ lines: [String]) throws {
    // Each line is cleared before it is written: clearing after a full line would erase its last character.
    try StandardStream.output.write("\u{1B}[H" + lines.map { "\u{1B}[2K" + $0 }.joined(separator: "\n"))
  }

  /// Waits for the next key. The end of input counts as quitting, since nobody is left to press a key.
  private static func readKey(shown: Size) -> Key {
    // Polling the size misses no change, while a signal between two calls could be missed.
    while !hasInput(within: 200) {
      if let size, size != shown { return .resize }
    }
    if let byte = readByte() {
      switch byte {
      // Linux delivers an end of input (4) as 0 if it was typed before the terminal was switched to single keys.
      case UInt8(ascii: "q"), 0, 3, 4: return .quit
      case UInt8(ascii: " "), UInt8(ascii: "n"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return .next
      case UInt8(ascii: "b"), UInt8(ascii: "p"), 127: return .back
      case UInt8(ascii: "g"): return .first
      case UInt8(ascii: "G"): return .last
      case UInt8(ascii: "?"), UInt8(ascii: "h"): return .help
      case 0x1B: return readSequence()
      default: return .other
      }
    }
    return .quit
  }

  /// Reads the sequence after an escape character. Nothing follows if it was the escape key itself.
  private static func readSequence() -> Key {
    guard hasInput(within: 50) else { return .quit }
    guard let opening = readByte(), [UInt8(ascii: "["), UInt8(ascii: "O")].contains(opening) else { return .other }
    switch readByte() {
    case UInt8(ascii: "C"), UInt8(ascii: "B"): return .next
    case UInt8(ascii: "D"), UInt8(ascii: "A"): return .back
    case UInt8(ascii: "H"): return .first
    case UInt8(ascii: "F"): return .last
    case UInt8(ascii: "1"): return readByte() == UInt8(ascii: "~") ? .first : .other
    case UInt8(ascii: "4"): return readByte() == UInt8(ascii: "~") ? .last : .other
    default: return .other
    }
  }

  /// Waits for at most the given time, and returns whether there is input or the input has ended.
  private static func hasInput(within milliseconds: Int32) -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, milliseconds) > 0
  }

  private static func readByte() -> UInt8? {
    var byte: UInt8 = 0
    return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
  }
}
