import ArgumentParser
import Micrograd

extension Subject {
  /// Returns the arguments with a space before each expression that begins with a minus sign, such as `-a^2`, because
  /// ArgumentParser takes every argument that begins with a hyphen for an option. ``words`` has no such spaces.
  ///
  /// An argument that begins with a hyphen is marked as an expression unless
  /// - it comes after `--`, which makes it an expression anyway, or after an option that takes it as its value;
  /// - it is the name of an option, with or without `=` and a value;
  /// - it looks like the name of an option, and not all of its names are given values: `-asci` is a misspelt option, but an
  ///   expression if there is an argument `asci=2`.
  static func markingExpressions(in arguments: [String]) -> [String] {
    let commands: [any ParsableCommand.Type] = [DrawCommand.self, StepCommand.self]
    guard let command = commands.first(where: { $0.configuration.commandName == arguments.first }) else {
      return arguments
    }
    let options = options(of: command)
    var marked = arguments, isValue = false
    for (index, argument) in arguments.enumerated().dropFirst() {
      if argument == "--" { break }
      let takesValue = isValue ? nil : options[argument]
      if !isValue, takesValue == nil, isExpression(argument, among: arguments) { marked[index] = " " + argument }
      isValue = takesValue ?? false
    }
    return marked
  }

  /// Returns whether an argument that is not an option is an expression.
  private static func isExpression(_ argument: String, among arguments: [String]) -> Bool {
    guard argument.hasPrefix("-"), argument != "-" else { return false }
    guard argument.wholeMatch(of: /--?\p{L}[\p{L}\p{N}_-]*(=.*)?/) != nil else { return true }
    guard let names = try? Formula(argument).names else { return false }
    return names.allSatisfy { name in arguments.contains { $0.hasPrefix("\(name)=") } }
  }

  /// Returns whether each option in a command's help takes a value, by the option's name.
  private static func options(of command: any ParsableCommand.Type) -> [String: Bool] {
    // At this width each option begins a line.
    let help = MicrogradCommand.helpMessage(for: command, columns: 1000)
    let lines = help.matches(of: /^  (-\S+(?:, -\S+)*)( <)?/.anchorsMatchLineEndings())
    return lines.reduce(into: [:]) { options, line in
      for name in line.1.split(separator: ", ") { options[String(name)] = line.2 != nil }
    }
  }
}
