import Foundation
import Micrograd
import MicrogradPlatform
import Testing

/// From a CSV file to predictions and exports, and what is said about bad input.
@Suite struct TableCommandTests {
  /// Rows whose class, kind and size follow from two numbers.
  private static let classes = rows("x,y,city,class") { x, y, row in
    "\(x),\(y),\(["Rome", "", "Oslo"][row % 3]),\(x + y > 0.2 ? "warm" : "cold")"
  }
  private static let numbers = rows("x,y,size") { x, y, _ in "\(x),\(y),\(100 + 20 * x - y)" }

  private static func rows(_ header: String, _ row: (Double, Double, Int) -> String) -> String {
    (0..<60).reduce(into: header + "\n") { text, index in
      text += row(Double((index * 37) % 61) / 30 - 1, Double((index * 23) % 59) / 29 - 1, index) + "\n"
    }
  }

  /// Runs the body in a folder with the tables `classes.csv` and `numbers.csv`, and a model of each.
  private func withModels(_ body: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      for (name, text, target) in [("classes", Self.classes, "class"), ("numbers", Self.numbers, "size")] {
        try text.write(toFile: "\(folder)/\(name).csv", atomically: true, encoding: .utf8)
        let outcome = try Program.shell(
          "micrograd train \(name).csv -t \(target) --hidden 4 --epochs 20 -q -o \(name).safetensors", in: folder)
        try #require(outcome.status == 0 && outcome.errors.isEmpty, "\(name): \(outcome)")
      }
      try body(folder)
    }
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  @Test func theWholeWay() throws {
    try withModels { folder in
      let inspected = try Program.shell("micrograd inspect classes.safetensors", in: folder)
      #expect(
        inspected.output.hasPrefix(
          "class: one of 2 classes, cold, warm\n3 columns → 5 inputs → 4 relu → 1: 29 parameters\n"))
      #expect(inspected.output.contains("3 categories: (blank), Oslo, Rome\n"), "\(inspected.output)")
      let judged = try Program.shell("micrograd evaluate classes.safetensors classes.csv", in: folder)
      #expect(judged.status == 0 && judged.output.hasPrefix("60 rows "), "\(judged)")
      let explained = try Program.shell("micrograd explain numbers.safetensors --row 60", in: folder)
      #expect(explained.status == 0 && explained.output.hasPrefix("size: "), "\(explained)")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(left == ["classes.csv", "classes.safetensors", "numbers.csv", "numbers.safetensors"])
    }
  }

  @Test(arguments: ["classes", "numbers"])
  func predictionsAreThoseOfTheLibrary(_ name: String) throws {
    try withModels { folder in
      let outcome = try Program.shell("micrograd predict \(name).safetensors \(name).csv --keep y", in: folder)
      let model = try TabularModel(contentsOf: "\(folder)/\(name).safetensors")
      let kinds = Table.Format.Kinds.only(model.pipeline.kinds)
      let table = try Table(contentsOf: "\(folder)/\(name).csv", format: .init(kinds: kinds))
      let expected = try model.predict(table).table(target: model.pipeline.target.name)
      let kept = try #require(table[column: "y"])
      #expect(outcome.status == 0 && outcome.output == Table([kept] + expected.columns).csv(), "\(outcome)")
    }
  }

  /// Only the seconds that the training took differ.
  @Test func theSameSeedMakesTheSameModel() throws {
    try withModels { folder in
      func model(_ options: String) throws -> TabularModel {
        let outcome = try Program.shell(
          "micrograd train classes.csv -t class --hidden 4 --epochs 20 -q -o m.safetensors \(options)", in: folder)
        #expect(outcome.status == 0, "\(options): \(outcome.errors)")
        var model = try TabularModel(contentsOf: "\(folder)/m.safetensors")
        model.record?.seconds = 0
        return model
      }
      let first = try model(""), second = try model("--seed 0"), other = try model("--seed 1")
      #expect(first.safetensors() == second.safetensors())
      #expect(first.safetensors() != other.safetensors(), "another seed makes another model")
    }
  }

  @Test func outputForPrograms() throws {
    try withModels { folder in
      let train = "micrograd train classes.csv -t class --epochs 2 -q --format json"
      let trained = try json(try Program.shell(train, in: folder).output)
      #expect(trained["target"] as? String == "class" && (trained["test"] as? [String: Any])?.isEmpty == false)
      let folds = try json(try Program.shell(train + " --folds 3", in: folder).output)
      #expect((folds["folds"] as? [Any])?.count == 3, "\(folds)")
      let model = try json(
        try Program.shell("micrograd inspect numbers.safetensors --format json", in: folder).output)
      #expect(model["columns"] as? [String] == ["x", "y"] && model["parameters"] as? Int == 17, "\(model)")
      let judged = "micrograd evaluate numbers.safetensors numbers.csv --format json"
      #expect(try json(try Program.shell(judged, in: folder).output)["rows"] as? Int == 60)
      let row = "micrograd explain classes.safetensors --row 7 --format json"
      #expect(try !json(try Program.shell(row, in: folder).output).isEmpty)
    }
  }

  @Test func exportsInEveryFormat() throws {
    try withModels { folder in
      let beginnings = ["m.h": "// ", "M.swift": "// ", "m.mjs": "// ", "m.js": "// ", "m.json": "{"]
      for (name, beginning) in beginnings {
        let outcome = try Program.shell("micrograd export classes.safetensors -o \(name)", in: folder)
        let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        #expect(outcome.status == 0 && outcome.output.isEmpty && text.hasPrefix(beginning), "\(name): \(outcome)")
      }
      let model = try TabularModel(contentsOf: "\(folder)/numbers.safetensors")
      for (name, options, bytes) in [
        ("m.onnx", "", model.onnx()), ("f.onnx", "--float", model.onnx(precision: .float)),
        ("M.mlmodel", "", model.coreML()),
      ] {
        let outcome = try Program.shell("micrograd export numbers.safetensors \(options) -o \(name)", in: folder)
        let written = try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
        #expect(outcome.status == 0 && written == bytes, "\(name): \(outcome)")
      }
    }
  }

  /// The classes of numbers are numbers, however they are spelt.
  @Test func classesThatAreNumbers() throws {
    try Program.withFolder { folder in
      let text = Self.rows("x,y") { x, y, _ in "\(x),\(x + y > 0 ? "1.0" : "0.0")" }
      try text.write(toFile: "\(folder)/t.csv", atomically: true, encoding: .utf8)
      let outcome = try Program.shell(
        "micrograd train t.csv -t y --epochs 2 -q -o m.safetensors && micrograd evaluate m.safetensors t.csv",
        in: folder)
      #expect(outcome.status == 0 && outcome.output.contains("\n60 rows "), "\(outcome)")
    }
  }

  // MARK: Bad input

  private static let header = "x,y,class\n"
  private static let plain = header + String(repeating: "1,2,a\n3,4,b\n", count: 10)

  private static let badTables: [(text: String, message: String)] = [
    ("", "t.csv, line 1: there is nothing to read; the first line must name the columns"),
    (
      rows("x,class") { _, _, row in row == 59 ? "?,0" : "\(row % 25).5,\(row % 2)" },
      "t.csv, line 61, column 1 (\"x\"): \"?\" is not a number"
    ),
    (header, "t.csv: there are no samples to split; add some"),
    ("\(header)1,2,a\n", "t.csv, line 1, column 3 (\"class\"): all rows to learn from have the same target, \"a\""),
    (header + "1,2,a\n3,4,b\n5,6,b\n", "t.csv: only one sample has the label \"a\""),
    ("\(plain)1,2\n", "t.csv, line 22, column 3 (\"class\"): the value is missing: the line has 2 fields"),
    ("\(plain)1,2,a,4\n", "t.csv, line 22, column 4: the line has 4 fields, the header 3"),
    ("\(plain)1,2,\n", "t.csv, line 22, column 3 (\"class\"): the target is missing; fill it in"),
    ("\(plain)inf,2,a\n", "t.csv, line 22, column 1 (\"x\"): inf is not a finite number"),
    ("\(plain)\"1,2,a\n", "t.csv, line 22, column 1: the quote that opens here is never closed"),
    ("\(plain)1,2,rare\n", "t.csv: only one sample has the label \"rare\""),
    ("\(plain)1,2\u{0},a\n", "t.csv, line 22, column 2: the text is not encoded as UTF-8; save the file as UTF-8"),
    (
      "\(header)\(String(repeating: "1,2,a\n", count: 20))",
      "t.csv, line 1, column 3 (\"class\"): all rows to learn from have the same target"
    ),
    (plain.replacing("x,", with: "y,"), "t.csv, line 1, column 2 (\"y\"): column 1 has the same name"),
    (plain.replacing("x,", with: ","), "t.csv, line 1, column 1: the column has no name"),
    ("class\n\(String(repeating: "a\nb\n", count: 10))", "t.csv, line 1: the only column is \"class\""),
    ("x,class\n1,2.5\n2,3.5\n", "t.csv: no rows can be held back for validation: of 1 sample, "),
    (
      "\(numbers.replacing("size", with: "class"))1,2,\"1,5\"\n",
      "t.csv, line 62, column 3 (\"class\"): \"1,5\" is not a number; decimal numbers are written with a point"
    ),
  ]

  /// One line tells what is wrong, where, and how to mend it; no model is written.
  @Test(arguments: badTables)
  func badTablesTellWhatIsWrong(_ text: String, _ message: String) throws {
    try Program.withFolder { folder in
      try text.write(toFile: "\(folder)/t.csv", atomically: true, encoding: .utf8)
      try "good".write(toFile: "\(folder)/m.safetensors", atomically: true, encoding: .utf8)
      let outcome = try Program.shell("micrograd train t.csv -t class --epochs 2 -q -o m.safetensors", in: folder)
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.hasPrefix("Error: " + message), "got \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(try String(contentsOfFile: "\(folder)/m.safetensors", encoding: .utf8) == "good")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2, "nothing is left behind")
    }
  }

  private static let badCalls: [(arguments: String, status: Int32, message: String)] = [
    ("train . -t class", 1, ". cannot be read: Is a directory"),
    ("train nonsense.csv -t class", 1, "nonsense.csv cannot be read: No such file or directory"),
    ("train classes.csv -t klass", 1, "--target: classes.csv has no column “klass”, only x, y, city, class"),
    ("train classes.csv -t class --ignore class", 64, "--ignore names “class”, the target"),
    ("train classes.csv -t class --categories z", 1, "--categories: classes.csv has no column “z”"),
    ("train classes.csv -t class -o classes.csv", 64, "--output is classes.csv, the table itself"),
    ("train classes.csv -t class -o -", 64, "--output is -, but the figures go to standard output"),
    ("train classes.csv -t class -o m --report m", 64, "--output and --report are the same file, “m”."),
    ("train classes.csv -t class -o no/m", 1, "no/m cannot be written: No such file or directory"),
    ("train classes.csv -t class --hidden -3", 64, "--hidden is “-3”; it must be whole numbers from 1 to 10000"),
    ("train classes.csv -t class --hidden 3000,3000", 1, "a network of 5 inputs and the hidden layers [3000, 3000]"),
    ("train classes.csv -t class --epochs 0", 64, "--epochs is 0; it must be a whole number from 1 on."),
    ("train classes.csv -t class --test nan", 64, "--test is nan; it must be at least 0 and less than 1."),
    ("train classes.csv -t class --folds 1", 64, "--folds is 1; it must be from 2 to 1000."),
    (
      "train classes.csv -t class --validation 1e-9", 1,
      "classes.csv: no rows can be held back for validation: a strat"
    ),
    ("train numbers.csv -t size --learning-rate 1e300", 1, "training diverged in epoch 1"),
    ("evaluate classes.csv classes.csv", 1, "classes.csv: its header would have "),
    ("evaluate classes.safetensors numbers.csv", 1, "numbers.csv, line 1: there is no column \"city\""),
    ("predict classes.safetensors numbers.csv -o p.csv", 1, "numbers.csv, line 1: there is no column \"city\""),
    (
      "predict numbers.safetensors numbers.csv --keep z", 1,
      "numbers.csv, line 1: there is no column \"z\", only \"x\", \"y\", \"size\""
    ),
    ("predict numbers.safetensors numbers.csv -o numbers.csv", 64, "--output is numbers.csv, the table itself"),
    ("inspect nonsense", 1, "nonsense: cannot be read: No such file or directory"),
    ("explain numbers.safetensors --row 61", 64, "--row is 61, but numbers.csv has 60 rows."),
    ("export numbers.safetensors -o m.xyz", 64, "The extension of “m.xyz” is not that of a format"),
    ("export numbers.safetensors -o m.json --float", 64, "--float is for onnx and c only."),
  ]

  /// All in one folder, so that its models are trained once.
  @Test func badCallsTellWhatIsWrong() throws {
    try withModels { folder in
      let before = try FileManager.default.contentsOfDirectory(atPath: folder)
      for (arguments, status, message) in Self.badCalls {
        let outcome = try Program.shell("micrograd \(arguments)", in: folder)
        #expect(outcome.status == status && outcome.output.isEmpty, "\(arguments): \(outcome)")
        #expect(outcome.errors.hasPrefix("Error: " + message), "\(arguments): got \(outcome.errors)")
        let after = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(after) == Set(before), "\(arguments): nothing is left behind")
      }
    }
  }
}
