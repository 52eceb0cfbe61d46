import ArgumentParser
import Micrograd
import MicrogradPlatform
import MicrogradRequirement

extension MicrogradCommand {
  /// Runs the program.
  ///
  /// The `main` of ArgumentParser prints without looking whether the text arrives; here a status of 0 means that every
  /// byte was written.
  static func main() {
    occupyStandardDescriptors()
    // A reader that leaves early, such as `head`, ends the program quietly, even if the parent ignores the signal.
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
      // If this cannot be written, the status still says that something went wrong.
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

  /// ArgumentParser would say “Unexpected argument”, and nothing at all for `help nonsense`.
  private static func checkCommand(_ arguments: [String]) throws {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    let name = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
    guard let name, !name.hasPrefix("-"), !(names + ["help"]).contains(name) else { return }
    throw ValidationError("There is no command “\(name)”; there are \(names.joined(separator: ", ")) and help.")
  }

  /// Makes help so wide that its examples, which are to be copied, stay in one piece: a narrower terminal folds them
  /// itself, and copies them whole. ArgumentParser wraps everything, at the width that this variable says.
  private static func widenHelp() {
    let columns = Terminal.environment("COLUMNS").flatMap { Int($0) } ?? Terminal.size?.columns ?? 80
    setenv("COLUMNS", "\(max(columns, 80))", 1)
  }

  /// Opens something in the place of each standard stream that is closed, so that no file gets its descriptor, and with
  /// it what was meant for the stream. It cannot be used as the stream is: reading or writing is still an error.
  private static func occupyStandardDescriptors() {
    // The descriptor that is opened is the lowest one that is free: the closed one. A folder cannot be opened for
    // writing by the name /dev/stdout either.
    for (descriptor, path, mode) in [(STDIN_FILENO, "/dev/null", O_WRONLY), (1, "/", O_RDONLY), (2, "/", O_RDONLY)]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open(path, mode)
    }
  }
}
