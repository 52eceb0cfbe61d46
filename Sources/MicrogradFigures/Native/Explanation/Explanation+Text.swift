import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

extension TextStyle {
  var isASCII: Bool { characters == .ascii }

  package func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  package func faint(_ text: String) -> String { isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  func accented(_ text: String) -> String { isColored ? "\u{1B}[33m\(text)\u{1B}[0m" : text }

  /// Returns the text in the characters of the style, without those that control the terminal.
  package func plain(_ text: String) -> String {
    let text = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    return isASCII ? ASCII.text(text) : text
  }
}

extension Explanation {
  /// Returns all steps as text: each computed value, each gradient that arrives, and each product. If closed ReLUs stop the
  /// gradient on its way to parameters or inputs, the last line names these.
  public func text(in language: Language = .english, style: TextStyle = TextStyle()) -> String {
    var lines: [String] = []
    for (index, step) in steps.enumerated() {
      if index == 0 || steps[index - 1].direction != step.direction {
        let heading = (step.direction == .forward ? Phrase.forward : .backward).filled(language)
        lines += (index == 0 ? [] : [""]) + [style.bold(style.plain(heading.uppercased()))]
      }
      lines.append(text(of: index, in: language, style: style))
    }
    if let dead = graph.deadUnits(in: language) { lines += ["", style.plain(dead)] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns one step as text, without a line break at its end.
  ///
  /// - Precondition: `index` is the index of a step.
  public func text(of index: Int, in language: Language = .english, style: TextStyle = TextStyle()) -> String {
    let step = steps[index], narration = Narration(graph, in: language)
    let number = String(repeating: " ", count: max(0, "\(steps.count)".count - "\(index + 1)".count)) + "\(index + 1)"
    let indent = String(repeating: " ", count: number.count + 2)
    let arithmetic = narration.arithmetic(step).map(style.plain), sentence = style.plain(narration.sentence(step))
    switch step.direction {
    case .forward:
      let lines = ["\(style.faint(number))  \(arithmetic[0])"]
      return (lines + (sentence.isEmpty ? [] : [indent + style.faint(sentence)])).joined(separator: "\n")
    case .backward:
      let lines = ["\(style.faint(number))  \(sentence)"] + arithmetic.map { indent + style.accented($0) }
      return lines.joined(separator: "\n")
    }
  }
}
