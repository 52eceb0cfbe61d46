import Foundation
import MicrogradSweep
import SweepExample
import Testing

/// Sweeps under MPI have the results of those on one thread, whatever ends on the way.
@Suite(.serialized) struct SweepTests {
  private static let ranks = MPIJob.ranks

  @Test(arguments: SweepExample.allCases, ranks) func resultsAreThoseOfOneThread(example: SweepExample, ranks: Int)
    throws
  {
    try withRecord { record in
      let (status, output, errors) = try MPIJob("SweepCheck", [example.rawValue, record], ranks: ranks).result()
      #expect(status == 0, "\(example) on \(ranks) ranks: \(errors)")
      try expectResults(of: example, in: output, record, "\(example) on \(ranks) ranks")
    }
  }

  /// An end in the middle of the sweep.
  enum Interruption: String, CaseIterable {
    case worker = "1", manager = "0", all
  }

  @Test(arguments: SweepExample.allCases, Interruption.allCases)
  func sweepsContinue(example: SweepExample, after interruption: Interruption) throws {
    for ranks in Self.ranks where ranks > 1 {
      try withRecord { record in
        let input = "\(example) on \(ranks) ranks, ended by SIGKILL to \(interruption)"
        let arguments = [example.rawValue, record, "0.05", interruption.rawValue]
        let status = try MPIJob("SweepCheck", arguments, ranks: ranks).result().status
        #expect(status != 0, "\(input): exit status 0")
        try expectIncomplete(example, record, input)
        let (_, output, errors) = try MPIJob("SweepCheck", [example.rawValue, record], ranks: ranks).result()
        try expectResults(of: example, in: output, record, "\(input), and continued: \(errors)")
      }
    }
  }

  @Test func sweepsContinueAfterTheEndOfMpirun() throws {
    try withRecord { record in
      let job = try MPIJob("SweepCheck", ["grid", record, "0.5"], ranks: 2)
      while try lineCount(record) < 5 { Thread.sleep(forTimeInterval: 0.01) }
      job.process.terminate()
      _ = job.result()
      try expectIncomplete(.grid, record, "mpirun ended")
      let (_, output, errors) = try MPIJob("SweepCheck", ["grid", record], ranks: 2).result()
      try expectResults(of: .grid, in: output, record, "mpirun ended, and continued: \(errors)")
    }
  }

  /// As far as the library at hand lets the others live: see docs/distributed.md.
  @Test(arguments: MPIJob.survivableSignals) func sweepsSurviveAWorker(signal: Int32) throws {
    for ranks in Self.ranks where ranks > 1 {
      try withRecord { record in
        let arguments = ["grid", record, "0.05", "1", "\(signal)"]
        let job = try MPIJob("SweepCheck", arguments, ranks: ranks, flags: MPIJob.recoveryFlags)
        let (_, output, errors) = job.result()
        try expectResults(of: .grid, in: output, record, "\(ranks) ranks, signal \(signal) to rank 1: \(errors)")
      }
    }
  }

  @Test func workersOfADeadManagerEnd() throws {
    try withRecord { record in
      let arguments = ["grid", record, "0.05", "0"]
      _ = try MPIJob("SweepCheck", arguments, ranks: 2, flags: MPIJob.recoveryFlags).result()
      try expectIncomplete(.grid, record, "the manager ended")
    }
  }

  // A rank that fails before the sweep does not let the others wait.
  @Test func aRecordOfAnotherSweepIsAnError() throws {
    try withRecord { record in
      _ = try MPIJob("SweepCheck", ["grid", record], ranks: 2).result()
      let (status, output, errors) = try MPIJob("SweepCheck", ["random", record], ranks: 2).result()
      #expect(status != 0, "\(output)")
      #expect(errors.contains("is the record of another sweep"), "\(errors)")
    }
  }
}

extension SweepTests {
  private func withRecord(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "micrograd-\(UUID()).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func lineCount(_ record: String) throws -> Int {
    guard let bytes = FileManager.default.contents(atPath: record) else { return 0 }
    return bytes.count { $0 == UInt8(ascii: "\n") }
  }

  private func expectIncomplete(_ example: SweepExample, _ record: String, _ input: String) throws {
    let planned = try SweepSchedule(example.sweep).plannedCount
    #expect(try lineCount(record) <= planned, "\(input): the record is complete")
  }

  /// Expects the tables of a run on one thread, and each result once in the record.
  private func expectResults(of example: SweepExample, in output: String, _ record: String, _ input: String) throws {
    let expected = try example.sweep.run(on: ThreadRunner(workers: 1), objective: SweepExample.score)
    let text = [expected.csv(), expected.text()].joined(separator: "\n") + "\n"
    #expect(output == text, "\(input)\ngot\n\(output)\nexpected\n\(text)")
    let results = try SweepRecord.read(record).results
    #expect(Set(results.map(\.trial.index)).count == expected.trials.count, "\(input): trials of the record")
    #expect(try lineCount(record) == 1 + expected.trials.count, "\(input): lines of the record")
  }
}
