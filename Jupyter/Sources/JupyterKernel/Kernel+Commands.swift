import CellExecution
import CellSyntax
import Foundation

extension Kernel {
  /// Does what the commands of a cell ask for, and runs its code.
  func run(_ cell: CellCommands, file: String) async throws {
    // All at once, since each set of packages is built anew.
    let packages = try cell.commands.filter { $0.name == "package" }.map { try PackageReference($0.words) }
    if !packages.isEmpty { try await add(packages) }
    var isTimed = false
    for command in cell.commands {
      switch command.name {
      case "time": isTimed = true
      case "package": break
      case "who": try await listNames(file: file)
      case "reset":
        await session.reset()
        say("All variables, functions and types are forgotten.")
      case "help": try say(Self.help(on: command.words.first))
      default: throw Self.unknown(command.name)
      }
    }
    guard !cell.code.allSatisfy(\.isWhitespace) else { return }
    let timing = try await session.run(cell.code, file: file)
    if isTimed { say("compiled in \(Self.seconds(timing.compiling)), ran for \(Self.seconds(timing.running))") }
  }

  private func say(_ text: String) { showing.yield(.output(.text(stream: "stdout", text + "\n"))) }

  private static func unknown(_ name: String) -> CellSession.Failure {
    let message = "There is no command %\(name). %help lists those that there are."
    return CellSession.Failure(name: "UnknownCommand", message: message, details: [message])
  }

  private static func help(on name: String?) throws -> String {
    let found = CellCommands.help.filter { name == nil || "%" + $0.name == name || $0.name == name }
    guard !found.isEmpty else { throw unknown(name ?? "") }
    return found.map { "\($0.usage)\n    \($0.text)" }.joined(separator: "\n")
  }

  private static func seconds(_ duration: Duration) -> String {
    duration.formatted(
      .units(allowed: [.seconds, .milliseconds], maximumUnitCount: 1, fractionalPart: .show(length: 2)))
  }

  private func add(_ packages: [PackageReference]) async throws {
    say("Fetching and building \(packages.listed); the first time, that takes a minute or more.")
    let (modules, consequence) = try await session.add(packages)
    say("These can be imported now: \(modules.joined(separator: ", ")).")
    if let consequence { say(consequence) }
  }

  private func listNames(file: String) async throws {
    let names = await session.names.all
    guard !names.isEmpty else { return say("There are no variables, functions or types yet.") }
    let variables = names.filter { $0.kind == .var }.map(\.name)
    for declaration in names where declaration.kind != .var {
      say("\(declaration.kind) \(declaration.name)\(declaration.signature)")
    }
    let lines = variables.map { "print(\"var \($0): \\(type(of: \($0)))\")" }
    if !lines.isEmpty { _ = try await session.run(lines.joined(separator: "\n"), file: file) }
  }
}
