public import MicrogradFigures
internal import MicrogradJSON
public import MicrogradLanguage
public import MicrogradModels

extension PredictionGraph {
  /// Returns the prediction and a table of the contributions, the largest first, as text for a terminal.
  ///
  /// Control characters in names and fields are left out, so that they cannot command the terminal.
  ///
  /// - Parameters:
  ///   - language: The language.
  ///   - columns: The width in characters, at least 40.
  ///   - style: The characters of the bars, and whether they are coloured.
  public func text(language: Language = .english, columns: Int = 72, style: TextStyle = TextStyle()) -> String {
    let columns = max(columns, 40)
    func lines(_ text: String) -> [String] { style.plain(text.printable).wrapped(toColumns: columns) }
    let rows = rows(in: language, columns: columns, style)
    return (lines(prediction(in: language)).map(style.bold) + [""] + rows + [""] + lines(meaning(in: language)))
      .joined(separator: "\n") + "\n"
  }

  private func rows(in language: Language, columns: Int, _ style: TextStyle) -> [String] {
    let sorted = sortedContributions, headings = Self.headings(in: language)
    func column(_ heading: String, _ texts: [String]) -> [String] {
      let shown = ([heading] + texts).map {
        style.plain($0.printable).shortened(toColumns: columns / 4, ellipsis: style.ellipsis)
      }
      let width = shown.map(\.columns).max() ?? 0
      return shown.map { $0.padded(toColumns: width) }
    }
    let names = column(headings.column, sorted.map(\.column))
    let fields = column(headings.field, sorted.map { $0.field.isEmpty ? "(\(Self.blank(in: language)))" : $0.field })
    let amounts = [headings.amount] + sorted.map(\.text), width = amounts.map(\.count).max() ?? 0
    let room = columns - names[0].columns - fields[0].columns - width - 6
    let bars = [""] + sorted.map { style.bar($0.amount, of: sorted.map(\.amount), room: room) }
    return amounts.indices.map { row in
      let line = "\(names[row])  \(fields[row])  \(amounts[row].leftPadded(toColumns: width))"
      return row == 0 ? style.faint(line) : bars[row].isEmpty ? line : "\(line)  \(bars[row])"
    }
  }

  /// Returns the prediction and the contributions, in the order of the model's columns, as JSON for programs.
  ///
  /// `prediction` is the predicted class, with its `probability`, or the number; `result` is what the contributions move:
  /// the log-odds of the class, or the number. Each of the `contributions` has a `column`, its `field` and the `amount`.
  /// Numbers that are not finite are strings: `"nan"`, `"inf"` and `"-inf"`.
  public func json() -> String {
    let outcome: [(String, JSON)] =
      predictedClass.map { [("prediction", .text($0)), ("probability", .number(prediction))] }
      ?? [("prediction", .number(prediction))]
    let rows = contributions.map { contribution in
      JSON.object([
        ("column", .text(contribution.column)), ("field", .text(contribution.field)),
        ("amount", .number(contribution.amount)),
      ])
    }
    let members = [("target", .text(target))] + outcome + [("result", .number(result.data))]
    return JSON.object(members + [("contributions", .array(rows))]).indented()
  }
}
