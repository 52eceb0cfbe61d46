import MicrogradFigures
import MicrogradLanguage
import MicrogradText

extension TextExplanation {
  /// A token that may come next, and its probability.
  struct Candidate {
    let token: Int
    let probability: Double
  }

  /// The largest count of candidates in a table.
  static var mostRows: Int { 10 }

  /// The tokens that may come next, the likeliest first.
  var candidates: [Candidate] {
    prediction.probabilities.enumerated().map { Candidate(token: $0.offset, probability: $0.element.data) }
      .sorted { ($1.probability, $0.token) < ($0.probability, $1.token) }
  }

  /// The name of a token that may come next.
  func nextName(_ token: Int, in language: Language) -> String {
    token == vocabulary.boundary ? Localized(en: "end", fr: "fin")(in: language) : letter(token, in: language)
  }

  /// The names of the prompt's tokens.
  func promptNames(in language: Language) -> [String] {
    [Localized(en: "start", fr: "début")(in: language)]
      + prediction.tokens.dropFirst().map { letter($0, in: language) }
  }

  /// The character of a token, or a name for one that cannot be seen.
  private func letter(_ token: Int, in language: Language) -> String {
    let character = vocabulary.characters[token]
    if character == " " { return Localized(en: "space", fr: "espace")(in: language) }
    let text = String(character).printable
    return text.allSatisfy(\.isWhitespace) ? "U+\(String(character.value, radix: 16, uppercase: true))" : text
  }

  /// The title of a page.
  func title(in language: Language) -> String {
    prompt.isEmpty
      ? Localized(en: "The first letter", fr: "La première lettre")(in: language)
      : Localized(en: "After “\(prompt)”", fr: "Après «\u{A0}\(prompt)\u{A0}»")(in: language)
  }

  /// The prediction in a few words.
  ///
  /// - Parameter show: Returns a name as it is shown.
  func sentence(in language: Language, _ show: (String) -> String = { $0 }) -> String {
    let next = show(nextName(likeliest, in: language)), percent = percent(candidates[0].probability)
    let place =
      prompt.isEmpty
      ? Localized(en: "At the start", fr: "Au début")
      : Localized(en: "After “\(show(prompt))”", fr: "Après «\u{A0}\(show(prompt))\u{A0}»")
    return Localized(
      en: "\(place(in: .english)): most likely \(next), with a probability of \(percent)",
      fr: "\(place(in: .french))\u{A0}: le plus probable est \(next), avec une probabilité de \(percent)")(
        in: language)
  }

  func percent(_ probability: Double) -> String { "\((100 * probability).fixed(1))\u{A0}%" }

  /// The headings of the tables.
  static func headings(in language: Language) -> (next: String, probability: String, letter: String, amount: String) {
    switch language {
    case .english: ("next", "probability", "letter", "contribution")
    case .french: ("suivante", "probabilité", "lettre", "contribution")
    }
  }

  /// The title of the picture of a block's attention.
  func attentionTitle(_ block: Int, in language: Language) -> String {
    attention.count == 1
      ? Localized(en: "Attention", fr: "Attention")(in: language)
      : Localized(en: "Attention of block \(block + 1)", fr: "Attention du bloc \(block + 1)")(in: language)
  }

  /// The pictures of attention, one for each block.
  func attentionFigures(in language: Language) -> [AttentionFigure] {
    attention.indices.map { block in
      AttentionFigure(
        heads: attention[block], labels: promptNames(in: language), title: attentionTitle(block, in: language),
        language: language)
    }
  }

  /// The meaning of the weights of attention.
  func attentionMeaning(in language: Language) -> String {
    Localized(
      en: "How much each head takes from each letter to predict the next one. The weights of a head add up to 1.",
      fr: """
        Ce que chaque tête prend de chaque lettre pour prédire la suivante. La somme des poids d'une tête est 1.
        """)(in: language)
  }

  /// The meaning of the contributions.
  ///
  /// - Parameter show: Returns a name as it is shown.
  func meaning(in language: Language, _ show: (String) -> String = { $0 }) -> String {
    let next = show(nextName(likeliest, in: language)), value = result.data.short()
    return Localized(
      en: """
        Gradient × embedding, Σ ∂(log p)/∂eᵢ · eᵢ over the numbers of a letter's vector e: how far each letter moves \
        log p = \(value), where p is the probability of \(next), to first order.
        """,
      fr: """
        Gradient × plongement, Σ ∂(log p)/∂eᵢ · eᵢ sur les nombres du vecteur e d'une lettre\u{A0}: de combien chaque \
        lettre déplace log p = \(value), où p est la probabilité de \(next), au premier ordre.
        """)(in: language)
  }

  /// The words for the tokens that a table leaves out.
  func rest(after count: Int, in language: Language) -> String? {
    let others = candidates.dropFirst(count)
    if others.isEmpty { return nil }
    let letters = Localized.counted(others.count, en: "other", fr: "autre")
    return letters(in: language) + Localized(en: ": ", fr: "\u{A0}: ")(in: language)
      + percent(others.reduce(0) { $0 + $1.probability })
  }
}
