public import MicrogradLanguage
import MicrogradRequirement

/// A picture of scores over two parameters: a cell for each pair of settings, in the colour of its score, with the score
/// as a number.
///
/// ```swift
/// let figure = HeatMap(
///   scores: [[0.91, 0.95], [0.93, nil]], columns: ["0.01", "0.1"], rows: ["8", "16"], columnName: "rate",
///   rowName: "hidden", scoreName: "accuracy")
/// print(figure.text())
/// ```
///
/// The best cell has an outline. Cells without a score are crossed out.
public struct HeatMap: Figure {
  /// The scores of each row; nil where there is none.
  public let scores: [[Double?]]
  /// The settings of the columns, from left to right.
  public let columns: [String]
  /// The settings of the rows, from top to bottom.
  public let rows: [String]
  /// The name of the parameter of the columns.
  public var columnName: String
  /// The name of the parameter of the rows.
  public var rowName: String
  /// The name of the scores.
  public var scoreName: String
  /// Whether the lowest score is the best, as for a loss.
  public let prefersLow: Bool
  /// The title above the picture. If it is empty, there is none.
  public var title: String
  /// The width of the whole picture in pixels. It is larger if the numbers need more room.
  public var width: Double
  /// The language of the description.
  public var language: Language

  /// Creates a picture.
  ///
  /// - Precondition: There is a list of scores for each row, with one for each column.
  public init(
    scores: [[Double?]], columns: [String], rows: [String], columnName: String = "", rowName: String = "",
    scoreName: String = "", prefersLow: Bool = false, title: String = "", width: Double = 640,
    language: Language = .english
  ) {
    require(
      scores.count == rows.count && scores.allSatisfy { $0.count == columns.count },
      "scores of \(scores.map(\.count)), with \(counted(columns.count, "column")) and \(counted(rows.count, "row"))")
    self.scores = scores
    self.columns = columns
    self.rows = rows
    self.columnName = columnName
    self.rowName = rowName
    self.scoreName = scoreName
    self.prefersLow = prefersLow
    self.title = title
    self.width = width
    self.language = language
  }

  /// The scores that can be drawn.
  var shown: [Double] { scores.joined().compactMap { $0 }.filter(Scale.canShow) }

  /// The row and the column of the best score, the first of several; nil if there is no score.
  var best: (row: Int, column: Int)? {
    guard let score = prefersLow ? shown.min() : shown.max() else { return nil }
    for (row, scores) in scores.enumerated() {
      if let column = scores.firstIndex(of: score) { return (row, column) }
    }
    return nil
  }

  func isBest(_ row: Int, _ column: Int) -> Bool { best.map { $0 == (row, column) } ?? false }

  /// Returns a score as text; nil where there is none.
  static func text(_ score: Double?) -> String? { score.map { $0.short(digits: 3) } }
}

// MARK: - For those who cannot see it

extension HeatMap {
  /// The largest number of rows that are read to those who cannot see the picture.
  private static let mostRowsInSummary = 32

  /// A description of the picture.
  var summary: String {
    let what = [scoreName, "\(rowName) × \(columnName)"].filter { !$0.isEmpty }.joined(separator: ", ")
    var sentences = ["\(what)."]
    if let best, let score = scores[best.row][best.column] {
      let place = "\(rowName) \(rows[best.row]), \(columnName) \(columns[best.column]), \(score.short(digits: 3))"
      sentences.append(Localized(en: "The best: \(place).", fr: "Le meilleur : \(place).")(in: language))
    }
    let missing = scores.joined().count - shown.count
    if missing > 0 {
      let cells = Localized.counted(missing, en: "cell", fr: "case")(in: language)
      let have = missing == 1 ? "has" : "have"
      sentences.append(
        Localized(en: "\(cells) \(have) no score.", fr: "\(cells) sans score.")(in: language))
    }
    let read = rows.indices.prefix(Self.mostRowsInSummary).map { row in
      "\(rows[row]): \(scores[row].map { Self.text($0) ?? "–" }.joined(separator: ", "))"
    }
    return sentences.joined(separator: " ") + " " + read.joined(separator: "; ")
      + (rows.count > read.count ? "; …" : ".")
  }
}
