import ArgumentParser
import Foundation
import Micrograd
import MicrogradWorkspace

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a folder to do the ten tasks in.",
    discussion: """
      It is a Swift package that builds at once: a file for each task, in which the task is explained and its functions \
      are still to be written, and a README that says how to work and how to hand in.

      Examples:
        micrograd lab init                        in the folder `gradient`
        micrograd lab init tp6 --language fr      in the folder `tp6`, in French
        micrograd lab init --notebook             with the tasks as a notebook, too
        micrograd lab init --library https://example.org/swift-micrograd.git@0.1.0
      """)

  @Argument(help: ArgumentHelp("The folder to make.", valueName: "folder"))
  var folder = "gradient"

  @OptionGroup var speech: Speech

  @Flag(help: "Also make gradient.ipynb, the tasks as a notebook.")
  var notebook = false

  @Option(
    help: ArgumentHelp(
      """
      The library: the folder of a checkout, or a URL, with @ and a version if it has one. (default: the checkout that \
      this program was built from)
      """, valueName: "library"))
  var library: String?

  func run() throws {
    let folder = URL(filePath: folder), language = speech.language
    let workspace = try Workspace.make(
      at: folder, in: language, library: LibraryReference(library, for: folder), notebook: notebook)
    let path = workspace.folder.relativePath
    let text = Localized(
      en: "The tasks are in \(path). Begin with \(path)/README.md, or:\n\n  cd \(path)\n  ./lab check",
      fr: "Les tâches sont dans \(path). Commencez par \(path)/README.md, ou :\n\n  cd \(path)\n  ./lab check")
    try TextFile.write(text(in: language) + "\n", to: TextFile.standardStream)
  }
}
