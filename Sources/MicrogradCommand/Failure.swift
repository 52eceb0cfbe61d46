import ArgumentParser

/// A failure of a command: the message for standard error, and the exit status.
struct Failure: Error, CustomStringConvertible {
  let description: String
  let status: ExitCode

  /// Creates a failure that is not a mistake in the command's arguments.
  init(_ description: String) {
    self.description = description
    status = .failure
  }

  /// Creates a failure from a mistake in the arguments that a command finds when it runs.
  ///
  /// It adds the command's usage, since ArgumentParser knows the command only while it parses.
  init(_ mistake: ValidationError, in command: any ParsableCommand.Type) {
    let groups: [any ParsableCommand.Type] = [LabCommand.self, SweepCommand.self]
    let group = groups.first { $0.configuration.subcommands.contains { $0 == command } }
    let name = [MicrogradCommand.self, group, command].compactMap { $0?.configuration.commandName }
    description = """
      \(mistake.message)
      Usage: \(MicrogradCommand.usageString(for: command))
        See '\(name.joined(separator: " ")) --help' for more information.
      """
    status = .validationFailure
  }
}
