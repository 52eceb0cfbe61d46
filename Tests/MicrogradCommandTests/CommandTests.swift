import Foundation
import Testing

@testable import MicrogradCommand

/// Runs the built program as a user does.
@Suite struct CommandTests {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  private var program: URL {
    // The tests lie beside the programs that the package builds: on Apple's systems in a bundle, elsewhere as a program.
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    return (bundle ?? Bundle.main.bundleURL).appending(path: "micrograd")
  }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, environment: environment)
  }

  private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = Process(), output = Pipe(), errors = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let errorText = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: errorText, as: UTF8.self))
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func labRunsTheChosenTasks() throws {
    try withFolder { folder in
      let outcome = try run("lab", "--task", "9", "--task", "3", "--output", folder + "/lab")
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("9. Training\n"))
      #expect(outcome.output.contains("0.12150999835687959") && outcome.output.contains("\n3. The gradient graph\n"))
      #expect(!outcome.output.contains("\u{1B}"), "no styles unless the output is a terminal")
      #expect(FileManager.default.fileExists(atPath: folder + "/lab/report.html"))
    }
  }

  @Test(arguments: [
    (["LANG": "fr_FR.UTF-8"], [], "6. Les données"),
    (["LANG": "de_DE.UTF-8"], [], "6. The data"),
    (["LC_ALL": "C", "LANG": "fr_FR.UTF-8"], [], "6. The data"),
    (["LANG": "en_US.UTF-8"], ["--language", "fr"], "6. Les données"),
    ([:], [], "6. The data"),
  ])
  func languageComesFromTheLocaleUnlessGiven(
    _ environment: [String: String], _ arguments: [String], _ heading: String
  ) throws {
    try withFolder { folder in
      let outcome = try run(["lab", "--task", "6", "--output", folder] + arguments, environment: environment)
      #expect(outcome.output.hasPrefix(heading + "\n"), "\(outcome.output)")
    }
  }

  /// Where the locale knows no more than ASCII, plots are drawn with it; JSON has none.
  @Test(arguments: [
    ([:], "o class 0"), (["LANG": "en_US.UTF-8"], "● class 0"),
    (["LC_ALL": "C", "LANG": "en_US.UTF-8"], "o class 0"),
    (["LC_CTYPE": "C.utf8"], "● class 0"),
  ])
  func plotsSuitTheTerminal(_ environment: [String: String], _ legend: String) throws {
    try withFolder { folder in
      let outcome = try run(["lab", "--task", "6", "--output", folder], environment: environment)
      #expect(outcome.output.contains(legend), "\(environment): \(outcome.output)")
      let json = try run(["lab", "--task", "6", "--output", folder, "--format", "json"], environment: environment)
      #expect(json.output.hasPrefix("{") && !json.output.contains(legend))
    }
  }

  @Test func dataIsCSV() throws {
    let outcome = try run("data", "moons", "--samples", "100", "--noise", "0.1", "--seed", "42")
    let lines = outcome.output.split(separator: "\n")
    #expect(outcome.status == 0 && lines.count == 101)
    #expect(lines[0] == "x1,x2,label" && lines[1].hasPrefix("1.58202307914504"))
  }

  @Test func dataGoesToAFile() throws {
    try withFolder { folder in
      let outcome = try run("data", "blobs", "--output", folder + "/blobs.csv")
      #expect(outcome.status == 0 && outcome.output.isEmpty)
      #expect(try String(contentsOfFile: folder + "/blobs.csv", encoding: .utf8).hasPrefix("x1,x2,label\n"))
    }
  }

  /// One clear line, a status other than 0, and nothing on standard output.
  @Test(arguments: [
    (["lab", "--task", "12"], "There is no task 12; choose from 1 to 11."),
    (["lab", "--task", "x"], "The value 'x' is invalid for '--task <number>'"),
    (["lab", "--language", "de"], "The value 'de' is invalid"),
    (["data", "moons", "--samples", "-3"], "--samples is -3; it must be from 1 to 10000000."),
    (["data", "moons", "--samples", "0"], "--samples is 0"),
    (["data", "moons", "--noise", "nan"], "--noise is nan; it must be a number that is not negative."),
    (["data", "moons", "--noise", "-1"], "--noise is -1.0"),
    (["data", "moons", "--seed", "-1"], "The value '-1' is invalid for '--seed <seed>'"),
    (["data", "suns"], "The value 'suns' is invalid for '<kind>'"),
    (["nonsense"], "Unexpected argument 'nonsense'"),
  ])
  func mistakesInTheCall(_ arguments: [String], _ message: String) throws {
    let process = try run(arguments)
    #expect(process.status == 64 && process.output.isEmpty, "status \(process.status), \(process.output)")
    #expect(process.errors.hasPrefix("Error: "), "\(process.errors)")
    #expect(process.errors.contains(message), "got \(process.errors)")
  }

  @Test func drawsExpressionsInEveryFormat() throws {
    let beginnings = [
      "text": "a*b + a\n\nv3 = +  data 9.0000", "svg": "<svg ", "dot": "digraph {", "json": "{\"nodes\":",
      "html": "<!DOCTYPE html>",
    ]
    for (format, beginning) in beginnings {
      let outcome = try run("draw", "a*b + a", "a=3", "b=2", "--format", format)
      #expect(outcome.status == 0 && outcome.output.hasPrefix(beginning), "\(format): \(outcome)")
    }
  }

  @Test func theFormatIsWhatTheNameEndsWith() throws {
    try withFolder { folder in
      for (name, beginning) in [("g.svg", "<svg "), ("g.GV", "digraph {"), ("g.json", "{"), ("g", "a*b\n")] {
        let file = folder + "/" + name, outcome = try run("draw", "a*b", "a=3", "b=2", "-o", file)
        #expect(outcome.status == 0, "\(name): \(outcome.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix(beginning), "\(name)")
      }
      let told = folder + "/told.svg", outcome = try run("draw", "a*b", "a=3", "b=2", "--format", "dot", "-o", told)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try String(contentsOfFile: told, encoding: .utf8).hasPrefix("digraph {"))
    }
  }

  @Test func drawsNetsAndSteps() throws {
    try withFolder { folder in
      let net = ["draw", "--net", "2,2,1", "--input", "1,-1", "--target", "1"]
      let page = try run(net + ["--output", folder + "/net.html"])
      #expect(page.status == 0 && page.output.isEmpty && page.errors.isEmpty, "the net lives: \(page.errors)")
      #expect(try String(contentsOfFile: folder + "/net.html", encoding: .utf8).contains("\"w1.2.1\""))
      let step = try run(net + ["--step", "1", "--format", "svg"])
      #expect(step.status == 0 && step.output.contains("·</text>"))
      #expect(try run("data", "moons", "--samples", "20", "--output", folder + "/moons.csv").status == 0)
      let samples = try run("draw", "--net", "2,4,1", "--data", folder + "/moons.csv")
      #expect(samples.output.contains("▸ samples 2–20"), "\(samples.output)\(samples.errors)")
    }
  }

  /// Which parameters receive no gradient, and why: beside what is drawn, and behind the steps.
  @Test func deadUnitsAreReported() throws {
    let net = ["--net", "2,2,1", "--input", "0.888,0.777", "--target", "1"]
    let sentence = "No gradient reaches b1.1, w1.1.1, x1, w1.1.2, x2, b1.2, w1.2.1, w1.2.2: every way there"
    let drawing = try run(["draw"] + net + ["--format", "svg"])
    #expect(drawing.status == 0 && drawing.output.hasPrefix("<svg "), "\(drawing.output.prefix(100))")
    #expect(drawing.errors.hasPrefix(sentence), "got \(drawing.errors)")
    let steps = try run(["step"] + net)
    #expect(steps.output.contains("\n\n" + sentence) && steps.errors.isEmpty, "got \(steps.output)\(steps.errors)")
    let french = try run(["step"] + net + ["--language", "fr"])
    #expect(french.output.contains("\n\nAucun gradient n'atteint b1.1, w1.1.1, x1,"), "got \(french.output)")
  }

  /// Every format, on an expression whose graph is tens of thousands of values deep.
  @Test(arguments: DrawCommand.Format.allCases)
  func drawsWhatIsLong(_ format: DrawCommand.Format) throws {
    // An argument can have 131,071 bytes on Linux.
    let sum = Array(repeating: "a", count: 50_000).joined(separator: "+")
    let outcome = try run("draw", sum, "a=2", "--format", format.rawValue)
    #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(format): \(outcome.errors.suffix(200))")
  }

  /// The number of parameters is the only limit, and the one that the message names.
  @Test func drawsWideLayers() throws {
    let net = try run("draw", "--net", "2,20000,1", "--input", "1,2")
    #expect(net.status == 0 && net.output.contains("20000"), "\(net.errors)\(net.output)")
  }

  @Test func stepPrintsAllStepsWhereNobodySits() throws {
    let english = try run("step", "a*b + a", "a=3", "b=2")
    #expect(english.status == 0 && english.output.contains("it adds up: 1 + 2 = 3"), "\(english.output)")
    let plain = try run("step", "a*b + a", "a=3", "b=2", "--ascii", "--language", "fr")
    #expect(plain.output.allSatisfy(\.isASCII) && plain.output.contains("additionne : 1 + 2 = 3"), "\(plain.output)")
  }

  /// What was called wrongly is said in a line or two, with a caret where there is a place to point at.
  static let mistakesInDrawing: [([String], String)] = [
    (["draw"], "Give an expression"), (["draw", "relu(a", "a=1"], "never closed\n  relu(a\n      ^\n"),
    (["step", "a*b", "a=1"], "“b” has no value; add b=1, or another number\n  a*b\n    ^\n"),
    (["draw", "a", "a=x"], "“a=x” is not a name with a number"), (["draw", "a", "a=1", "a=2"], "a has two values"),
    (["draw", "a", "a=1", "b=2"], "There is no “b” in the expression"),
    (["draw", "--net", "2,0"], "--net is “2,0”"), (["draw", "--net", "2"], "--net is “2”"),
    (["draw", "--net", "2,x"], "--net is “2,x”; it must be two or more whole numbers"),
    (["draw", "--net", "2,"], "--net is “2,”"),
    (["draw", "--net", "9999,9999"], "has too many parameters; at most 200000 can be drawn"),
    (["draw", "--net", "2,99999999999999999999,1"], "at most 200000 can be drawn"),
    (["draw", "--net", "9223372036854775807,9223372036854775807"], "at most 200000 can be drawn"),
    (["draw", "--net", "2,1"], "needs --input"),
    (["draw", "--net", "2,1", "--input", "1"], "--input has 1 number, but the net has 2 inputs"),
    (["draw", "--net", "1,1", "--input", "1,2"], "--input has 2 numbers, but the net has 1 input."),
    (["draw", "--net", "2,2", "--input", "1,2"], "needs --target"),
    (["draw", "a", "--input", "1"], "belongs to --net"),
    (["draw", "a", "a=1", "--step", "7"], "--step is 7; there are 0 steps"),
    (["draw", "a", "a=1", "--step", "0", "--format", "dot"], "--step is for text and svg"),
    (["draw", "a", "a=1", "-o", "/tmp/never.png"], "No format goes by the ending of “/tmp/never.png”"),
    (["draw", "a", "a=1", "--format", "png"], "The value 'png' is invalid"),
  ]

  @Test(arguments: mistakesInDrawing)
  func mistakesInWhatIsDrawn(_ arguments: [String], _ message: String) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "status \(outcome.status), \(outcome.output)")
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains(message), "got \(outcome.errors)")
  }

  @Test func theLabTakesSamplesOfTheUsers() throws {
    try withFolder { folder in
      let file = folder + "/circles.csv"
      #expect(try run("data", "circles", "--output", file).status == 0)
      let outcome = try run("lab", "--task", "6", "--task", "9", "--data", file, "--output", folder)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output.contains("samples of yours") && !outcome.output.contains("0.12150999835687959"))
    }
  }

  /// One line that names the file and the place, and no file left behind.
  @Test(arguments: [
    ("x1,x2,label\n1,2,0\n1,two,1\n", "line 3, column 2 (\"x2\")"),
    ("", "line 1"),
    ("x1,label\n1,0\n2,1\n", "the tasks need 2 inputs for each sample, such as x1 and x2; there are 1"),
    ("x1,x2,label\n1,2,0\n1,2,7\n", "the tasks need labels 0 and 1; that of sample 2 is 7"),
    ("x1,x2,label\n1,2,0\n", "the tasks need at least 2 samples; there are 1"),
    ("x1,x2,label\n1,2\n", "line 2"),
  ])
  func samplesThatCannotBeUsed(_ csv: String, _ message: String) throws {
    try withFolder { folder in
      let file = folder + "/bad.csv"
      try csv.write(toFile: file, atomically: true, encoding: .utf8)
      let outcome = try run("lab", "--data", file, "--output", folder + "/lab")
      #expect(outcome.status == 1 && outcome.output.isEmpty, "status \(outcome.status), \(outcome.output)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("Error: \(file)") && outcome.errors.contains(message), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/lab"))
    }
  }

  @Test func placesThatCannotBeWrittenTo() throws {
    try withFolder { folder in
      let file = folder + "/file"
      try "in the way".write(toFile: file, atomically: true, encoding: .utf8)
      let lab = try run("lab", "--task", "6", "--output", file)
      #expect(lab.status == 1 && lab.output.isEmpty)
      #expect(lab.errors.hasPrefix("Error: \(file)") && lab.errors.contains("cannot be written"), "\(lab.errors)")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "in the way")
      let data = try run("data", "moons", "--output", folder + "/missing/moons.csv")
      #expect(data.status == 1 && data.errors.contains("No such file or directory"), "\(data.errors)")
    }
  }

  @Test func helpTeaches() throws {
    let help = try run("--help")
    #expect(help.status == 0 && help.output.contains("lab") && help.output.contains("data"))
    #expect(try run("help", "lab").output.contains("micrograd lab --task 3 --task 9"))
    #expect(try run("lab", "--help").output.contains(" 3  The gradient graph"))
    #expect(try run("--version").output == "0.1.0\n")
  }
}
