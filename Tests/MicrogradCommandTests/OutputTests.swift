import Foundation
import Testing

/// Every byte that cannot be written is an error, on whatever stream.
@Suite struct OutputTests {
  static let commands = [
    "data moons", "data moons -n 1000", "data moons -o -", "data moons -o /dev/stdout", "draw a a=1",
    "draw a*b a=1 b=2 --format svg", "draw a*b a=1 b=2 --format html", "step a*b a=1 b=2", "lab --task 6 -o lab",
    "lab --task 6 -o lab --format json", "--help", "help lab", "draw --help", "--version",
    "--generate-completion-script bash", "",
  ]

  static var hasFullDevice: Bool { FileManager.default.fileExists(atPath: "/dev/full") }

  @Test(.enabled(if: hasFullDevice, "this system has no /dev/full"), arguments: commands)
  func outputOnAFullDisk(_ command: String) throws {
    try Program.withFolder { folder in
      let outcome = try Program.shell("micrograd \(command) > /dev/full", in: folder)
      #expect(outcome.status == 1, "\(command): status \(outcome.status)")
      let message = "cannot be written: No space left on device\n"
      #expect(
        outcome.errors.hasPrefix("Error: ") && outcome.errors.hasSuffix(message), "\(command): \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(command): \(outcome.errors)")
    }
  }

  @Test(arguments: commands) func closedOutput(_ command: String) throws {
    try Program.withFolder { folder in
      let outcome = try Program.shell("micrograd \(command) >&-", in: folder)
      #expect(outcome.status == 1, "\(command): status \(outcome.status)")
      #expect(outcome.errors.contains("cannot be written: "), "\(command): \(outcome.errors)")
    }
  }

  /// A file that is opened when a standard stream is closed must not get that stream's descriptor.
  @Test func filesGetNothingThatWasMeantForAClosedStream() throws {
    try Program.withFolder { folder in
      let csv = try Program.run("data", "moons", "-n", "5").output
      for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
        let outcome = try Program.shell("micrograd data moons -n 5 -o moons.csv \(closed)", in: folder)
        #expect(outcome.status == 0, "\(closed): \(outcome.errors)")
        #expect(try String(contentsOfFile: folder + "/moons.csv", encoding: .utf8) == csv, "\(closed)")
        let lab = try Program.shell("micrograd lab --task 6 --data moons.csv -o lab \(closed)", in: folder)
        #expect(lab.status == (closed == "2>&-" ? 0 : 1), "\(closed): \(lab.errors)")
        let report = try String(contentsOfFile: folder + "/lab/report.html", encoding: .utf8)
        #expect(report.hasPrefix("<!DOCTYPE html>") && report.hasSuffix("</html>\n"), "\(closed)")
      }
    }
  }

  /// Nothing was asked of standard output, so nothing is lost.
  @Test(.enabled(if: hasFullDevice, "this system has no /dev/full"))
  func filesNeedNoOutput() throws {
    try Program.withFolder { folder in
      let outcome = try Program.shell("micrograd draw a a=1 -o a.svg > /dev/full", in: folder)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    }
  }

  @Test(.enabled(if: hasFullDevice, "this system has no /dev/full"), arguments: ["2> /dev/full", "2>&-"])
  func errorsThatCannotBeWritten(_ redirection: String) throws {
    try Program.withFolder { folder in
      #expect(try Program.shell("micrograd data moons -n 0 \(redirection)").status == 64)
      #expect(try Program.shell("micrograd draw --net 2,1 --data none.csv \(redirection)", in: folder).status == 1)
      #expect(try Program.shell("micrograd data moons -n 5 \(redirection)").status == 0, "there was nothing to say")
      // A diagnostic is written by the engine, which has nobody to tell; the command has.
      let diagnostics = "MICROGRAD_DIAGNOSTICS=1 micrograd draw 'log(a)' a=-1"
      let heard = try Program.shell(diagnostics)
      #expect(heard.status == 0 && heard.errors.contains("log gave nan"), "\(heard)")
      #expect(try Program.shell("\(diagnostics) \(redirection)").status == 1)
    }
  }

  @Test(.enabled(if: hasFullDevice, "this system has no /dev/full"))
  func devicesThatAreFull() throws {
    for command in ["data moons -o /dev/full", "draw a a=1 --format svg -o /dev/full"] {
      let outcome = try Program.shell("micrograd \(command)")
      #expect(outcome.status == 1, "\(command): status \(outcome.status)")
      #expect(outcome.errors == "Error: /dev/full cannot be written: No space left on device\n", "\(command)")
    }
  }

  /// A reader that has seen enough ends the program as it ends others: without a word, by SIGPIPE. So it does where the
  /// parent ignores the signal.
  @Test(arguments: ["", "trap '' PIPE; "])
  func readersThatLeaveEarly(_ setting: String) throws {
    let script = "\(setting){ micrograd data moons -n 100000; echo $? >&2; } | head -n 1"
    let outcome = try Program.shell(script)
    #expect(outcome.output == "x1,x2,label\n")
    #expect(outcome.errors == "141\n", "128 and the number of SIGPIPE, got \(outcome.errors)")
  }

  /// A slow reader at a pipe that does not wait, as some programs leave theirs: all arrives.
  @Test func pipesThatDoNotWait() throws {
    let process = Process(), pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    try #require(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0)
    process.executableURL = URL(filePath: Program.path)
    process.arguments = ["data", "moons", "-n", "20000"]
    process.standardOutput = pipe
    try process.run()
    usleep(200_000)
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.split(separator: UInt8(ascii: "\n")).count == 20_001)
  }

  // MARK: Where to write

  @Test func aHyphenIsStandardOutput() throws {
    #expect(
      try Program.run("data", "moons", "-n", "5", "-o", "-").output == Program.run("data", "moons", "-n", "5").output)
    #expect(try Program.run("draw", "a", "a=1", "-o", "-", "--format", "svg").output.hasPrefix("<svg "))
  }

  @Test(arguments: [["data", "moons"], ["draw", "a", "a=1"], ["lab"]])
  func anEmptyName(_ command: [String]) throws {
    let outcome = try Program.run(command + ["-o", ""])
    #expect(
      outcome.status == 64 && outcome.errors.hasPrefix("Error: --output is empty; it must be the name of a f"),
      "\(outcome.errors)")
  }

  /// The place is looked at before anything is computed, of which here would be another message, or a diagnostic.
  @Test func placesAreCheckedFirst() throws {
    try Program.withFolder { folder in
      let large = "x1,x2,label\n1.7e308,1.7e308,0\n-1.7e308,1.7e308,1\n"
      try large.write(toFile: folder + "/large.csv", atomically: true, encoding: .utf8)
      let heard = try Program.shell(
        "MICROGRAD_DIAGNOSTICS=1 micrograd lab --task 7 --data large.csv -o lab", in: folder)
      #expect(heard.errors.contains("micrograd: "), "the task gives a diagnostic: \(heard)")
      try "in the way".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
      for (command, message) in [
        ("data spirals -o none/a.csv", "none/a.csv cannot be written: No such file or directory"),
        ("data spirals -o .", ". cannot be written: Is a directory"),
        ("draw --net 2,1 --data /dev/fd/0 -o none/a.svg", "none/a.svg cannot be written: No such file or directory"),
        ("lab --task 7 --data large.csv -o file", "file cannot be written: Not a directory"),
        ("lab -o file/lab", "file/lab cannot be written: Not a directory"),
      ] {
        let outcome = try Program.shell("MICROGRAD_DIAGNOSTICS=1 micrograd \(command)", in: folder)
        #expect(outcome.status == 1 && outcome.errors == "Error: \(message)\n", "\(command): \(outcome.errors)")
      }
    }
  }
}
