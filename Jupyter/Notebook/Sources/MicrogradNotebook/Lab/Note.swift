import Micrograd
import MicrogradLab
import Notebook

/// Something that the course tells a student.
struct Note: Displayable {
  var headline = ""
  var paragraphs: [Feedback.Paragraph]
  var color = Color.gray
  /// The output of the student's program.
  var printed = ""
  /// The pictures of the student's program, as SVG that nobody has checked: they are shown as images, never as markup.
  var figures: [String] = []

  /// The colour of the line at its side, which can be told from a light and from a dark page.
  enum Color: String {
    case gray = "#848d97"
    case green = "#2da44e"
    case orange = "#d4822a"
  }

  /// Boxes with the parts, and the same as text for front ends without markup.
  var representations: Representations {
    let head = headline.isEmpty ? [] : ["<p><strong>\(escaped(headline))</strong></p>"]
    let parts = head + paragraphs.map(html) + printedParts + figures.map(Self.image)
    let lines = (headline.isEmpty ? [] : [headline]) + paragraphs.map(text)
    return [
      .html: """
      <div style="border-left: 4px solid \(color.rawValue); padding-left: 1em">
      \(parts.joined(separator: "\n"))
      </div>
      """,
      .plainText: lines.joined(separator: "\n"),
    ]
  }

  private func text(_ paragraph: Feedback.Paragraph) -> String {
    switch paragraph {
    case .prose(let text), .question(let text): text.filter { $0 != "`" }
    case .fact(let name, let value): words(en: "\(name): \(value)", fr: "\(name) : \(value)")
    case .code(let code): code
    }
  }

  private func html(_ paragraph: Feedback.Paragraph) -> String {
    switch paragraph {
    case .prose(let text): "<p>\(prose(text))</p>"
    case .question(let text): "<p><em>\(prose(text))</em></p>"
    case .fact(let name, let value):
      """
      <div style="display: flex; gap: 1em"><span style="min-width: 6em">\(escaped(name))</span>\
      <code style="white-space: pre-wrap; overflow-wrap: anywhere">\(escaped(value))</code></div>
      """
    case .code(let code): "<pre style=\"white-space: pre-wrap\">\(escaped(code))</pre>"
    }
  }

  /// The number of characters up to which a student's output is shown.
  private static let shownCharacters = 2000

  private var printedParts: [String] {
    guard !printed.isEmpty else { return [] }
    let text = printed.prefix(Self.shownCharacters) + (printed.count > Self.shownCharacters ? "…" : "")
    return [
      """
      <details><summary>\(words(en: "What the program printed", fr: "Ce que le programme a affiché"))</summary>\
      <pre style="white-space: pre-wrap">\(escaped(String(text)))</pre></details>
      """
    ]
  }

  private static func image(_ svg: String) -> String {
    "<img style=\"max-width: 100%\" alt=\"\" src=\"data:image/svg+xml;base64,\(base64(svg.utf8))\">"
  }
}

extension Note {
  /// Creates a note on what came of a student's program.
  init(on outcome: Outcome, of exercise: Exercise, printed: String, figures: [String] = []) {
    let feedback = Feedback(outcome, of: exercise, in: language), number = exercise.number
    headline = feedback.headline
    paragraphs = feedback.paragraphs
    color = .orange
    switch outcome {
    case .judged(.passed):
      color = .green
      self.figures = figures
    case .judged(.notWritten): color = .gray
    default: self.printed = printed
    }
    let advice = words(
      en: "Change the program, run its cell and then this one. `hint(\(number))` gives a hint.",
      fr: "Modifiez le programme, exécutez sa cellule, puis celle-ci. `hint(\(number))` donne un indice.")
    paragraphs.append(.prose(feedback.next ?? advice))
  }
}
