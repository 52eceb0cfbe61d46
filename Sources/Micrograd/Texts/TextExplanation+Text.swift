public import MicrogradFigures
internal import MicrogradJSON
public import MicrogradLanguage
public import MicrogradText

extension TextExplanation {
  /// Returns the probabilities of the likeliest characters, the weights of attention and the contributions of the prompt's
  /// characters, as text for a terminal.
  ///
  /// Control characters are left out, so that they cannot command the terminal.
  ///
  /// - Parameters:
  ///   - language: The language.
  ///   - columns: The width in characters, at least 40.
  ///   - style: The characters of the bars, and whether they are coloured.
  public func text(language: Language = .english, columns: Int = 72, style: TextStyle = TextStyle()) -> String {
    let columns = max(columns, 40), headings = Self.headings(in: language)
    // First wrapped: then there are spaces that no line may be broken at.
    func prose(_ text: String) -> [String] {
      text.wrapped(toColumns: columns).map { style.plain($0.printable) }
    }
    let shown = candidates.prefix(Self.mostRows)
    let probabilities = table(
      (headings.next, headings.probability), shown.map { nextName($0.token, in: language) },
      shown.map { (percent($0.probability), $0.probability) }, columns, style)
    let amounts = table(
      (headings.letter, headings.amount), promptNames(in: language), contributions.map { ($0.signed, $0) }, columns,
      style)
    let attention = attentionFigures(in: language).map { $0.text(columns: columns, style: style) }
    var parts = [prose(sentence(in: language, \.printable)).map(style.bold), probabilities]
    if let rest = rest(after: shown.count, in: language) { parts[1] += prose(rest).map(style.faint) }
    parts += attention.map { [String($0.dropLast())] } + [prose(attentionMeaning(in: language))]
    parts += [amounts, prose(meaning(in: language))]
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// Returns lines with a name, a number and a bar.
  private func table(
    _ heading: (name: String, number: String), _ names: [String], _ numbers: [(text: String, amount: Double)],
    _ columns: Int, _ style: TextStyle
  ) -> [String] {
    let names = ([heading.name] + names).map { style.plain($0.printable) }
    let texts = ([heading.number] + numbers.map(\.text)).map { style.plain($0.printable) }
    let nameWidth = names.map(\.columns).max() ?? 0, textWidth = texts.map(\.columns).max() ?? 0
    let room = columns - nameWidth - textWidth - 4, amounts = numbers.map(\.amount)
    return names.indices.map { row in
      let line = "\(names[row].padded(toColumns: nameWidth))  \(texts[row].leftPadded(toColumns: textWidth))"
      if row == 0 { return style.faint(line) }
      let bar = style.bar(amounts[row - 1], of: amounts, room: room)
      return bar.isEmpty ? line : "\(line)  \(bar)"
    }
  }

  /// Returns the prediction as JSON for programs.
  ///
  /// `next` is the likeliest character, null for the end, with its `probability`, and `result` is the logarithm of that.
  /// `probabilities` has each character that may come next, the likeliest first. `positions` has each character of the
  /// prompt, beginning with null for the start, and its `contribution` to the result. `attention` has, for each block and
  /// head, the weight of each of these positions.
  public func json() -> String {
    func character(_ token: Int) -> JSON {
      token == vocabulary.boundary ? .null : .text(vocabulary.text(of: [token]))
    }
    let candidates = candidates
    let probabilities = candidates.map { candidate in
      JSON.object([("character", character(candidate.token)), ("probability", .number(candidate.probability))])
    }
    let positions = zip(prediction.tokens, contributions).map { token, amount in
      JSON.object([("character", character(token)), ("contribution", .number(amount))])
    }
    let weights = attention.map { heads in
      JSON.array(heads.map { weights in .array(weights.map { .number($0) }) })
    }
    return JSON.object([
      ("prompt", .text(prompt)), ("next", character(likeliest)), ("probability", .number(candidates[0].probability)),
      ("result", .number(result.data)), ("probabilities", .array(probabilities)), ("positions", .array(positions)),
      ("attention", .array(weights)),
    ]).indented()
  }
}
