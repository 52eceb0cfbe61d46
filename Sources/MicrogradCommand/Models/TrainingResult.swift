import Micrograd
import MicrogradFigures
import MicrogradJSON
import MicrogradRequirement

/// The outcome of `micrograd train`.
struct TrainingResult {
  var model: TabularModel?
  var history: History?
  var evaluation: Evaluation?
  /// The rows that the model was judged with.
  var test: Table?
  var crossValidation: CrossValidation?

  func text() -> String {
    [
      model.map { $0.outline() + "\n" + ($0.record?.outline() ?? "") },
      evaluation?.text(about: " that training never saw"), crossValidation?.text(),
    ]
    .compactMap { $0 }.joined(separator: "\n")
  }

  func json() -> String {
    var members: [(String, JSON)] = []
    if let model {
      members += [("target", .text(model.pipeline.target.name)), ("parameters", .integer(model.parameterCount))]
      if let record = model.record { members.append(("training", record.json)) }
    }
    if let evaluation { members.append(("test", evaluation.json)) }
    if let crossValidation { members.append(("folds", .array(crossValidation.evaluations.map(\.json)))) }
    return JSON.object(members).indented()
  }

  /// The report as a page; nil if no model was trained.
  func page(in language: Language) throws -> String? {
    guard let model, let history else { return nil }
    return try ModelReport(model, history: history, test: test, crossValidation: crossValidation).html(
      language: language)
  }
}

// MARK: - Text

extension Evaluation.Score {
  var text: String { text(value) }
  var baselineText: String { baseline.map(text) ?? "" }

  /// A figure of this kind, such as a mean of several.
  func text(_ value: Double) -> String { isShare ? "\((100 * value).fixed(1)) %" : value.short() }
}

extension Evaluation {
  /// The scores beside those of guessing, and the confusion matrix.
  ///
  /// - Parameter detail: What is to be said of the rows that were predicted.
  func text(about detail: String = "") -> String {
    var table = TextTable()
    let guess = confusion == nil ? "always the mean" : "always the most frequent class"
    table.append(counted(rowCount, "row") + detail, "this model", guess)
    for score in scores { table.append(score.name, score.text, score.baselineText) }
    return table.text(indent: 0) + (confusion.map { "\n" + $0.text() } ?? "")
  }
}

extension ConfusionMatrix<String> {
  /// The largest number of classes whose matrix fits a terminal.
  private static var mostClasses: Int { 12 }

  func text() -> String {
    guard labels.count <= Self.mostClasses else { return "" }
    var table = TextTable()
    table.append(["true class ↓  predicted →"] + labels.map { $0.shortened(toColumns: 12, ellipsis: "…") })
    for (label, row) in zip(labels, counts) { table.append([label] + row.map { "\($0)" }) }
    return table.text(indent: 0)
  }
}

extension CrossValidation {
  /// The mean and the spread of each score.
  func text() -> String {
    var table = TextTable()
    table.append("\(evaluations.count) folds", "mean", "standard deviation", "baseline")
    for score in evaluations[0].scores {
      table.append(
        [score.name]
          + [mean(score.name), deviation(score.name), meanBaseline(score.name)].map { $0.map(score.text) ?? "" })
    }
    return table.text(indent: 0)
  }
}

extension TabularModel {
  /// The target and the layers, in two lines.
  func outline() -> String {
    let name = pipeline.target.name.printable.shortened(toColumns: 40, ellipsis: "…")
    let target =
      switch output {
      case .logistic(let classes), .softmax(let classes):
        "\(name): one of \(classes.count) classes, "
          + classes.prefix(6).map { $0.printable.shortened(toColumns: 20, ellipsis: "…") }.joined(separator: ", ")
          + (classes.count > 6 ? ", …" : "")
      case .number(let mean, let deviation): "\(name): a number, on average \(mean.short()) ± \(deviation.short())"
      }
    let layers = layers.map { layer in
      " → \(layer.outputCount)\(layer.activation.identifier == "linear" ? "" : " \(layer.activation.identifier ?? "")")"
    }
    let columns = counted(pipeline.features.count, "column")
    return """
      \(target)
      \(columns) → \(counted(pipeline.inputCount, "input"))\(layers.joined()): \(counted(parameterCount, "parameter"))

      """
  }
}

extension TrainingRecord {
  /// The figures of the training, in a line or two.
  func outline() -> String {
    let epochs = "\(counted(epochCount, "epoch")) in \(seconds.short(digits: 3)) s"
    let rows =
      "\(counted(rowCount, "row"))" + (validationCount == 0 ? "" : " and \(validationCount) to validate with")
    let losses = "\(lossName) \(loss.short())" + (validationLoss.map { ", validation \($0.short())" } ?? "")
    return "trained on \(rows): \(epochs), best epoch \(bestEpoch): \(losses)\n"
  }
}
