import ArgumentParser

/// Why a command ends with another status than 0, as it is said on standard error.
struct Failure: Error, CustomStringConvertible {
  let description: String
  let status: ExitCode

  /// Something went wrong that is not a mistake in the call.
  init(_ description: String) {
    self.description = description
    status = .failure
  }

  /// A mistake in the call that a command finds when it runs.
  ///
  /// ArgumentParser knows the command, whose usage it shows, only as long as it parses.
  init(_ mistake: ValidationError, in command: any ParsableCommand.Type) {
    let name = [MicrogradCommand.configuration.commandName, command.configuration.commandName].compactMap { $0 }
    description = """
      \(mistake.message)
      Usage: \(MicrogradCommand.usageString(for: command))
        See '\(name.joined(separator: " ")) --help' for more information.
      """
    status = .validationFailure
  }
}
