import ArgumentParser
import Micrograd

/// The option for the file that a command writes.
struct Output: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; - is standard output. (default: -)", valueName: "file"))
  var output: String?

  /// The name of the file, or nil for standard output.
  var file: String? { output == TextFile.standardStream ? nil : output }

  func validate() throws {
    guard let output else { return }
    if output.isEmpty {
      throw ValidationError("--output is empty; it must be the name of a file, or - for standard output.")
    }
    // An error is better before the computation than after it.
    try TextFile.checkWritable(output)
  }

  func write(bytes: [UInt8]) throws { try BinaryFile.write(bytes, to: output ?? TextFile.standardStream) }

  func write(_ text: String) throws { try TextFile.write(text, to: output ?? TextFile.standardStream) }
}
