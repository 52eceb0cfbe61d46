import ArgumentParser
import Micrograd
import MicrogradPlatform
import MicrogradRequirement

extension MicrogradCommand {
  /// Runs the program with the arguments of the process, and exits.
  ///
  /// The `main` of ArgumentParser does not check whether its output was written. Here a status of 0 means that every byte
  /// was written.
  public static func main() {
    occupyStandardDescriptors()
    // If a reader such as `head` closes the pipe early, the program ends quietly, even if its parent ignores the signal.
    signal(SIGPIPE, SIG_DFL)
    widenHelp()
    exit(withError: run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) -> ExitCode {
    do {
      try perform(arguments)
      for stream in StandardStream.allCases { try close(stream) }
      return .success
    } catch {
      // If this cannot be written either, the status still reports the failure.
      try? StandardStream.error.write(fullMessage(for: error) + "\n")
      return (error as? Failure)?.status ?? exitCode(for: error)
    }
  }

  private static func close(_ stream: StandardStream) throws {
    do {
      try stream.close()
    } catch {
      throw Failure("standard \(stream) cannot be written: \(error)")
    }
  }

  private static func perform(_ arguments: [String]) throws {
    do {
      try checkCommand(arguments)
      var command = try parseAsRoot(Subject.markingExpressions(in: arguments))
      do {
        try command.run()
      } catch let mistake as ValidationError {
        throw Failure(mistake, in: type(of: command))
      }
    } catch let request where exitCode(for: request).isSuccess {
      // For help, or the version.
      try TextFile.write(fullMessage(for: request) + "\n", to: TextFile.standardStream)
    }
  }

  /// Throws an error if the command is unknown. ArgumentParser would say “Unexpected argument”, and nothing at all for
  /// `help nonsense`.
  private static func checkCommand(_ arguments: [String]) throws {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    let name = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
    guard let name, !name.hasPrefix("-"), !(names + ["help"]).contains(name) else { return }
    throw ValidationError("There is no command “\(name)”; choose from \(names.joined(separator: ", ")) and help.")
  }

  /// Makes help at least 80 columns wide, so that its examples can be copied in one piece: a narrower terminal folds the
  /// lines itself. ArgumentParser wraps all text at the width in the variable `COLUMNS`.
  private static func widenHelp() {
    let columns = Terminal.environment("COLUMNS").flatMap { Int($0) } ?? Terminal.size?.columns ?? 80
    setenv("COLUMNS", "\(max(columns, 80))", 1)
  }

  /// Opens a file for each standard stream that is closed, so that no other file gets its descriptor, and with it the output
  /// that was meant for the stream. The file is opened in the wrong mode, so that using the stream is still an error.
  private static func occupyStandardDescriptors() {
    // The new descriptor is the lowest free one: that of the closed stream. For the output streams it is that of a folder,
    // which cannot be opened for writing by the name /dev/stdout either.
    for (descriptor, path, mode) in [(STDIN_FILENO, "/dev/null", O_WRONLY), (1, "/", O_RDONLY), (2, "/", O_RDONLY)]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open(path, mode)
    }
  }
}
