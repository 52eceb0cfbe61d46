import Foundation
import Micrograd
import Testing

/// Sweeps on a small table: the same results however they are run, their files, and what is said about bad input.
@Suite struct SweepCommandTests {
  /// Rows whose class follows from two numbers.
  private static let table =
    "x,y,class\n"
    + (0..<40).map { index in
      let (x, y) = (Double((index * 37) % 41) / 20 - 1, Double((index * 23) % 39) / 19 - 1)
      return "\(x),\(y),\(x + y > 0.1 ? "warm" : "cold")\n"
    }.joined()

  /// Six configurations with two seeds.
  private static let sweep =
    "sweep t.csv --target class --hidden 2 0 3,2 --rate 0.01..0.3 --points 2 --seeds 2 --epochs 3"

  private func withTable(_ body: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      try Self.table.write(toFile: "\(folder)/t.csv", atomically: true, encoding: .utf8)
      try body(folder)
    }
  }

  private func text(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

  /// Runs a script without a failure, and returns what it prints.
  @discardableResult private func run(_ script: String, in folder: String) throws -> String {
    let outcome = try Program.shell(script, in: folder)
    try #require(outcome.status == 0, "\(script): \(outcome)")
    return outcome.output
  }

  // MARK: The same table

  @Test func theTableDoesNotDependOnHowItIsMade() throws {
    try withTable { folder in
      let output = try run("micrograd \(Self.sweep) -q --workers 1 -o one.csv", in: folder)
      let table = try text("\(folder)/one.csv")
      #expect(table.split(separator: "\n").count == 13, "\(table)")
      #expect(output.contains("\nbest: hidden "), "\(output)")
      let ways = [
        "two workers": "micrograd \(Self.sweep) -q --workers 2 -o other.csv",
        "shards": """
        for n in 1 2 3; do micrograd \(Self.sweep) -q --shard $n/3 --record part-$n.jsonl > shard.txt || exit 1; done
        micrograd sweep merge part-*.jsonl -o other.csv
        """,
        "killed and resumed": """
        "$MICROGRAD" \(Self.sweep) -q --workers 1 --record killed.jsonl > killed.txt & process=$!
        tries=0
        until [ "$(cat killed.jsonl 2> /dev/null | wc -l)" -ge 3 ] || [ $tries -ge 3000 ]; do
          sleep 0.01; tries=$((tries + 1))
        done
        kill -9 $process || true
        wait $process 2> /dev/null || true
        micrograd \(Self.sweep) -q --record killed.jsonl --resume -o other.csv
        """,
        "cut off and resumed": """
        micrograd \(Self.sweep) -q --record whole.jsonl > whole.txt && head -c 2500 whole.jsonl > cut.jsonl
        micrograd \(Self.sweep) -q --record cut.jsonl --resume -o other.csv
        [ $(wc -l < cut.jsonl) = 13 ]
        """,
      ]
      for (name, script) in ways {
        try run("set -e\nrm -f other.csv\n\(script)", in: folder)
        #expect(try text("\(folder)/other.csv") == table, "\(name)")
      }
    }
  }

  @Test func anInterruptionSaysHowToContinue() throws {
    try withTable { folder in
      let outcome = try Program.shell(
        """
        "$MICROGRAD" sweep t.csv -t class --hidden 2 3 --epochs 1000000 --patience 1000000 -q --record r.jsonl & process=$!
        until [ -s r.jsonl ]; do sleep 0.01; done
        kill -INT $process; wait $process
        """, in: folder)
      #expect(outcome.status == 130 && outcome.output.isEmpty, "\(outcome)")
      #expect(
        outcome.errors.contains(
          "Interrupted. The finished trials are in r.jsonl; add --resume to the command to continue."),
        "\(outcome)")
    }
  }

  // MARK: Results

  @Test func theModelIsThatOfTrain() throws {
    try withTable { folder in
      let output = try run("micrograd \(Self.sweep) -q --seed 3", in: folder)
      let line = try #require(output.split(separator: "\n").first { $0.hasPrefix("to train it: ") }, "\(output)")
      try run("micrograd \(Self.sweep) -q --seed 3 --model swept.safetensors", in: folder)
      try run("\(line.dropFirst(13)) -q -o trained.safetensors", in: folder)
      var swept = try TabularModel(contentsOf: "\(folder)/swept.safetensors")
      var trained = try TabularModel(contentsOf: "\(folder)/trained.safetensors")
      swept.record?.seconds = 0
      trained.record?.seconds = 0
      #expect(swept.safetensors() == trained.safetensors(), "\(line)")
    }
  }

  @Test(arguments: [
    ("--search random --trials 3 --rate 0.001..1 --hidden 1..8", 3),
    ("--search halving --trials 9 --rate 0.001..1 --epochs 1..9", 9 + 3 + 1),
    ("--rate 0.1 0.2 --folds 2 --score accuracy --epochs 2", 2), ("--hidden 2 --seeds 3 --epochs 2", 3),
  ])
  func everySearchFindsABest(_ options: String, _ count: Int) throws {
    try withTable { folder in
      let output = try run("micrograd sweep t.csv -t class \(options) -q -o t1.csv", in: folder)
      #expect(output.contains("\nbest: "), "\(output)")
      let lines = try text("\(folder)/t1.csv").split(separator: "\n")
      #expect(lines.count == count + 1, "\(options): \(lines)")
    }
  }

  @Test func theReportHasEverything() throws {
    try withTable { folder in
      // A learning rate without bounds diverges.
      let options = "-q --report r.html --model m.safetensors"
      try run(
        "micrograd sweep t.csv -t class --rate 0.1 1e300 --hidden 2 3 --seeds 2 --epochs 3 \(options) -l en",
        in: folder)
      let page = try text("\(folder)/r.html")
      for part in [
        "<title>Settings for predicting class from t.csv</title>", "8 trials of 4 configurations",
        "<section id=\"best\">",
        "validation loss", "test rows that no trial saw", "<section id=\"figures\">",
        "<section id=\"configurations\">",
        "<section id=\"failures\">", "training diverged in epoch 1", "<section id=\"run\">", "prefers-color-scheme",
      ] {
        #expect(page.contains(part), "\(part) in \(page)")
      }
      #expect(page.matches(of: /<svg/).count == 2, "parallel coordinates and a heat map")
      try run("micrograd \(Self.sweep) -q --report f.html -l fr", in: folder)
      let french = try text("\(folder)/f.html")
      for part in ["lang=\"fr\"", "La meilleure configuration", "erreur de validation", "Comment", "écart type"] {
        #expect(french.contains(part), "\(part) in \(french)")
      }
    }
  }

  @Test func outputForPrograms() throws {
    try withTable { folder in
      let output = try run("micrograd \(Self.sweep) -q --format json --model m.safetensors", in: folder)
      let json = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      #expect((json["trials"] as? [Any])?.count == 12 && json["best"] is Int, "\(output)")
      #expect((json["test"] as? [String: Any])?["rows"] as? Int == 8, "\(output)")
    }
  }

  @Test func aDryRunRunsNothing() throws {
    try withTable { folder in
      let output = try run("micrograd \(Self.sweep) --dry-run -o o.csv --record r.jsonl", in: folder)
      #expect(output.hasPrefix("12 trials: 3 × hidden, 2 × rate, 2 seeds\n"), "\(output)")
      #expect(output.contains("o.csv (--output), r.jsonl (--record)\n"), "\(output)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.csv"])
    }
  }

  @Test func aMergeSaysWhatIsMissing() throws {
    try withTable { folder in
      try run("micrograd \(Self.sweep) -q --shard 2/4 --record part.jsonl > shard.txt", in: folder)
      #expect(
        try text("\(folder)/shard.txt")
          == "shard 2/4: 3 trials in part.jsonl; micrograd sweep merge joins the parts\n")
      let output = try run("micrograd sweep merge part.jsonl", in: folder)
      #expect(output.contains("9 trials are missing: 0, 2, 3, 4, 6, 7, 8, 10, 11\n"), "\(output)")
    }
  }

  // MARK: Bad input

  private static let badCalls: [(arguments: String, status: Int32, message: String)] = [
    ("t.csv -t class", 64, "There is nothing to try; give settings, such as --hidden 8 16 32 or --rate 0.01..0.3."),
    ("t.csv -t class --hidden 8 x", 64, "--hidden is “x”; it must be whole numbers from 1 to 10000"),
    ("t.csv -t class --hidden 8 8", 64, "--hidden has “8” twice; give each value once."),
    ("t.csv -t class --rate 0.1 0.10", 64, "--rate has “0.10” twice; give each value once."),
    ("t.csv -t class --rate 0", 64, "--rate is 0.0; it must be a positive number, such as 0.01."),
    ("t.csv -t class --rate fast", 64, "--rate is “fast”; its values must be numbers, such as 0.01 or 0.01..0.3."),
    ("t.csv -t class --rate 0.1..", 64, "--rate is “0.1..”; its values must be numbers"),
    ("t.csv -t class --rate 1..2..3", 64, "--rate is “1..2..3”; its values must be numbers"),
    (
      "t.csv -t class --rate 0.3..0.1", 64,
      "--rate is “0.3..0.1”; a range goes from a smaller number to a larger one."
    ),
    ("t.csv -t class --rate 0.1..0.3 0.5", 64, "--rate has a range among others; give one range"),
    ("t.csv -t class --batch 1.5", 64, "--batch is “1.5”; its values must be numbers, whole numbers such as 16"),
    ("t.csv -t class --epochs 0", 64, "--epochs is 0; it must be a whole number from 1 on."),
    ("t.csv -t class --activation relu relo", 64, "There is no activation “relo”; choose from "),
    ("t.csv -t class --loss cross-entropy huber", 64, "--loss huber is for regression, and --problem is class"),
    ("t.csv -t class --rate 0.1 --points 1", 64, "--points is 1; it must be from 2 to 1000."),
    ("t.csv -t class --rate 0.1 --seeds 0", 64, "--seeds is 0; it must be from 1 to 100000."),
    ("t.csv -t class --rate 0.1 --trials 3", 64, "--trials is for --search random or halving"),
    ("t.csv -t class --rate 0.1 --search random", 64, "--search random needs --trials"),
    ("t.csv -t class --rate 0.1 0.2 --workers 0", 64, "--workers is 0; it must be from 1 to 1024."),
    ("t.csv -t class --rate 0.1 --shard 1/2", 64, "--shard needs --record, a file for its results"),
    ("t.csv -t class --rate 0.1 --shard 3/2 --record r", 64, "The value '3/2' is invalid for '--shard <n/of>'"),
    (
      "t.csv -t class --rate 0.1..1 --search halving --trials 9 --shard 1/2 --record r", 64,
      "--shard cannot part --search halving"
    ),
    (
      "t.csv -t class --rate 0.1..1 --search halving --trials 9 --epochs 9", 64,
      "--epochs is “9”; with --search halving it must be a range, such as 10..90"
    ),
    ("t.csv -t class --rate 0.1 --resume", 64, "--resume needs --record, the file of the sweep to continue."),
    ("t.csv -t class --rate 0.1 -o x --report x", 64, "--output and --report are the same file, “x”."),
    ("t.csv -t class --rate 0.1 -o t.csv", 64, "--output is t.csv, the table itself"),
    ("t.csv -t class --rate 0.1 --record t.csv", 64, "--record is t.csv, the table itself"),
    ("t.csv -t class --rate 0.1 --model -", 64, "--model is -, but the figures go to standard output"),
    ("t.csv -t class --rate 0.1 --report no/x", 1, "no/x cannot be written: No such file or directory"),
    ("t.csv -t klass --rate 0.1", 1, "--target: t.csv has no column “klass”, only x, y, class"),
    ("none.csv -t class --rate 0.1", 1, "none.csv cannot be read: No such file or directory"),
    ("t.csv -t class --rate 0.1 --score r2 -q", 1, "all of 1 trial failed, "),
    ("merge", 64, "Missing expected argument '<record> ...'"),
    ("merge t.csv", 1, "t.csv"), ("merge none.jsonl", 1, "none.jsonl"),
    ("merge t.csv -o t.csv", 64, "--output is t.csv, a record, which would be replaced; give another name."),
  ]

  @Test func badCallsTellWhatIsWrong() throws {
    try withTable { folder in
      for (arguments, status, message) in Self.badCalls {
        let outcome = try Program.shell("micrograd sweep \(arguments)", in: folder)
        #expect(outcome.status == status && outcome.output.isEmpty, "\(arguments): \(outcome)")
        #expect(outcome.errors.hasPrefix("Error: " + message), "\(arguments): got \(outcome.errors)")
        let after = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(after == ["t.csv"], "\(arguments): nothing is left behind")
      }
    }
  }

  @Test func recordsOfOtherSweepsAreRefused() throws {
    try withTable { folder in
      let sweep = "micrograd sweep t.csv -t class --epochs 2 -q --record r.jsonl"
      try run("\(sweep) --rate 0.1 0.2", in: folder)
      let before = try text("\(folder)/r.jsonl")
      for (options, message) in [
        ("--rate 0.1 0.2", "r.jsonl"), ("--rate 0.1 0.3 --resume", "r.jsonl is the record of another sweep: "),
        ("--rate 0.1 0.2 --patience 3 --resume", "r.jsonl is the record of another sweep: "),
      ] {
        let outcome = try Program.shell("\(sweep) \(options)", in: folder)
        #expect(outcome.status == 1 && outcome.errors.hasPrefix("Error: " + message), "\(options): \(outcome)")
        #expect(try text("\(folder)/r.jsonl") == before, "\(options)")
      }
    }
  }
}
