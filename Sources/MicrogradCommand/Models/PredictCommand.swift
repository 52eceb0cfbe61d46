import ArgumentParser
import Micrograd
import MicrogradData

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict the rows of a table.",
    discussion: """
      The output is CSV: the predicted class and the probability of each class, or the predicted number. Rows are read, \
      predicted and written some at a time, so that the table may be larger than the memory.

      Examples:
        micrograd predict iris.safetensors new.csv > predicted.csv
        micrograd predict churn.safetensors all.csv --keep id,name -o predicted.csv
      """)

  /// The count of rows that are read at a time.
  private static let chunk = 16_384

  @OptionGroup var model: ModelInput
  @OptionGroup var input: TableInput

  @Option(name: .long, help: ArgumentHelp("Columns of the table to copy to the output.", valueName: "a,b,…"))
  var keep: String?

  @OptionGroup var output: Output

  func validate() throws { try input.check(output: output.file, of: "--output") }

  func run() throws {
    let model = try model.model(), predictor = try model.predictor(), kept = keep?.listed ?? []
    var kinds = model.pipeline.kinds
    for name in kept where kinds[name] == nil { kinds[name] = .texts }
    var stream = try TableStream(path: input.path, format: input.format(.only(kinds)))
    let writer = try TextFile.Writer(output.output ?? TextFile.standardStream)
    var isFirst = true
    repeat {
      let rows = try stream.next(Self.chunk)
      if rows == nil, !isFirst { break }
      let table = try input.naming { try predicted(rows ?? stream.rest(), predictor, kept) }
      try writer.write(isFirst ? table.csv() : table.csvRows())
      isFirst = false
    } while true
    try writer.finish()
  }

  private func predicted(_ rows: Table, _ predictor: TabularPredictor, _ kept: [String]) throws -> Table {
    let predictions = try predictor(rows).table(target: predictor.model.pipeline.target.name)
    var names = Set(predictions.columnNames)
    let columns = kept.compactMap { rows[column: $0] }.filter { names.insert($0.name).inserted }
    return Table(columns + predictions.columns)
  }
}
