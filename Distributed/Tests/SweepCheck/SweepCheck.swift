import Foundation
import MicrogradDistributed
import MicrogradSweep
import SweepExample
import Synchronization

/// A program that the tests start on some ranks: a sweep that is kept in a record, and printed by rank 0.
///
/// SweepCheck EXAMPLE RECORD [SECONDS [VICTIM [SIGNAL]]]: each trial takes so long, and rank VICTIM, or `all`, ends itself by the
/// signal in its second one, as if it ran out of memory.
@main struct SweepCheck {
  static func main() throws {
    let world = try Communicator()
    let runner = MPIRunner(world, patience: .seconds(10))
    let outcome = Result { try run(on: runner, rank: world.rank) }
    try runner.end()
    try world.finalize()
    if case .failure(let error) = outcome {
      if world.rank == 0 { FileHandle.standardError.write(Data("\(error)\n".utf8)) }
      exit(1)
    }
  }

  private static func run(on runner: MPIRunner, rank: Int) throws {
    let arguments = CommandLine.arguments.dropFirst() + Array(repeating: "", count: 5)
    let (record, seconds, victim, signal) = (arguments[2], arguments[3], arguments[4], arguments[5])
    guard let sweep = SweepExample(rawValue: arguments[1])?.sweep else { throw SweepError("no such example") }
    let count = Atomic(0)
    let results = try sweep.run(
      on: runner, record: runner.collectsResults ? .resume(record, for: sweep) : nil
    ) { trial in
      if count.add(1, ordering: .relaxed).newValue == 2, ["all", "\(rank)"].contains(victim) {
        kill(getpid(), Int32(signal) ?? SIGKILL)
      }
      Thread.sleep(forTimeInterval: Double(seconds) ?? 0)
      return try SweepExample.score(trial)
    }
    if runner.collectsResults { print(results.csv(), results.text(), separator: "\n") }
  }
}
