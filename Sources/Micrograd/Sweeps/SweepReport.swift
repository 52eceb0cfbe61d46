public import MicrogradLanguage
public import MicrogradModels
public import MicrogradSweep

/// A report on a sweep, as a page: the best configuration, all of them as a table and as figures, failures, and how it was
/// run.
///
/// ```swift
/// let results = try sweep.run { trial in … }
/// let page = SweepReport(results, score: "validation loss").html()
/// ```
public struct SweepReport: Sendable {
  /// Something that the page says about how the sweep was run.
  public struct Fact: Sendable {
    /// The name, such as "table".
    public let name: Localized
    /// The text behind it, such as the name of a file.
    public let text: String

    /// Creates a fact.
    public init(_ name: Localized, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The results.
  public let results: SweepResults
  /// The name of the score.
  public var score: Localized
  /// The title; nil: "Sweep".
  public var title: Localized?
  /// Further facts on how the sweep was run.
  public var facts: [Fact]
  /// The quality of a model that was trained with the best settings, on rows that no trial saw; nil if there is none.
  public var evaluation: Evaluation?

  /// Creates a report.
  public init(
    _ results: SweepResults, score: Localized = Localized(en: "score", fr: "score"), title: Localized? = nil,
    facts: [Fact] = [], evaluation: Evaluation? = nil
  ) {
    self.results = results
    self.score = score
    self.title = title
    self.facts = facts
    self.evaluation = evaluation
  }

  /// Returns the report as a page, complete in one HTML file. It needs no network and no script.
  public func html(language: Language = .english) -> String {
    SweepReportPage(report: self, language: language).html()
  }
}
