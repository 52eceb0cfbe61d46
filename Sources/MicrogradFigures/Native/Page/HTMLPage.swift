import MicrogradLanguage

/// A page of HTML that is complete in itself, light and dark, with text in a column. What is wider, such as a table or a
/// program, scrolls separately in an element of the class `scrolls`, so that the page does not scroll sideways.
package struct HTMLPage {
  private let language: Language
  private let title: String
  private let style: String
  private let body: String

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - style: Rules that follow those of all pages.
  ///   - body: The content as HTML.
  package init(title: String, in language: Language, style: String, body: String) {
    (self.language, self.title, self.style, self.body) = (language, title, style, body)
  }

  /// Returns the page. It may load nothing, and run no script.
  package func html() -> String {
    """
    <!DOCTYPE html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <title>\(title.escaped)</title>
    <style>
    \(Self.style)
    \(style)
    </style>
    </head>
    <body>
    \(body)
    </body>
    </html>

    """
  }

  private static var style: String {
    """
    :root { color-scheme: light dark; }
    body { font: 1.05rem/1.6 system-ui, sans-serif; margin: 0; padding: 1rem 1.25rem 4rem; }
    body, figure { color: #1c1e21; background: #fff; }
    header, section { display: grid; grid-template-columns: 1fr minmax(0, 60rem) 1fr; }
    header > *, section > * { grid-column: 2; }
    h1 { line-height: 1.2; } h2 { margin-top: 3rem; border-top: 1px solid #d0d4d9; padding-top: 1rem; }
    code, td { font-family: ui-monospace, monospace; font-size: .92em; }
    .scrolls { overflow-x: auto; }
    summary { cursor: pointer; color: #0b5cad; }
    pre { padding: .6rem 1rem; background: #f4f5f7; line-height: 1.4; }
    table { border-collapse: collapse; margin: 1rem 0 1rem 1.5rem; }
    th, td { padding: .15rem .8rem; text-align: right; border-bottom: 1px solid #e3e6ea; }
    figure { margin: 1.5rem 0; }
    img { max-width: 100%; height: auto; background: #fff; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 1rem; margin: 0 0 0 1rem; }
    dd { margin: 0; font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere; }
    .question { font-style: italic; }
    dt, .remark { color: #555b63; }
    a { color: #0b5cad; }
    @media (prefers-color-scheme: dark) {
      body, figure { color: #e6e8eb; background: #16181b; }
      h2, th, td { border-color: #3a3f46; }
      pre { background: #212429; }
      dt, .remark { color: #a3abb5; }
      a, summary { color: #7ab8f5; }
    }
    """
  }
}

extension String {
  /// The text with the special characters of HTML written as entities.
  package var escaped: String {
    // By scalars: a quote and the accent after it are one character.
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// The text as HTML, with the parts in backticks as code.
  package var prose: String {
    split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index % 2 == 0 ? String(part).escaped.unbroken : "<code>\(String(part).escaped)</code>"
    }.joined()
  }

  /// The text in which no line begins with a sign that French puts a space before.
  package var unbroken: String {
    ["?", "!", ":", ";"].reduce(self) { $0.replacing(" \($1)", with: "\u{A0}\($1)") }
  }
}
