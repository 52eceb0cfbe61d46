import ArgumentParser
import Micrograd
import MicrogradData

/// The files and the figures that a sweep writes.
struct SweepOutput: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The file for the trials as a table, CSV.", valueName: "file"))
  var output: String?

  @Option(name: .long, help: ArgumentHelp("The file for a report as a page of HTML.", valueName: "file"))
  var report: String?

  @Option(name: .long, help: "The format of the output: text for people, json for programs.")
  var format = TextOrJSON.text

  @OptionGroup var speech: Speech

  /// The files that are written, with their options.
  var files: [(option: String, file: String)] {
    [("--output", output), ("--report", report)].compactMap { option, file in file.map { (option, $0) } }
  }

  /// Throws an error if two options have the same file.
  static func checkDifferent(_ files: [(option: String, file: String)]) throws {
    for (index, (option, file)) in files.enumerated() {
      guard let other = files[..<index].first(where: { $0.file == file }) else { continue }
      throw ValidationError("\(other.option) and \(option) are the same file, “\(file)”.")
    }
  }

  /// Writes the files.
  func write(_ report: SweepReport) throws {
    if let output { try TextFile.write(report.results.csv(), to: output) }
    if let file = self.report { try TextFile.write(report.html(language: speech.language), to: file) }
  }
}
