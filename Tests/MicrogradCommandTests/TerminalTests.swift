import Foundation
import MicrogradPlatform
import Testing

/// `step` at a terminal, with somebody who presses keys.
@Suite struct TerminalTests {
  private static let step = ["step", "relu(a*b + c)^2", "a=2", "b=-3", "c=10"]

  @Test(arguments: [
    ("n", "1/8"), (" ", "1/8"), ("\r", "1/8"), ("\u{1B}[C", "1/8"), ("\u{1B}OC", "1/8"), ("\u{1B}[B", "1/8"),
    ("nnn", "3/8"), ("nnnb", "2/8"), ("nnnp", "2/8"), ("nnn\u{7F}", "2/8"), ("nnn\u{1B}[D", "2/8"),
    ("nn\u{1B}[A", "1/8"),
    ("b", "0/8"), ("G", "8/8"), ("Gn", "8/8"), ("\u{1B}[F", "8/8"), ("\u{1B}[4~", "8/8"), ("nnng", "0/8"),
    ("nnn\u{1B}[H", "0/8"), ("nnn\u{1B}[1~", "0/8"), ("nx", "1/8"), ("n\u{1B}[5~", "1/8"), ("n?x", "1/8"),
    ("?nn", "1/8"),
  ])
  func keysWalk(_ keys: String, _ place: String) throws {
    let terminal = try PseudoTerminal(Self.step, rows: 24, columns: 80)
    try terminal.read(until: "0/8")
    terminal.press(keys + "q")
    let screens = try terminal.readToEnd()
    #expect(terminal.status == 0)
    let last = try #require(screens.last).split(separator: "\n").last ?? ""
    #expect(last.hasPrefix(place + " "), "\(keys.debugDescription): got \(last), expected \(place)")
  }

  /// Escape, the end of the input and ^C leave, too.
  @Test(arguments: ["q", "\u{1B}", "\u{4}", "\u{3}"]) func keysLeave(_ key: String) throws {
    let terminal = try PseudoTerminal(Self.step, rows: 24, columns: 80)
    try terminal.read(until: "0/8")
    terminal.press(key)
    _ = try terminal.readToEnd()
    #expect(terminal.status == 0)
  }

  @Test func helpIsShownAndGoes() throws {
    let terminal = try PseudoTerminal(Self.step, rows: 24, columns: 80)
    try terminal.read(until: "0/8")
    terminal.press("n?")
    try terminal.read(until: "Press any key to return.")
    terminal.press("qq")
    let screens = try terminal.readToEnd()
    #expect(screens.last?.contains("1/8") == true && terminal.status == 0)
  }

  /// The screen is as high as the terminal, and as high as it is when that changes.
  @Test func anotherSize() throws {
    let terminal = try PseudoTerminal(Self.step, rows: 24, columns: 80)
    try terminal.read(until: "0/8")
    terminal.resize(rows: 9, columns: 40)
    try terminal.read(until: "0/8")
    terminal.press("q")
    let screens = try terminal.readToEnd()
    #expect(screens.map { $0.split(separator: "\n", omittingEmptySubsequences: false).count } == [24, 9])
  }
}

/// A terminal at which the program runs.
private final class PseudoTerminal {
  private let process = Process()
  private let file: Int32
  private var output = ""
  private var seen = 0

  init(_ arguments: [String], rows: Int, columns: Int) throws {
    var ends: (program: Int32, user: Int32) = (-1, -1)
    try #require(openpty(&ends.user, &ends.program, nil, nil, nil) == 0)
    let other = ends.program
    file = ends.user
    resize(rows: rows, columns: columns)
    let handle = FileHandle(fileDescriptor: other, closeOnDealloc: false)
    process.executableURL = URL(filePath: Program.path)
    process.arguments = arguments
    process.environment = ["TERM": "xterm", "LANG": "en_US.UTF-8"]
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    close(other)
  }

  deinit {
    if process.isRunning { process.terminate() }
    close(file)
  }

  var status: Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  func resize(rows: Int, columns: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(file, UInt(TIOCSWINSZ), &size)
  }

  func press(_ keys: String) {
    let keys = Array(keys.utf8)
    _ = write(file, keys, keys.count)
  }

  /// Waits for a text that was not there when it was last waited for.
  func read(until text: String) throws {
    while !String(output.dropFirst(seen)).contains(text) { try #require(readMore(), "\(text) never came: \(output)") }
    seen = output.count
  }

  /// The screens one after the other, without styles.
  func readToEnd() throws -> [String] {
    while readMore() {}
    return output.split(separator: "\u{1B}[H").dropFirst().map { screen in
      String(screen).replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "").replacing("\r\n", with: "\n")
    }
  }

  /// Whether there was more. Nobody would wait for a minute.
  private func readMore() -> Bool {
    var input = pollfd(fd: file, events: Int16(POLLIN), revents: 0), bytes = [UInt8](repeating: 0, count: 1 << 16)
    guard poll(&input, 1, 60_000) > 0 else { return false }
    let count = Foundation.read(file, &bytes, bytes.count)
    guard count > 0 else { return false }
    output += String(decoding: bytes[..<count], as: UTF8.self)
    return true
  }
}
