import ArgumentParser
import Micrograd
import MicrogradData

struct SweepMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the records of a sweep's parts.",
    discussion: """
      The table is that of a sweep that was run in one piece, to the last byte. If trials are missing, it says which.

      Examples:
        micrograd sweep merge part-*.jsonl -o table.csv --report sweep.html
        micrograd sweep merge sweep.jsonl          the results of one record
      """)

  @Argument(help: ArgumentHelp("The records: files that --record wrote.", valueName: "record"))
  var records: [String]

  @OptionGroup var output: SweepOutput

  func validate() throws {
    for (option, file) in output.files {
      if file == TextFile.standardStream {
        throw ValidationError("\(option) is -, but the figures go to standard output; give the name of a file.")
      }
      if let record = records.first(where: { TextFile.isSameFile(file, $0) }) {
        throw ValidationError("\(option) is \(record), a record, which would be replaced; give another name.")
      }
      try TextFile.checkWritable(file)
    }
    try SweepOutput.checkDifferent(output.files)
  }

  func run() throws {
    let results = try SweepResults.merging(try records.map { try SweepRecord.read($0) })
    let score = results.scoreWords ?? Localized(en: "score", fr: "score")
    try output.write(SweepReport(results, score: score))
    try TextFile.write(
      output.format == .json ? results.json() : SweepSummary(results, score: score(in: .english)).text(),
      to: TextFile.standardStream)
  }
}
