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

  @OptionGroup var source: TrainingTable

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file for the model, such as iris.safetensors.", valueName: "file"))
  var output: String?

  @Option(name: .long, help: ArgumentHelp("The file for a report as a page of HTML.", valueName: "file"))
  var report: String?

  @OptionGroup(title: "Training") var settings: TrainingSettings

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
    try source.check(output: output, of: "--output")
    try source.check(output: report, of: "--report")
    if let output, output == report { throw ValidationError("--output and --report are the same file, “\(output)”.") }
    _ = try trainer()
  }

  func run() throws {
    let trainer = try trainer(), table = try source.table()
    let result = try source.input.naming {
      try folds.map { try crossValidated(table, trainer, folds: $0) } ?? source.trained(table, trainer)
    }
    if let output, let model = result.model { try model.write(to: output) }
    if let report, let page = try result.page(in: speech.language) { try TextFile.write(page, to: report) }
    try TextFile.write(format == .json ? result.json() : result.text(), to: TextFile.standardStream)
    if format == .text, output == nil, !settings.conditions.quiet {
      Terminal.note("The model is not kept; -o FILE keeps it.")
    }
  }

  private func trainer() throws -> TabularTrainer {
    var trainer = try settings.trainer(source.problem)
    trainer.excludedColumns = source.ignoredColumns
    return trainer
  }

  private func crossValidated(_ table: Table, _ trainer: TabularTrainer, folds: Int) throws -> TrainingResult {
    var quiet = trainer
    quiet.progress = .none
    let validation = try source.validating {
      try quiet.crossValidate(table, target: source.target, folds: folds) { number, evaluation in
        let score = evaluation.scores[0]
        if !settings.conditions.quiet { Terminal.note("fold \(number)/\(folds)  \(score.name) \(score.text)") }
      }
    }
    guard output != nil || report != nil else { return TrainingResult(crossValidation: validation) }
    var (model, history) = try source.validating { try trainer.fit(table, target: source.target) }
    model.record?.fileName = source.fileName
    return TrainingResult(model: model, history: history, crossValidation: validation)
  }
}

/// The formats of commands that tell figures.
enum TextOrJSON: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
