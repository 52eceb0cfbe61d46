import MicrogradFigures
public import MicrogradLanguage
public import MicrogradText

extension TextExplanation {
  /// Returns a page in which the prediction can be stepped through, with the probabilities, the weights of attention and the
  /// contributions of the prompt's characters beside the graph.
  ///
  /// It is complete in one HTML file, and needs no network.
  ///
  /// - Parameters:
  ///   - title: The title; if it is empty, it names the prompt.
  ///   - language: The language in which the page begins. The reader can change it.
  public func html(title: String = "", language: Language = .english) -> String {
    var page = result.page(title: title.isEmpty ? self.title(in: language) : title, language: language)
    page.introduction = Localized(en: introduction(in: .english), fr: introduction(in: .french))
    return page.html()
  }

  private func introduction(in language: Language) -> String {
    let headings = Self.headings(in: language), shown = candidates.prefix(Self.mostRows)
    let probabilities = Self.table(
      (headings.next, headings.probability), shown.map { nextName($0.token, in: language) },
      shown.map { (percent($0.probability), $0.probability) })
    let amounts = Self.table(
      (headings.letter, headings.amount), promptNames(in: language), contributions.map { ($0.signed, $0) })
    let rest = rest(after: shown.count, in: language).map { "<p class=\"remark\">\($0)</p>\n" } ?? ""
    let pictures = attentionFigures(in: language).map { figure in
      // Many heads scroll, by the keyboard as well.
      """
      <div class="figure" tabindex="0" role="region" aria-label="\(figure.title)">
      \(figure.svg())</div>
      """
    }
    return """
      <p><strong>\(sentence(in: language, \.isolated))</strong></p>
      \(probabilities)
      \(rest)\(pictures.joined(separator: "\n"))
      <p class="remark">\(attentionMeaning(in: language))</p>
      \(amounts)
      <p class="remark">\(meaning(in: language, \.isolated))</p>
      """
  }

  /// Returns a table with a name, a bar and a number in each row.
  private static func table(
    _ heading: (name: String, number: String), _ names: [String], _ numbers: [(text: String, amount: Double)]
  ) -> String {
    let scale = BarScale(numbers.map(\.amount))
    let rows = zip(names, numbers).map { name, number in
      """
      <tr><th scope="row">\(name.isolated)</th><td class="bar" aria-hidden="true">\(scale.bar(number.amount))</td>\
      <td class="number">\(number.text)</td></tr>
      """
    }
    return """
      <table class="bars">
      <thead><tr><th scope="col">\(heading.name)</th><td></td><th scope="col" class="number">\(heading.number)</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }
}
