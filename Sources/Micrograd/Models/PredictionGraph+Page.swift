import MicrogradFigures
public import MicrogradLanguage
public import MicrogradModels

extension PredictionGraph {
  /// Returns a page in which the prediction can be stepped through, with the contributions of the columns beside the graph.
  ///
  /// It is complete in one HTML file, and needs no network.
  ///
  /// - Parameters:
  ///   - title: The title; if it is empty, it names the predicted column.
  ///   - language: The language in which the page begins. The reader can change it.
  public func html(title: String = "", language: Language = .english) -> String {
    let usual = Localized(en: "Prediction of \(target)", fr: "Prédiction de \(target)")
    var page = result.page(title: title.isEmpty ? usual(in: language) : title, language: language)
    page.introduction = Localized(en: introduction(in: .english), fr: introduction(in: .french))
    return page.html()
  }

  /// The largest count of contributions on a page.
  private static let mostRows = 200

  private func introduction(in language: Language) -> String {
    let headings = Self.headings(in: language), sorted = sortedContributions
    let scale = BarScale(sorted.map(\.amount))
    let rows = sorted.prefix(Self.mostRows).map { row($0, scale, language) }
    return """
      <p><strong>\(prediction(in: language, \.isolated))</strong></p>
      <table>
      <thead><tr><th scope="col">\(headings.column)</th><th scope="col">\(headings.field)</th>\
      <td></td><th scope="col" class="number">\(headings.amount)</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      <p class="remark">\(rest(sorted.count - rows.count, language))\(meaning(in: language, \.isolated))</p>
      """
  }

  private func row(_ contribution: Contribution, _ scale: BarScale, _ language: Language) -> String {
    let field = contribution.field
    let shown =
      field.isEmpty
      ? "<td><em>\(Self.blank(in: language))</em></td>" : "<td title=\"\(field.escaped)\">\(field.isolated)</td>"
    return """
      <tr><th scope="row">\(contribution.column.isolated)</th>\(shown)\
      <td class="bar" aria-hidden="true">\(scale.bar(contribution.amount))</td>\
      <td class="number">\(contribution.text)</td></tr>
      """
  }

  private func rest(_ count: Int, _ language: Language) -> String {
    if count <= 0 { return "" }
    let columns = Localized.counted(count, en: "column", fr: "colonne")
    return Localized(
      en: "\(columns(in: .english)) with smaller contributions \(count == 1 ? "is" : "are") left out. ",
      fr: "\(columns(in: .french)) de moindre contribution \(count == 1 ? "est omise" : "sont omises"). ")(
        in: language)
  }
}
