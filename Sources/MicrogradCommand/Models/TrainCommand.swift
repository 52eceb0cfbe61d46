import ArgumentParser
import Micrograd
import MicrogradData
import MicrogradFigures

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network on a table of your own.",
    discussion: """
      The network predicts one column of a CSV file, the target, from the others. Columns of numbers are standardized, \
      and columns of texts become one input for each category; the model keeps these rules, and takes raw rows later. \
      Text, or few different whole numbers, as target are classes; other numbers are predicted as numbers.

      A fifth of the rows is set aside, and judges the model in the end. A tenth of the others stops the training \
      when they are no longer predicted better.

      Examples:
        micrograd train iris.csv --target species -o iris.safetensors
        micrograd train iris.csv -t species --report iris.html     a page with curves
        micrograd train houses.csv -t price --hidden 32,16 --loss huber
        micrograd train churn.csv -t left --ignore id,name --categories zip --balance
        micrograd train iris.csv -t species --folds 5              cross-validation

      Then: micrograd evaluate, predict, inspect, explain and export.

      Activations: \(Activation.identifiers.joined(separator: ", "))
      """)

  @OptionGroup var input: TableInput

  @Option(name: .shortAndLong, help: ArgumentHelp("The column to predict.", valueName: "column"))
  var target: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file for the model, such as iris.safetensors.", valueName: "file"))
  var output: String?

  @Option(name: .long, help: ArgumentHelp("The file for a report as a page of HTML.", valueName: "file"))
  var report: String?

  @Option(name: .long, help: "The kind of prediction. (default: as the target says)")
  var problem: Pipeline.Problem?

  @Option(
    name: .long, help: ArgumentHelp("Columns to leave out, such as names and numbers of rows.", valueName: "a,b,…"))
  var ignore: String?

  @Option(
    name: .long, help: ArgumentHelp("Columns whose numbers are categories, such as postal codes.", valueName: "a,b,…")
  )
  var categories: String?

  @OptionGroup(title: "Training") var settings: TrainingSettings

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The share of rows that judge the model, and are not trained on.", valueName: "share"))
  var test = 0.2

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Cross-validate: train this many models, each on all but one part of the rows. With --output or --report, another one is "
        + "then trained on all rows.", valueName: "count"))
  var folds: Int?

  @Option(name: .long, help: "The format of the output: text for people, json for programs.")
  var format = TextOrJSON.text

  @OptionGroup var speech: Speech

  func validate() throws {
    if let folds, !(2...1000).contains(folds) {
      throw ValidationError("--folds is \(folds); it must be from 2 to 1000.")
    }
    guard (0..<1).contains(test) else {
      throw ValidationError("--test is \(test); it must be at least 0 and less than 1.")
    }
    if ignore?.listed.contains(target) == true {
      throw ValidationError("--ignore names “\(target)”, the target; leave it out.")
    }
    try check(output, of: "--output")
    try check(report, of: "--report")
    if let output, output == report { throw ValidationError("--output and --report are the same file, “\(output)”.") }
    _ = try trainer()
  }

  private func check(_ file: String?, of option: String) throws {
    guard let file else { return }
    if file == TextFile.standardStream {
      throw ValidationError("\(option) is -, but the figures go to standard output; give the name of a file.")
    }
    try input.check(output: file, of: option)
    try TextFile.checkWritable(file)
  }

  func run() throws {
    let trainer = try trainer()
    let table = try input.table(.inferred(texts: Set(categories?.listed ?? [])))
    try check(table)
    try input.naming { try checkTexts(table) }
    let result = try input.naming {
      try folds.map { try crossValidated(table, trainer, folds: $0) } ?? trained(table, trainer)
    }
    if let output, let model = result.model { try model.write(to: output) }
    if let report, let page = try result.page(in: speech.language) { try TextFile.write(page, to: report) }
    try TextFile.write(format == .json ? result.json() : result.text(), to: TextFile.standardStream)
    if format == .text, output == nil, !settings.quiet { Terminal.note("The model is not kept; -o FILE keeps it.") }
  }

  private func trainer() throws -> TabularTrainer {
    var trainer = try settings.trainer(problem)
    trainer.excludedColumns = Set(ignore?.listed ?? [])
    return trainer
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
    let others = Set((categories?.listed ?? []) + (ignore?.listed ?? []) + [target])
    for (index, name) in table.columnNames.enumerated() where !others.contains(name) {
      try table.checkStrayText(at: index)
    }
  }

  private func trained(_ table: Table, _ trainer: TabularTrainer) throws -> TrainingResult {
    var training = table, test: Table?
    if self.test > 0 {
      (training, test) = try table.split(
        testFraction: self.test, target: target, problem: trainer.problem, seed: trainer.seed)
    }
    var (model, history) = try validating { try trainer.fit(training, target: target) }
    let evaluation = try test.map { try model.evaluate($0) }
    model.record?.fileName = fileName
    model.record?.scores = evaluation?.scores ?? []
    model.record?.testCount = evaluation?.rowCount ?? 0
    return TrainingResult(model: model, history: history, evaluation: evaluation, test: test)
  }

  private func crossValidated(_ table: Table, _ trainer: TabularTrainer, folds: Int) throws -> TrainingResult {
    var quiet = trainer
    quiet.progress = .none
    let validation = try validating {
      try quiet.crossValidate(table, target: target, folds: folds) { number, evaluation in
        let score = evaluation.scores[0]
        if !settings.quiet { Terminal.note("fold \(number)/\(folds)  \(score.name) \(score.text)") }
      }
    }
    guard output != nil || report != nil else { return TrainingResult(crossValidation: validation) }
    var (model, history) = try validating { try trainer.fit(table, target: target) }
    model.record?.fileName = fileName
    return TrainingResult(model: model, history: history, crossValidation: validation)
  }

  /// Says what a split was for if rows cannot be held back.
  private func validating<Result>(_ body: () throws -> Result) throws -> Result {
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

  /// The file's name without its folder, which is nobody else's business.
  private var fileName: String? {
    input.path == TextFile.standardStream ? nil : input.path.fileName
  }
}

extension Pipeline.Problem: ExpressibleByArgument {}

/// The formats of commands that tell figures.
enum TextOrJSON: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
