import Micrograd
import MicrogradRequirement

/// The screen for a step in a terminal: the values around that of the step, the sentences below them, and a last line with
/// the step's number and the keys.
struct StepScreen {
  let figure: GraphFigure
  /// The number of the step, and the number of all steps.
  let place: (step: Int, count: Int)
  let style: TextStyle

  /// Returns exactly `rows` lines of at most `columns` columns.
  ///
  /// The value of the step is always among them, a third from the top, with its operands below it. The sentences leave at
  /// least five rows to the rest, or half of a small screen. If there is too little room, the title is left out first.
  func lines(rows: Int, columns: Int) -> [String] {
    let parts = figure.textParts(style: style), words = parts.words.flatMap { $0.wrapped(toColumns: columns) }
    let wordRows = min(words.count, max(rows / 2, rows - 5))
    var room = max(1, rows - 1 - wordRows)
    func reserve(_ count: Int) -> Bool {
      guard room - count >= min(3, parts.values.count) else { return false }
      room -= count
      return true
    }
    let hasGap = reserve(1), hasTitle = !parts.title.isEmpty && reserve(2)

    let first = max(0, min((parts.current ?? 0) - room / 3, parts.values.count - room))
    let hidden = parts.values.count - first - room
    let above = hasTitle ? [parts.title, first > 0 ? more(first, en: "above", fr: "au-dessus") : ""] : []
    let below = hasGap ? [hidden > 0 ? more(hidden, en: "below", fr: "au-dessous") : ""] : []
    let values = tree(parts, first..<min(first + room, parts.values.count), columns)
    return filled(above + values + below + cut(words, to: wordRows, columns), footer, rows, columns)
  }

  /// Returns some lines of the tree. All stems are shortened by as much as the current value and its first operand need.
  private func tree(_ parts: GraphFigure.TextParts, _ shown: Range<Int>, _ columns: Int) -> [String] {
    let mark = GraphFigure.TextParts.mark(style), current = parts.current ?? 0
    let widths = parts.values[current...].prefix(2).map { $0.stem.columns + $0.text.columns + mark.columns }
    let excess = max(0, (widths.max() ?? 0) - columns)
    return shown.map { index in
      let isCurrent = index == parts.current, value = parts.values[index]
      let line = style.faint(String(value.stem.dropFirst(excess))) + value.text
      let room = columns - (isCurrent ? mark.columns : 0)
      return line.shortened(toColumns: room, ellipsis: style.ellipsis) + (isCurrent ? mark : "")
    }
  }

  /// Returns the screen with the list of the keys.
  func help(rows: Int, columns: Int) -> [String] {
    let keys: [(String, Localized)] = [
      ("→ n", Localized(en: "next step, or Space", fr: "étape suivante, ou Espace")),
      ("← b", Localized(en: "previous step, or Backspace", fr: "étape précédente, ou Retour arrière")),
      ("g", Localized(en: "first step, or Home", fr: "première étape, ou la touche Début")),
      ("G", Localized(en: "last step, or End", fr: "dernière étape, ou la touche Fin")),
      ("q", Localized(en: "quit, or Escape", fr: "quitter, ou Échap")),
    ]
    let width = keys.map { style.plain($0.0).columns }.max() ?? 0
    let lines = keys.map { key, meaning in
      let key = style.plain(key)
      return style.bold(key) + String(repeating: " ", count: width - key.columns + 2) + style.plain(word(meaning))
    }
    let footer = style.plain(
      word(Localized(en: "Press any key to return.", fr: "Appuyez sur une touche pour revenir.")))
    return filled(lines, footer, rows, columns)
  }

  private func word(_ text: Localized) -> String { text(in: figure.language) }

  private var footer: String {
    let keys = Localized(en: "? keys, q quit, → next, ← back", fr: "? touches, q quitter, → suivant, ← précédent")
    return "\(place.step)/\(place.count)   " + style.faint(style.plain(word(keys)))
  }

  private func more(_ count: Int, en: String, fr: String) -> String {
    let lines = word(Localized.counted(count, en: "line", fr: "ligne"))
    return style.faint(style.plain(word(Localized(en: "… \(lines) \(en)", fr: "… \(lines) \(fr)"))))
  }

  /// Returns the first lines, with an ellipsis if there are more.
  private func cut(_ words: [String], to count: Int, _ columns: Int) -> [String] {
    guard words.count > count, count > 0 else { return Array(words.prefix(count)) }
    let last = words[count - 1] + String(repeating: " ", count: columns)
    return words.prefix(count - 1) + [last.shortened(toColumns: columns, ellipsis: style.ellipsis)]
  }

  private func filled(_ lines: [String], _ last: String, _ rows: Int, _ columns: Int) -> [String] {
    let shown = lines.prefix(rows - 1), blank = Array(repeating: "", count: rows - 1 - shown.count)
    return (shown + blank + [last]).map { $0.shortened(toColumns: columns, ellipsis: style.ellipsis) }
  }
}
