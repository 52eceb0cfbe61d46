import ArgumentParser
import Micrograd
import MicrogradData
import MicrogradFigures

/// The table that a command learns from, and which of its columns mean what.
struct TrainingTable: ParsableArguments {
  @OptionGroup var input: TableInput

  @Option(name: .shortAndLong, help: ArgumentHelp("The column to predict.", valueName: "column"))
  var target: String

  @Option(name: .long, help: "The kind of prediction. (default: as the target says)")
  var problem: Pipeline.Problem?

  @Option(
    name: .long, help: ArgumentHelp("Columns to leave out, such as names and numbers of rows.", valueName: "a,b,…"))
  var ignore: String?

  @Option(
    name: .long, help: ArgumentHelp("Columns whose numbers are categories, such as postal codes.", valueName: "a,b,…")
  )
  var categories: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The share of rows that judge the model, and are not trained on.", valueName: "share"))
  var test = 0.2

  func validate() throws {
    guard (0..<1).contains(test) else {
      throw ValidationError("--test is \(test); it must be at least 0 and less than 1.")
    }
    if ignoredColumns.contains(target) {
      throw ValidationError("--ignore names “\(target)”, the target; leave it out.")
    }
  }

  /// The names of columns that predictions are not made from.
  var ignoredColumns: Set<String> { Set(ignore?.listed ?? []) }

  /// The file's name without its folder, which is nobody else's business.
  var fileName: String? { input.path == TextFile.standardStream ? nil : input.path.fileName }

  /// Throws an error if a file to write for an option is standard output or the table, or cannot be written.
  func check(output file: String?, of option: String) throws {
    guard let file else { return }
    if file == TextFile.standardStream {
      throw ValidationError("\(option) is -, but the figures go to standard output; give the name of a file.")
    }
    try input.check(output: file, of: option)
    try TextFile.checkWritable(file)
  }

  /// Reads the table, whose columns fit to the options.
  func table() throws -> Table {
    let table = try input.table(.inferred(texts: Set(categories?.listed ?? [])))
    try check(table)
    try input.naming { try checkTexts(table) }
    return table
  }

  /// Returns the rows to learn from, and those that judge the model, if there are any.
  func split(_ table: Table, problem: Pipeline.Problem?, seed: UInt32) throws -> (training: Table, test: Table?) {
    guard test > 0 else { return (table, nil) }
    let (training, rest) = try table.split(testFraction: test, target: target, problem: problem, seed: seed)
    return (training, rest)
  }

  /// Trains a model on all but the test rows, and judges it on these.
  func trained(_ table: Table, _ trainer: TabularTrainer) throws -> TrainingResult {
    let (training, test) = try split(table, problem: trainer.problem, seed: trainer.seed)
    var (model, history) = try validating { try trainer.fit(training, target: target) }
    let evaluation = try test.map { try model.evaluate($0) }
    model.record?.fileName = fileName
    model.record?.scores = evaluation?.scores ?? []
    model.record?.testCount = evaluation?.rowCount ?? 0
    return TrainingResult(model: model, history: history, evaluation: evaluation, test: test)
  }

  /// Names a column of an option that the table does not have.
  private func check(_ table: Table) throws {
    let options = [
      ("--ignore", ignore?.listed ?? []), ("--categories", categories?.listed ?? []), ("--target", [target]),
    ]
    for (option, columns) in options {
      guard let name = columns.first(where: { table[column: $0] == nil }) else { continue }
      let names = table.columnNames.prefix(20).map { $0.printable.shortened(toColumns: 40, ellipsis: "…") }
      let rest = table.columns.count > names.count ? ", …" : ""
      throw Failure(
        "\(option): \(input.name) has no column “\(name)”, only \(names.joined(separator: ", "))\(rest)")
    }
  }

  /// Throws an error for a text among numbers, unless it is among categories that were asked for.
  private func checkTexts(_ table: Table) throws {
    let others = ignoredColumns.union(categories?.listed ?? []).union([target])
    for (index, name) in table.columnNames.enumerated() where !others.contains(name) {
      try table.checkStrayText(at: index)
    }
  }

  /// Says what a split was for if rows cannot be held back.
  func validating<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SplitError {
      switch error.reason {
      case .noSamples, .fewerSamplesThanFolds, .classesSmallerThanFolds: throw error
      case .nothingToTrain, .singleMember, .trainingPartTooSmall, .testPartTooSmall:
        throw Failure(
          "\(input.name): no rows can be held back for validation: \(error); --validation 0 does without")
      }
    }
  }
}

extension Pipeline.Problem: ExpressibleByArgument {}
