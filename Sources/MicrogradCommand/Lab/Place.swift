import ArgumentParser
import Foundation
import Micrograd
import MicrogradWorkspace

/// The workspace that a command of the course is about.
struct Place: ParsableArguments {
  @Option(
    name: .customLong("folder"),
    help: ArgumentHelp(
      "The folder of the workspace. (default: the current one, or one above it)", valueName: "folder"))
  var path: String?

  @Option(
    name: [.customShort("l"), .customLong("language")],
    help: ArgumentHelp("The language. (default: that of the workspace)", valueName: "language"))
  var language: Language?

  func workspace() throws -> Workspace {
    try Workspace.find(from: URL(filePath: path ?? FileManager.default.currentDirectoryPath), language: language)
  }
}
