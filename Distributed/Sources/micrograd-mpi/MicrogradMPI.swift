import ArgumentParser
import Foundation
import MicrogradDistributed

/// The program that `mpirun` starts once for each rank.
@main struct MicrogradMPI: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "micrograd-mpi",
    abstract: "Train on several machines that MPI joins.",
    discussion:
      "Start it by mpirun or srun: mpirun -n 4 micrograd-mpi sweep iris.csv --target species --rate 0.01..0.3",
    subcommands: [SweepCommand.self, TrainCommand.self])

  static func main() {
    // Open MPI gives rank 0 a terminal, even if its output goes to a file.
    setenv("NO_COLOR", "1", 0)
    do {
      let communicator = try Communicator()
      let status = run(on: communicator)
      try communicator.finalize()
      exit(withError: ExitCode(status))
    } catch {
      note("Error: \(error)")
      exit(withError: ExitCode.failure)
    }
  }

  /// Runs the command of the arguments. An error that all ranks have is said by rank 0 alone.
  private static func run(on communicator: Communicator) -> Int32 {
    do {
      var command = try parseAsRoot()
      if let command = command as? any RankCommand {
        try command.run(on: communicator)
      } else if communicator.rank == 0 {
        try command.run()
      }
      return EXIT_SUCCESS
    } catch {
      if error is MPIError {
        note("Error on rank \(communicator.rank): \(error)")
        communicator.abort()
      }
      let code = exitCode(for: error)
      if communicator.rank == 0 {
        if code.isSuccess { print(fullMessage(for: error)) } else { note(fullMessage(for: error)) }
      }
      return code.rawValue
    }
  }
}

/// A command that all ranks run together. What it throws, it throws on all of them, but for errors of MPI itself.
protocol RankCommand: ParsableCommand {
  func run(on communicator: Communicator) throws
}

/// Writes a line to standard error.
func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
