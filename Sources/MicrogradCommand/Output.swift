import ArgumentParser
import Micrograd

/// Where `draw` and `data` write.
struct Output: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; standard output if there is none, or for -.", valueName: "file"))
  var output: String?

  /// The file's name; nil for standard output.
  var file: String? { output == TextFile.standardStream ? nil : output }

  func validate() throws {
    guard let output else { return }
    if output.isEmpty { throw ValidationError("--output needs the name of a file, or - for standard output.") }
    // Before anything is computed.
    try TextFile.checkWritable(output)
  }

  func write(_ text: String) throws { try TextFile.write(text, to: output ?? TextFile.standardStream) }
}
