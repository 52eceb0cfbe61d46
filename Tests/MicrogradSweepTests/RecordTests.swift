import Foundation
import MicrogradPlatform
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradSweep

@Suite struct RecordTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-sweep-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String = "sweep.jsonl") -> String { folder.appending(path: name).path }

  private func run(_ sweep: Sweep, _ path: String, workers: Int = 1, shard: Shard? = nil) throws -> SweepResults {
    try sweep.run(
      on: ThreadRunner(workers: workers), record: try .resume(path, for: sweep, shard: shard),
      objective: SampleSweeps.score)
  }

  private func expectError(
    _ words: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
  ) {
    let error = #expect(throws: SweepError.self, sourceLocation: sourceLocation) { try body() }
    let text = error?.description ?? ""
    #expect(text.contains(words), "got: \(text); expected: \(words)", sourceLocation: sourceLocation)
  }

  /// Cuts a record at every end of a line, and at random places: whatever was lost is run again, and nothing twice.
  @Test(arguments: SampleSweeps.all.indices)
  func sweepsContinue(_ number: Int) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let sweep = SampleSweeps.all[number], expected = try SampleSweeps.results(sweep), seed = newSeed()
    _ = try run(sweep, path())
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path())))
    var random = PythonRandom(seed: seed)
    let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    #expect(ends.count == 1 + expected.trials.count)
    for cut in [0, 1, ends[0] - 1] + ends + (0..<10).map({ _ in random.randrange(bytes.count) }) {
      try Data(bytes[..<cut]).write(to: URL(filePath: path()))
      let results = try run(sweep, path(), workers: 2)
      #expect(results.csv() == expected.csv(), "cut at \(cut), seed \(seed)")
      #expect(results.json() == expected.json(), "cut at \(cut), seed \(seed)")
      #expect(try SweepRecord.read(path()).results == expected.trials, "cut at \(cut), seed \(seed)")
      let lines = try String(contentsOfFile: path(), encoding: .utf8).split(separator: "\n")
      #expect(lines.count == ends.count && Set(lines).count == ends.count, "cut at \(cut), seed \(seed)")
    }
  }

  @Test func shardsMerge() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for sweep in [SampleSweeps.grid, SampleSweeps.random] {
      let expected = try SampleSweeps.results(sweep)
      var records: [SweepRecord.Contents] = []
      for number in 1...3 {
        let file = path("\(sweep.seed)-\(number).jsonl")
        let results = try run(sweep, file, shard: Shard(number: number, of: 3))
        #expect(results.trials.allSatisfy { $0.trial.index % 3 == number - 1 })
        records.append(try SweepRecord.read(file))
      }
      let merged = try SweepResults.merging(records.reversed() + records)
      #expect(merged.csv() == expected.csv() && merged.json() == expected.json())
      #expect(merged.missing.isEmpty && merged.missingNote.isEmpty)
      let part = try SweepResults.merging([records[0], records[2]])
      #expect(part.missing.map(\.index) == expected.trials.map(\.trial.index).filter { $0 % 3 == 1 })
      #expect(part.missingNote.contains("are missing: 1, 4, 7"), "\(part.missingNote)")
    }
  }

  @Test func recordsThatDifferDoNotMerge() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    expectError("no records") { _ = try SweepResults.merging([]) }
    _ = try run(SampleSweeps.grid, path("a"))
    _ = try run(SampleSweeps.random, path("b"))
    let first = try SweepRecord.read(path("a"))
    expectError("record 2 is of another sweep than record 1: the search is “random") {
      _ = try SweepResults.merging([first, try SweepRecord.read(path("b"))])
    }
    _ = try SampleSweeps.grid.run(record: try .create(path("c"), for: SampleSweeps.grid)) { (trial: Trial) in
      (try? SampleSweeps.score(trial).value.nextUp) ?? 0
    }
    expectError("has another result in record 2") {
      _ = try SweepResults.merging([first, try SweepRecord.read(path("c"))])
    }
  }

  @Test func otherSweepsAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try run(SampleSweeps.grid, path())
    let before = try Data(contentsOf: URL(filePath: path()))
    func change(_ words: String, _ body: (inout Sweep) -> Void) {
      var sweep = SampleSweeps.grid
      body(&sweep)
      expectError("sweep.jsonl is the record of another sweep: \(words)") {
        _ = try SweepRecord.resume(path(), for: sweep)
      }
    }
    change("the number of seeds is “4” here, and “2” in the record") { $0.seeds = 4 }
    change("the seed is “8” here, and “7” in the record") { $0.seed = 8 }
    change("the goal is “maximize”") { $0.goal = .maximize }
    change("what scores depend on besides is “other data” here, and “” in") { $0.identity = "other data" }
    change("the search is “random, 1 configuration” here, and “grid” in") { $0.search = .random(configurations: 1) }
    change("the list of parameters is “rate, width” here, and “rate, width, depth” in") { $0.parameters.removeLast() }
    change("the parameter “width” is “8” here, and “8, wide” in") { $0.parameters[1].domain = .choices([8]) }
    expectError("the shard is “1/2” here, and “none” in the record") {
      _ = try SweepRecord.resume(path(), for: SampleSweeps.grid, shard: Shard(number: 1, of: 2))
    }
    expectError("there is such a file already") { _ = try SweepRecord.create(path(), for: SampleSweeps.grid) }
    expectError("is the record of another sweep") {
      _ = try SampleSweeps.random.run(record: .resume(path(), for: SampleSweeps.grid), objective: SampleSweeps.score)
    }
    #expect(try Data(contentsOf: URL(filePath: path())) == before)
  }

  @Test func damagedLinesAreNamed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let sweep = SampleSweeps.grid
    _ = try run(sweep, path())
    let lines = try String(contentsOfFile: path(), encoding: .utf8).split(separator: "\n").map(String.init)
    func damage(_ words: String, _ line: Int, _ text: String) throws {
      var lines = lines
      lines[line - 1] = text
      try (lines.joined(separator: "\n") + "\n").write(toFile: path(), atomically: false, encoding: .utf8)
      let before = try Data(contentsOf: URL(filePath: path()))
      expectError(words) { _ = try SweepRecord.read(path()) }
      expectError(words) { _ = try SweepRecord.resume(path(), for: sweep) }
      #expect(try Data(contentsOf: URL(filePath: path())) == before, "the file is left as it is")
    }
    try damage("line 4: column 1: expected a value", 4, "garbage")
    try damage("line 3: column 1: expected a value", 3, "")
    try damage("line 5: column 12: expected", 5, #"{"trial":1 "#)
    try damage("line 5: expected an object as “settings”", 5, #"{"trial":1}"#)
    try damage(
      "line 6: expected a whole number as “trial”", 6, lines[5].replacing("\"trial\":4", with: "\"trial\":1e99"))
    try damage(
      "line 6: the sweep of line 1 has no trial 999", 6, lines[5].replacing("\"trial\":4", with: "\"trial\":999"))
    try damage(
      "line 6: the sweep of line 1 has no trial -4", 6, lines[5].replacing("\"trial\":4", with: "\"trial\":-4"))
    try damage("line 6: the sweep of line 1 has no trial 4", 6, lines[5].replacing("\"seed\":7", with: "\"seed\":6"))
    try damage("line 6: expected a seed", 6, lines[5].replacing("\"seed\":7", with: "\"seed\":-1"))
    try damage(
      "line 6: trial 3 has another result in line 5", 6, lines[4].replacing("\"score\":0", with: "\"score\":1"))
    try damage("line 1, the record has version 2, and this program reads version 1", 1, #"{"version":2}"#)
    try damage("is no record of a sweep", 1, "rate,score")
    try damage("is no record of a sweep", 1, lines[0].replacing("\"grid\"", with: "\"hyperband\""))
    try damage("there are no", 1, lines[0].replacing("\"integers\"", with: "\"wishes\""))
    try damage("line 1, 0 seeds", 1, lines[0].replacing("\"seeds\":2", with: "\"seeds\":0"))
  }

  @Test func filesThatAreNoneAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let sweep = SampleSweeps.grid
    expectError("cannot be opened: No such file") { _ = try SweepRecord.read(path()) }
    expectError("cannot be opened: No such file") { _ = try SweepRecord.resume(path("no/such/folder"), for: sweep) }
    expectError("cannot be opened: No such file") { _ = try SweepRecord.resume("", for: sweep) }
    expectError("directory") { _ = try SweepRecord.resume(folder.path, for: sweep) }
    expectError("not a file") { _ = try SweepRecord.read(folder.path) }
    expectError("not a file") { _ = try SweepRecord.resume("/dev/null", for: sweep) }
    expectError("not a file") { _ = try SweepRecord.read("/dev/zero") }
    mkfifo(path("pipe"), 0o600)
    expectError("not a file") { _ = try SweepRecord.read(path("pipe")) }
    // Somebody else's file, without a line's end, is not taken for a record that was cut off.
    try "hello".write(toFile: path(), atomically: false, encoding: .utf8)
    expectError("is no record of a sweep") { _ = try SweepRecord.resume(path(), for: sweep) }
    #expect(try String(contentsOfFile: path(), encoding: .utf8) == "hello")
    // A sweep that makes no sense leaves no file.
    expectError("seeds") { _ = try SweepRecord.create(path("new"), for: Sweep([], seeds: 0)) }
    #expect(!FileManager.default.fileExists(atPath: path("new")))
  }

  @Test func oneProcessWritesAtATime() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let record = try SweepRecord.create(path(), for: SampleSweeps.grid)
      expectError("is being written by another process") {
        _ = try SweepRecord.resume(path(), for: SampleSweeps.grid)
      }
      #expect(try SweepRecord.read(record.path).results.isEmpty)
    }
    _ = try SweepRecord.resume(path(), for: SampleSweeps.grid)
  }

  /// Whatever a result holds, it is read as it was written.
  @Test func resultsAreReadAsWritten() throws {
    let settings: [Sweep.Setting] = [
      .number(0.1), .number(-0.0), .number(.leastNonzeroMagnitude), .number(1.7976931348623157e308), .number(3),
      .integer(.min),
      .integer(.max), .text("“<&>”\n\u{0}\u{1F600} \\ \""), .text(""), .text("nan"),
    ]
    let names = settings.indices.map { "p\($0) é\"" }
    let trial = Trial(
      index: 5, configuration: .init(number: 2, names: names, settings: settings), repetition: 1, seed: .max, rung: 3,
      budget: 27)
    #expect(try Trial(json: trial.json()) == trial)
    let figures = [Double.nan, .infinity, -.infinity, -0.0, 1.0 / 3].enumerated().map {
      TrialScore.Figure("f\($0)", $1)
    }
    for outcome in [TrialResult.Outcome.score(.init(-0.0, figures: figures)), .score(.init(1e23)), .failure("a\nb")] {
      let result = TrialResult(trial: trial, outcome: outcome, seconds: 1.5), text = result.json()
      #expect(!text.contains("\n"))
      let read = try TrialResult(json: text)
      #expect(read == result && read.seconds == 1.5, "\(text)")
    }
    for text in ["", "{}", "[1]", "null", #"{"trial":1,"settings":{}}"#] {
      #expect(throws: SweepError.self, "\(text)") { _ = try TrialResult(json: text) }
    }
  }

  /// Where the disk is full, the sweep ends with an error, and the file keeps whole lines.
  @Test func failuresToWriteEndTheSweep() async throws {
    await #expect(processExitsWith: .success) {
      let folder = FileManager.default.temporaryDirectory.appending(path: "micrograd-sweep-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let path = folder.appending(path: "sweep.jsonl").path, sweep = SampleSweeps.grid
      signal(SIGXFSZ, SIG_IGN)
      let record = try SweepRecord.create(path, for: sweep)
      var limit = rlimit(rlim_cur: 2000, rlim_max: 2000)
      #if canImport(Glibc)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      #else
        setrlimit(RLIMIT_FSIZE, &limit)
      #endif
      do {
        _ = try sweep.run(on: ThreadRunner(workers: 2), record: record, objective: SampleSweeps.score)
        exit(2)
      } catch let error as SweepError {
        guard error.description.contains("cannot be written: File too large") else { exit(3) }
      }
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      guard bytes.last == UInt8(ascii: "\n"), bytes.count <= 2000 else { exit(4) }
      let results = try SweepRecord.read(path).results
      guard !results.isEmpty, results.count < 24 else { exit(5) }
    }
  }
}
