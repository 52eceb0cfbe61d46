import MicrogradData
import MicrogradFigures
import MicrogradModels

// The classes that are taken for each other.

extension ModelReportPage {
  /// The largest count of classes whose matrix is shown, and of confusions that are listed.
  private static let mostClasses = 20

  var confusion: String? {
    guard let matrix = report.evaluation?.confusion else { return nil }
    let heading = words(en: "Confusion matrix", fr: "Matrice de confusion")
    return matrix.labels.count <= Self.mostClasses
      ? section("confusion", heading, [paragraph(explanation), table(matrix, heading)])
      : section("confusion", words(en: "Confusions", fr: "Confusions"), [list(matrix)])
  }

  private var explanation: String {
    words(
      en: """
        A row for each true class, a column for each predicted one: the count of test rows, and its share of the row. The \
        predictions on the diagonal are right.
        """,
      fr: """
        Une ligne par vraie classe, une colonne par classe prédite : le nombre de lignes de test, et sa part de la ligne. \
        Les prédictions de la diagonale sont justes.
        """.unbroken)
  }

  private func table(_ matrix: ConfusionMatrix<String>, _ heading: String) -> String {
    let names = matrix.labels.map { "<th scope=\"col\">\(name($0))</th>" }.joined()
    let rows = matrix.counts.enumerated().map { row, counts in
      let total = counts.reduce(0, +)
      let cells = counts.enumerated().map { cell($1, of: total, isRight: $0 == row) }.joined()
      return "<tr><th scope=\"row\">\(name(matrix.labels[row]))</th>\(cells)</tr>"
    }
    return HTMLTable.scrolling(
      heading, kind: "matrix",
      """
      <thead>
      <tr><td></td><th scope="colgroup" colspan="\(matrix.labels.count)">\(words(en: "predicted", fr: "prédite"))</th></tr>
      <tr><th scope="col">\(words(en: "true class", fr: "vraie classe"))</th>\(names)</tr>
      </thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      """)
  }

  /// Returns a cell, the deeper in colour the larger its share: blue if it is right, orange if not.
  private func cell(_ count: Int, of total: Int, isRight: Bool) -> String {
    let share = total == 0 ? 0 : Double(count) / Double(total)
    let color = isRight ? "0 114 178" : "213 94 0"
    return """
      <td\(isRight ? " class=\"right\"" : "") style="background:rgb(\(color)/\((0.5 * share).fixed(2)))">\(count)\
      <small>\((100 * share).fixed(0))\u{A0}%</small></td>
      """
  }

  /// Returns the most frequent confusions, of more classes than a matrix could show.
  private func list(_ matrix: ConfusionMatrix<String>) -> String {
    var confusions: [(truth: Int, prediction: Int, count: Int)] = []
    for (row, counts) in matrix.counts.enumerated() {
      confusions += counts.indices.filter { $0 != row && counts[$0] > 0 }.map { (row, $0, counts[$0]) }
    }
    let shown = confusions.sorted { ($1.count, $0.truth) < ($0.count, $1.truth) }.prefix(Self.mostClasses)
    return HTMLTable(
      name: words(en: "Confusions", fr: "Confusions"),
      columns: [
        .words(words(en: "true class", fr: "vraie classe")),
        .words(words(en: "predicted class", fr: "classe prédite")),
        .numbers(words(en: "test rows", fr: "lignes de test")),
      ],
      rows: shown.map { [name(matrix.labels[$0.truth]), name(matrix.labels[$0.prediction]), "\($0.count)"] }
    ).html()
  }

  /// Returns a class or a category as HTML. A blank has a name of its own.
  func name(_ text: String) -> String {
    text.isEmpty ? "<em>\(words(en: "blank", fr: "vide"))</em>" : text.isolated
  }
}
