import Micrograd
import MicrogradRequirement

/// The picture of a step in a terminal: the values around the one that the step is about, the words below them, and a last
/// line with the step's number and the keys.
struct StepScreen {
  let figure: GraphFigure
  /// The step's number, and how many there are.
  let place: (step: Int, count: Int)
  let style: TextStyle

  /// Exactly `rows` lines of at most `columns` columns.
  ///
  /// The value of the step is always among them, a third from above: what it is computed from stands below it. Words
  /// leave at least five rows to the rest, or half of a small screen. The title gives way first.
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

  /// Some lines of the tree. So much of all stems is left out that the current value has room, and the first that it is
  /// computed from.
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

  /// The same for the list of the keys.
  func help(rows: Int, columns: Int) -> [String] {
    let keys: [(String, Localized)] = [
      ("→ n", Localized(en: "next step, or space", fr: "étape suivante, ou espace")),
      ("← b", Localized(en: "step before, or Backspace", fr: "étape précédente, ou retour arrière")),
      ("g", Localized(en: "beginning, or Home", fr: "début, ou la touche Début")),
      ("G", Localized(en: "end, or End", fr: "fin, ou la touche Fin")),
      ("q", Localized(en: "quit, or Escape", fr: "quitter, ou Échap")),
    ]
    let width = keys.map { style.plain($0.0).columns }.max() ?? 0
    let lines = keys.map { key, meaning in
      let key = style.plain(key)
      return style.bold(key) + String(repeating: " ", count: width - key.columns + 2) + style.plain(word(meaning))
    }
    let footer = style.plain(word(Localized(en: "Any key goes back.", fr: "Une touche pour revenir.")))
    return filled(lines, footer, rows, columns)
  }

  private func word(_ text: Localized) -> String { text(in: figure.language) }

  private var footer: String {
    let keys = Localized(en: "? keys, q quit, → next, ← back", fr: "? touches, q quitter, → suivant, ← précédent")
    return "\(place.step)/\(place.count)   " + style.faint(style.plain(word(keys)))
  }

  private func more(_ count: Int, en: String, fr: String) -> String {
    let text = Localized(en: "… \(counted(count, "line")) \(en)", fr: "… \(counted(count, "ligne")) \(fr)")
    return style.faint(style.plain(word(text)))
  }

  /// The first words, and an ellipsis if there are more.
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
