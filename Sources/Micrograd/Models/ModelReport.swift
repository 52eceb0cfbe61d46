public import MicrogradData
import MicrogradFigures
public import MicrogradLanguage
public import MicrogradModels
public import MicrogradTabular
public import MicrogradTraining

/// A report on a model of a table, as a page: its quality beside that of guessing, the course of its training, and its
/// parts.
///
/// ```swift
/// let (model, history) = try TabularTrainer().fit(training, target: "species")
/// let page = try ModelReport(model, history: history, test: test).html()
/// ```
public struct ModelReport: Sendable {
  /// The model.
  public let model: TabularModel
  /// The course of its training.
  public let history: History
  /// The quality on the test rows; nil if there are none.
  public let evaluation: Evaluation?
  /// The quality of models that were trained like this one; nil if the table was not split into parts.
  public let crossValidation: CrossValidation?
  /// The figure of the test rows or of the regions of the classes, in both languages.
  private let illustration: ModelIllustration?

  /// Judges a model for a report.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - history: The course of its training.
  ///   - test: Rows that training never saw, with their targets.
  ///   - crossValidation: The quality of models that were trained with the same settings.
  /// - Throws: As `TabularModel.evaluate(_:)`.
  public init(
    _ model: TabularModel, history: History, test: Table? = nil, crossValidation: CrossValidation? = nil
  ) throws {
    self.model = model
    self.history = history
    self.crossValidation = crossValidation
    let predictor = try model.predictor(), predictions = try test.map { try predictor($0) }
    if let test, let predictions {
      evaluation = try model.evaluate(predictions, test)
    } else {
      evaluation = nil
    }
    illustration = try ModelIllustration(predictor, test: test, predictions)
  }

  /// Returns the report as a page, complete in one HTML file. It needs no network and no script.
  public func html(language: Language = .english) -> String {
    ModelReportPage(report: self, illustration: illustration, language: language).html()
  }
}
