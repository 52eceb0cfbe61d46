import MicrogradPlatform
import MicrogradRequirement

extension Terminal {
  /// What a key means to those who walk through something.
  enum Key {
    case next, back, first, last, help, quit
    /// A key without a meaning.
    case other
    /// No key: the terminal has another size, and all is to be shown anew.
    case resize
  }

  /// Whether somebody sits at both ends.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Lets `body` read single keys, on a screen of its own. Afterwards the terminal is as before.
  ///
  /// - Parameter body: Is given a function that waits for the next key, or for another size than the one that is shown.
  static func withKeys(_ body: (_ nextKey: (_ shown: Size) -> Key) throws -> Void) throws {
    var original = termios()
    tcgetattr(STDIN_FILENO, &original)
    var raw = original
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    // What was typed before is read too: an end of input among it must not get lost.
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    defer {
      // That this was lost is said at the end: the stream knows.
      try? StandardStream.output.write("\u{1B}[?25h\u{1B}[?1049l")
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
    }
    try StandardStream.output.write("\u{1B}[?1049h\u{1B}[?25l")
    try body(readKey)
  }

  /// Replaces what is on the screen by as many lines as it has rows.
  static func show(_ lines: [String]) throws {
    // Each line is cleared before it is written: behind its last character it would lose that one, if it is full.
    try StandardStream.output.write("\u{1B}[H" + lines.map { "\u{1B}[2K" + $0 }.joined(separator: "\n"))
  }

  /// The next key; no more input means that nobody is there who could quit.
  private static func readKey(shown: Size) -> Key {
    // Looking at the size a few times a second misses no change, as a signal between two calls would.
    while !hasInput(within: 200) {
      if let size, size != shown { return .resize }
    }
    if let byte = readByte() {
      switch byte {
      // Linux hands out an end of input (4) as 0 if it was typed before single keys were asked for.
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

  /// What follows an escape character; nothing follows the escape key itself.
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

  /// Whether there is something to read, or nothing more to come, after at most this many milliseconds.
  private static func hasInput(within milliseconds: Int32) -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, milliseconds) > 0
  }

  private static func readByte() -> UInt8? {
    var byte: UInt8 = 0
    return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
  }
}
