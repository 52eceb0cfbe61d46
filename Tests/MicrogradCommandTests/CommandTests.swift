import Foundation
import Micrograd
import Testing

@testable import MicrogradCommand

/// Runs the built program as a user does.
@Suite struct CommandTests {
  @Test func labRunsTheChosenTasks() throws {
    try Program.withFolder { folder in
      let outcome = try Program.run("lab", "--task", "9", "--task", "3", "--output", folder + "/lab")
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
    try Program.withFolder { folder in
      let outcome = try Program.run(["lab", "--task", "6", "--output", folder] + arguments, environment: environment)
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
    try Program.withFolder { folder in
      let outcome = try Program.run(["lab", "--task", "6", "--output", folder], environment: environment)
      #expect(outcome.output.contains(legend), "\(environment): \(outcome.output)")
      let json = try Program.run(
        ["lab", "--task", "6", "--output", folder, "--format", "json"], environment: environment)
      #expect(json.output.hasPrefix("{") && !json.output.contains(legend))
    }
  }

  @Test func dataIsCSV() throws {
    let outcome = try Program.run("data", "moons", "--samples", "100", "--noise", "0.1", "--seed", "42")
    let lines = outcome.output.split(separator: "\n")
    #expect(outcome.status == 0 && lines.count == 101)
    #expect(lines[0] == "x1,x2,label" && lines[1].hasPrefix("1.58202307914504"))
  }

  @Test func dataGoesToAFile() throws {
    try Program.withFolder { folder in
      let outcome = try Program.run("data", "blobs", "--output", folder + "/blobs.csv")
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
    (["data", "moons", "--noise", "nan"], "--noise is nan; it must be finite and 0 or larger."),
    (["data", "moons", "--noise", "-1"], "--noise is -1.0"),
    (["data", "moons", "--seed", "-1"], "The value '-1' is invalid for '--seed <seed>'"),
    (["data", "suns"], "The value 'suns' is invalid for '<kind>'"),
    (
      ["nonsense"],
      "There is no command “nonsense”; choose from lab, playground, draw, step, data, train, sweep, evaluate, predict, inspect, explain, export, gpt and help."
    ),
    (["help", "nonsense"], "There is no command “nonsense”"),
    (["data", "moons", "suns"], "Unexpected argument 'suns'"),
  ])
  func mistakesInTheCall(_ arguments: [String], _ message: String) throws {
    let process = try Program.run(arguments)
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
      let outcome = try Program.run("draw", "a*b + a", "a=3", "b=2", "--format", format)
      #expect(outcome.status == 0 && outcome.output.hasPrefix(beginning), "\(format): \(outcome)")
    }
  }

  @Test func whatIsDrawnHasGradients() throws {
    let drawing = try Program.run("draw", "a*b + a", "a=3", "b=2").output
    #expect(
      drawing.contains("a  data 3.0000  grad 3.0000") && drawing.contains("b  data 2.0000  grad 3.0000"), "\(drawing)"
    )
  }

