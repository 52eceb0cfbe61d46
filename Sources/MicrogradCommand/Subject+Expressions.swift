import ArgumentParser
import Micrograd

extension Subject {
  /// Arguments in which expressions that begin with a minus sign, such as `-a^2`, begin with a space: ArgumentParser
  /// takes everything with a hyphen in front for an option. ``words`` are without that space again.
  ///
  /// An argument with a hyphen in front is an expression unless
  /// - it comes behind `--`, or behind an option that takes a value: then it is one anyway, or that value;
  /// - it is the name of an option, perhaps with `=` and a value;
  /// - it looks like a name of an option, and does not consist of names that are given values: `-asci` is a misspelt
  ///   option, and with `asci=2` beside it an expression.
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

  /// Whether an argument that is no option is an expression.
  private static func isExpression(_ argument: String, among arguments: [String]) -> Bool {
    guard argument.hasPrefix("-"), argument != "-" else { return false }
    guard argument.wholeMatch(of: /--?\p{L}[\p{L}\p{N}_-]*(=.*)?/) != nil else { return true }
    guard let names = try? Formula(argument).names else { return false }
    return names.allSatisfy { name in arguments.contains { $0.hasPrefix("\(name)=") } }
  }

  /// The options that a command's help lists, by name, and whether they take a value.
  private static func options(of command: any ParsableCommand.Type) -> [String: Bool] {
    // So wide that each option begins a line.
    let help = MicrogradCommand.helpMessage(for: command, columns: 1000)
    let lines = help.matches(of: /^  (-\S+(?:, -\S+)*)( <)?/.anchorsMatchLineEndings())
    return lines.reduce(into: [:]) { options, line in
      for name in line.1.split(separator: ", ") { options[String(name)] = line.2 != nil }
    }
  }
}
