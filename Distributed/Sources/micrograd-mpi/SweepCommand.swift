import ArgumentParser
import MicrogradCommand
import MicrogradDistributed

/// The sweep of `micrograd sweep`, with trials on all ranks.
struct SweepCommand: RankCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Find good settings for a table: many trainings, shared by the ranks.",
    discussion: """
      \(SweepArguments.help)

      Each rank runs one trial at a time, the next one when it is done. Rank 0 alone writes files and prints.

      Examples:
        mpirun -n 4 micrograd-mpi sweep iris.csv --target species --hidden 8 16 16,16 --rate 0.01..0.3 --seeds 5
        mpirun -n 4 micrograd-mpi sweep iris.csv -t species --rate 0.1 0.3 --record sweep.jsonl --resume
      """)

  @OptionGroup var arguments: SweepArguments

  func run(on communicator: Communicator) throws {
    let runner = MPIRunner(communicator) { note("Warning: \($0)") }
    do {
      try arguments.run(on: runner)
      try runner.end()
    } catch {
      try runner.end("\(error)")
      throw error
    }
  }
}