  @Test func theFormatIsWhatTheNameEndsWith() throws {
    try Program.withFolder { folder in
      for (name, beginning) in [("g.svg", "<svg "), ("g.GV", "digraph {"), ("g.json", "{"), ("g", "a*b\n")] {
        let file = folder + "/" + name, outcome = try Program.run("draw", "a*b", "a=3", "b=2", "-o", file)
        #expect(outcome.status == 0, "\(name): \(outcome.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix(beginning), "\(name)")
      }
      let told = folder + "/told.svg",
        outcome = try Program.run("draw", "a*b", "a=3", "b=2", "--format", "dot", "-o", told)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try String(contentsOfFile: told, encoding: .utf8).hasPrefix("digraph {"))
    }
  }

  @Test func drawsNetsAndSteps() throws {
    try Program.withFolder { folder in
      let net = ["draw", "--net", "2,2,1", "--input", "1,-1", "--target", "1"]
      let page = try Program.run(net + ["--output", folder + "/net.html"])
      #expect(page.status == 0 && page.output.isEmpty && page.errors.isEmpty, "the net lives: \(page.errors)")
      #expect(try String(contentsOfFile: folder + "/net.html", encoding: .utf8).contains("\"w1.2.1\""))
      let step = try Program.run(net + ["--step", "1", "--format", "svg"])
      #expect(step.status == 0 && step.output.contains("·</text>"))
      #expect(try Program.run("data", "moons", "--samples", "20", "--output", folder + "/moons.csv").status == 0)
      let samples = try Program.run("draw", "--net", "2,4,1", "--data", folder + "/moons.csv")
      #expect(samples.output.contains("▸ samples 2–20"), "\(samples.output)\(samples.errors)")
    }
  }

  /// Which parameters receive no gradient, and why: beside what is drawn, and behind the steps.
  @Test func deadUnitsAreReported() throws {
    let net = ["--net", "2,2,1", "--input", "0.888,0.777", "--target", "1"]
    let sentence = "No gradient reaches b1.1, w1.1.1, x1, w1.1.2, x2, b1.2, w1.2.1, w1.2.2: every path to them"
    let drawing = try Program.run(["draw"] + net + ["--format", "svg"])
    #expect(drawing.status == 0 && drawing.output.hasPrefix("<svg "), "\(drawing.output.prefix(100))")
    #expect(drawing.errors.hasPrefix(sentence), "got \(drawing.errors)")
    let steps = try Program.run(["step"] + net)
    #expect(steps.output.contains("\n\n" + sentence) && steps.errors.isEmpty, "got \(steps.output)\(steps.errors)")
    let french = try Program.run(["step"] + net + ["--language", "fr"])
    #expect(french.output.contains("\n\nAucun gradient n'atteint b1.1, w1.1.1, x1,"), "got \(french.output)")
  }

  /// Every format, on an expression whose graph is tens of thousands of values deep.
  @Test(arguments: DrawCommand.Format.allCases)
  func drawsWhatIsLong(_ format: DrawCommand.Format) throws {
    // An argument can have 131,071 bytes on Linux.
    let sum = Array(repeating: "a", count: 50_000).joined(separator: "+")
    let outcome = try Program.run("draw", sum, "a=2", "--format", format.rawValue)
    #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(format): \(outcome.errors.suffix(200))")
  }

  /// The number of parameters is the only limit, and the one that the message names.
  @Test func drawsWideLayers() throws {
    let net = try Program.run("draw", "--net", "2,20000,1", "--input", "1,2")
    #expect(net.status == 0 && net.output.contains("20000"), "\(net.errors)\(net.output)")
  }

  @Test func stepPrintsAllStepsWhereNobodySits() throws {
    let english = try Program.run("step", "a*b + a", "a=3", "b=2")
    #expect(english.status == 0 && english.output.contains("it adds up: 1 + 2 = 3"), "\(english.output)")
    let plain = try Program.run("step", "a*b + a", "a=3", "b=2", "--ascii", "--language", "fr")
    #expect(plain.output.allSatisfy(\.isASCII) && plain.output.contains("additionne : 1 + 2 = 3"), "\(plain.output)")
  }

  /// What was called wrongly is said in a line or two, with a caret where there is a place to point at.
  static let mistakesInDrawing: [([String], String)] = [
    (["draw"], "Give an expression"), (["draw", "relu(a", "a=1"], "never closed\n  relu(a\n      ^\n"),
    (["step", "a*b", "a=1"], "“b” has no value; add b=1, or another number\n  a*b\n    ^\n"),
    (["draw", "a", "a=x"], "“a=x” is not a name with a number"), (["draw", "a", "a=1", "a=2"], "a is given twice"),
    (["draw", "a", "a=1", "b=2"], "does not contain “b”; remove b=2."),
    (["draw", "--net", "2,0"], "--net is “2,0”"), (["draw", "--net", "2"], "--net is “2”"),
    (["draw", "--net", "2,x"], "--net is “2,x”; it must be two or more whole numbers"),
    (["draw", "--net", "2,"], "--net is “2,”"),
    (["draw", "--net", "9999,9999"], "parameters; at most 200000 can be drawn"),
    (["draw", "--net", "2,99999999999999999999,1"], "at most 200000 can be drawn"),
    (["draw", "--net", "9223372036854775807,9223372036854775807"], "at most 200000 can be drawn"),
    (["draw", "--net", "2,1"], "needs --input"),
    (["draw", "--net", "2,1", "--input", "1"], "--input has 1 number, but the network has 2 inputs"),
    (["draw", "--net", "1,1", "--input", "1,2"], "--input has 2 numbers, but the network has 1 input."),
    (["draw", "--net", "2,2", "--input", "1,2"], "needs --target"),
    (["draw", "a", "--input", "1"], "--input needs a network"),
    (["draw", "a", "--data", "x"], "--data needs a network"),
    (["draw", "--net", "2,1", "a"], "--net and the expression “a” exclude each other"),
    (["draw", "--net", "2,1", "--data", "x", "--input", "1,2"], "--data and --input exclude each other"),
    (["step", "--net", "2,1", "--data", "x", "--target", "1"], "--data and --target exclude each other"),
    (["draw", "a", "a=1", "--step", "7"], "--step is 7; it must be from 0 to 0"),
    (["draw", "a", "a=1", "--step", "0", "--format", "dot"], "--step is for text and svg"),
    (["draw", "a", "a=1", "-o", "/tmp/never.png"], "The extension of “/tmp/never.png” is not that of a format"),
    (["draw", "a", "a=1", "--format", "png"], "The value 'png' is invalid"),
  ]

  @Test(arguments: mistakesInDrawing)
  func mistakesInWhatIsDrawn(_ arguments: [String], _ message: String) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64 && outcome.output.isEmpty, "status \(outcome.status), \(outcome.output)")
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains(message), "got \(outcome.errors)")
  }

  @Test func theLabTakesSamplesOfTheUsers() throws {
    try Program.withFolder { folder in
      let file = folder + "/circles.csv"
      #expect(try Program.run("data", "circles", "--output", file).status == 0)
      let outcome = try Program.run("lab", "--task", "6", "--task", "9", "--data", file, "--output", folder)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output.contains("your own samples") && !outcome.output.contains("0.12150999835687959"))
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
    try Program.withFolder { folder in
      let file = folder + "/bad.csv"
      try csv.write(toFile: file, atomically: true, encoding: .utf8)
      let outcome = try Program.run("lab", "--data", file, "--output", folder + "/lab")
      #expect(outcome.status == 1 && outcome.output.isEmpty, "status \(outcome.status), \(outcome.output)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("Error: \(file)") && outcome.errors.contains(message), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/lab"))
    }
  }

  @Test func placesThatCannotBeWrittenTo() throws {
    try Program.withFolder { folder in
      let file = folder + "/file"
      try "in the way".write(toFile: file, atomically: true, encoding: .utf8)
      let lab = try Program.run("lab", "--task", "6", "--output", file)
      #expect(lab.status == 1 && lab.output.isEmpty)
      #expect(lab.errors.hasPrefix("Error: \(file)") && lab.errors.contains("cannot be written"), "\(lab.errors)")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "in the way")
      let data = try Program.run("data", "moons", "--output", folder + "/missing/moons.csv")
      #expect(data.status == 1 && data.errors.contains("No such file or directory"), "\(data.errors)")
    }
  }

  /// What each option is for can be seen in what comes out.
  @Test func optionsHaveTheirEffect() throws {
    func output(_ arguments: String...) throws -> String { try Program.run(arguments).output }
    let net = ["draw", "--net", "2,8,1", "--input", "1,-2", "--target", "1"]
    func drawn(_ more: String...) throws -> String { try Program.run(net + more).output }
    let model = MLP(2, [8, 1], seed: 7)
    #expect(
      try drawn("--seed", "7", "--folding", "open").contains("w1.1.1  data \(model.parameters[0].data.inFigure)"))
    #expect(try drawn().hasPrefix("MLP 2,8,1\n") && drawn("--title", "Mine").hasPrefix("Mine\n"))
    #expect(try drawn("--recorded").contains(" = −") && !drawn().contains(" = −"))
    let open = try drawn("--folding", "open"), closed = try drawn("--folding", "closed")
    #expect(open.contains("w1.8.2") && !open.contains("▸") && closed.contains("▸") && !closed.contains("w1.8.2"))
    // A small graph is shown as it is, at any step; a large one in boxes, unless they are to be open.
    #expect(try output("draw", "a*b + a", "a=2", "b=3", "--step", "2").contains("\n\n2  v3 = v2 + a"))
    #expect(try drawn("--step", "3").contains("▸") && !drawn("--step", "3", "--folding", "open").contains("▸"))
    #expect(try drawn("--language", "fr", "--format", "html") != drawn("--format", "html"))
    #expect(try output("step", "a*b", "a=2", "b=3", "--language", "fr").hasPrefix("PROPAGATION\n"))
    #expect(try output("data", "moons", "--noise", "0", "-n", "2") != output("data", "moons", "-n", "2"))
    #expect(try output("data", "moons", "--seed", "1") != output("data", "moons"))
  }

  /// The most parameters that are drawn: weights and biases.
  @Test func theLargestNet() throws {
    for (net, count) in [("1,10000,17", 190_017), ("1,10000,18", 200_018), ("1,9999,18", 199_998)] {
      let outcome = try Program.run("draw", "--net", net, "--input", "none")
      let message = count <= 200_000 ? "--input is “none”" : "--net \(net) has \(count) parameters; at most 200000"
      #expect(outcome.status == 64 && outcome.errors.contains(message), "\(net): \(outcome.errors)")
    }
  }

  /// Two outputs are compared with two targets by the mean of the squared differences, not by their sum.
  @Test func targetsAreComparedByTheMeanSquaredError() throws {
    let net = ["draw", "--net", "2,2", "--input", "0.5,-2", "--target", "1,-3", "--format", "json"]
    let graph = try JSONDecoder().decode(Graph.self, from: Data(Program.run(net).output.utf8))
    let outputs = ["output1", "output2"].compactMap(graph.number), loss = try #require(graph.number("loss"))
    try #require(outputs.count == 2)
    let expected = (pow(outputs[0] - 1, 2) + pow(outputs[1] + 3, 2)) / 2
    #expect(abs(loss - expected) < 1e-12 && expected > 0.1, "got \(loss), expected \(expected)")
  }

  private struct Graph: Decodable {
    struct Node: Decodable {
      let label: String?
      let data: Double
    }
    let nodes: [Node]

    func number(_ label: String) -> Double? { nodes.first { $0.label == label }?.data }
  }

  /// 0/0 is -nan on some processors; that sign says nothing, and JSON has no word for either.
  @Test func numbersThatAreNotFinite() throws {
    let expression = ["0*(1/a)", "a=0"]
    #expect(try Program.run(["draw"] + expression).output.contains("data nan"))
    for format in ["text", "svg", "dot", "json", "html"] {
      // The letters of the packed engine spell anything.
      let text = try Program.run(["draw"] + expression + ["--format", format]).output
        .replacing(/<script id="engine"[^>]*>[^<]*/, with: "")
      #expect(!text.contains("-nan") && text.contains("nan"), "\(format): \(text.prefix(2000))")
    }
    let json = try Program.run(["draw", "a*b", "a=inf", "b=-1", "--format", "json"]).output
    #expect(json.contains(#""data":"-inf""#) && json.contains(#""data":"inf""#), "\(json)")
    _ = try JSONSerialization.jsonObject(with: Data(json.utf8))
    #expect(try !Program.run(["step"] + expression).output.contains("-nan"))
  }

  @Test func helpTeaches() throws {
    let help = try Program.run("--help")
    #expect(help.status == 0 && help.output.contains("lab") && help.output.contains("data"))
    #expect(try Program.run("help", "lab", "run").output.contains("micrograd lab --task 3 --task 9"))
    #expect(try Program.run("lab", "run", "--help").output.contains(" 3  The gradient graph"))
    #expect(try Program.run("lab", "--help").output.contains("init "))
    #expect(try Program.run("--version").output == "0.1.0\n")
  }

  /// However narrow the terminal, examples are in one piece, to be copied.
  @Test(arguments: ["lab", "draw", "step", "data"]) func examplesCanBeCopied(_ command: String) throws {
    for columns in ["20", "60", "80", "200"] {
      let help = try Program.run([command, "--help"], environment: ["COLUMNS": columns]).output
      let examples = help.split(separator: "\n").filter { $0.hasPrefix("  micrograd \(command)") }
      #expect(examples.count >= 2, "\(help)")
      for example in examples where !example.contains("   ") && !example.contains("|") {
        // What is broken in two has an argument missing, or a quote.
        let words = example.prefix { $0 != ">" }
        try Program.withFolder { folder in
          let outcome = try Program.shell(String(words), in: folder)
          #expect(outcome.status == 0, "\(example) in \(columns) columns: \(outcome.errors)")
        }
      }
    }
  }

  @Test(arguments: ["lab", "draw", "step", "data"]) func noOptionHasTwoDefaults(_ command: String) throws {
    let help = try Program.run(command, "--help", environment: ["COLUMNS": "1000"]).output
    for line in help.split(separator: "\n") where line.hasPrefix("  -") {
      #expect(line.matches(of: /default/).count <= 1, "\(line)")
    }
  }

  /// What is found out when a command runs shows the usage of that command, as what is found out before.
  @Test(arguments: [
    ("draw", ["draw", "a*b", "a=1"]), ("draw", ["draw", "a", "a=1", "--step", "9"]),
    ("step", ["step", "--net", "2,2"]),
    ("step", ["step", "a"]), ("draw", ["draw", "--asci"]), ("data", ["data", "moons", "-n", "0"]),
    ("lab run", ["lab", "--task", "99"]), ("lab check", ["lab", "check", "--task", "99"]),
    ("lab hint", ["lab", "hint"]),
  ])
  func mistakesShowTheUsageOfTheirCommand(_ command: String, _ arguments: [String]) throws {
    let outcome = try Program.run(arguments), command = "micrograd \(command)"
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("\nUsage: \(command) "), "\(outcome.errors)")
    #expect(outcome.errors.hasSuffix("\n  See '\(command) --help' for more information.\n"), "\(outcome.errors)")
  }
}
