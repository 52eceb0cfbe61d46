#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Android)
  import Android
#endif

extension Terminal {
  /// What a key means to those who walk through something.
  enum Key {
    case next, back, first, last, quit
  }

  /// Whether somebody sits at both ends.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Lets `body` read single keys, on a screen of its own. Afterwards the terminal is as before.
  static func withKeys(_ body: (_ nextKey: () -> Key) -> Void) {
    var original = termios()
    tcgetattr(STDIN_FILENO, &original)
    var raw = original
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    // What was typed before is read too: an end of input among it must not get lost.
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    write("\u{1B}[?1049h\u{1B}[?25l")
    defer {
      write("\u{1B}[?25h\u{1B}[?1049l")
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
    }
    body(readKey)
  }

  /// Replaces what is on the screen.
  static func show(_ text: String) { write("\u{1B}[H\u{1B}[2J" + text) }

  private static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { unistdWrite(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// The next key; no more input means that nobody is there who could quit.
  private static func readKey() -> Key {
    while let byte = readByte() {
      switch byte {
      // Linux hands out an end of input (4) as 0 if it was typed before single keys were asked for.
      case UInt8(ascii: "q"), 0, 3, 4: return .quit
      case UInt8(ascii: " "), UInt8(ascii: "n"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return .next
      case UInt8(ascii: "b"), UInt8(ascii: "p"), 127: return .back
      case 0x1B: if let key = readSequence() { return key }
      default: continue
      }
    }
    return .quit
  }

  /// What follows an escape character; nothing follows the escape key itself.
  private static func readSequence() -> Key? {
    var next = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&next, 1, 50) > 0 else { return .quit }
    guard let bracket = readByte(), bracket == UInt8(ascii: "[") || bracket == UInt8(ascii: "O") else { return nil }
    switch readByte() {
    case UInt8(ascii: "C"), UInt8(ascii: "B"): return .next
    case UInt8(ascii: "D"), UInt8(ascii: "A"): return .back
    case UInt8(ascii: "H"): return .first
    case UInt8(ascii: "F"): return .last
    case UInt8(ascii: "1"): return readByte() == UInt8(ascii: "~") ? .first : nil
    case UInt8(ascii: "4"): return readByte() == UInt8(ascii: "~") ? .last : nil
    default: return nil
    }
  }

  private static func readByte() -> UInt8? {
    var byte: UInt8 = 0
    return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
  }
}

/// The system's function, which a member of `Terminal` has the same name as.
private func unistdWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
