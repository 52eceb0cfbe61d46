import Micrograd

extension Report {
  /// The report as one HTML file that needs nothing else: no network, no script, figures inside.
  public var html: String {
    let title = words(en: "How a gradient propagates", fr: "Comment un gradient se propage")
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      \(Report.style)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      <p>\(introduction)</p>
      <nav aria-label="\(words(en: "Tasks", fr: "Tâches"))"><ol>
      \(chapters.map { contents($0.task) }.joined(separator: "\n"))
      </ol></nav>
      </header>
      <main>
      \(chapters.map { section($0.task, $0.page) }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private var introduction: String {
    words(
      en: """
        A practical in ten tasks, from one neuron to a network that parts two moons. Every number is a value that \
        knows its gradient; all of this was computed and drawn in Swift by swift-micrograd.
        """,
      fr: """
        Un TP en dix tâches, d'un neurone seul au réseau qui sépare deux lunes. Chaque nombre est une valeur qui \
        connaît son gradient ; tout a été calculé et dessiné en Swift par swift-micrograd.
        """)
  }

  private func contents(_ task: LabTask) -> String {
    "<li value=\"\(task.number)\"><a href=\"#task-\(task.number)\">\(task.title(in: language).escaped)</a></li>"
  }

  private func section(_ task: LabTask, _ page: Page) -> String {
    """
    <section id="task-\(task.number)">
    <h2>\(task.number). \(task.title(in: language).escaped)</h2>
    \(page.blocks.map(html).joined(separator: "\n"))
    </section>
    """
  }

  private func html(_ block: Page.Block) -> String {
    switch block {
    case .text(let text):
      "<p>\(text.escaped)</p>"
    case .result(let result):
      "<p class=\"result\"><span>\(result.name.escaped)</span> <code>\(result.text.escaped)</code></p>"
    case .table(let table):
      """
      <div class="scrolls" tabindex="0"><table>
      <thead><tr>\(table.headings.map { "<th scope=\"col\">\($0.escaped)</th>" }.joined())</tr></thead>
      <tbody>
      \(table.rows.map { "<tr>" + $0.map { "<td>\($0.escaped)</td>" }.joined() + "</tr>" }.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
    case .figure(let illustration):
      """
      <figure id="\(illustration.name)">
      \(illustration.figure is RegionsAnimation ? pauseBox : "")<div class="scrolls" tabindex="0">\
      \(illustration.figure.svg())</div>
      <figcaption>\(illustration.caption.escaped)\(link(to: illustration))</figcaption>
      </figure>
      """
    }
  }

  /// What moves can be stopped, without a script.
  private var pauseBox: String {
    "<label class=\"pause\"><input type=\"checkbox\"> \(words(en: "Pause", fr: "Pause"))</label>\n"
  }

  /// To the page that lies beside the report.
  private func link(to illustration: Page.Illustration) -> String {
    guard (illustration.figure as? GraphFigure)?.page != nil else { return "" }
    let words = words(en: "Step through it", fr: "Le parcourir pas à pas")
    return " <a href=\"\(illustration.name).html\">\(words)</a>"
  }

  /// Light and dark; wide figures and tables scroll by themselves, so that the page does not.
  private static var style: String {
    """
    :root { color-scheme: light dark; }
    body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem;
      color: #1c1e21; background: #fff; }
    h1 { line-height: 1.2; } h2 { margin-top: 3rem; border-top: 1px solid #d0d4d9; padding-top: 1rem; }
    .result { margin: .1rem 0 .1rem 1.5rem; display: flex; gap: 1rem; flex-wrap: wrap; }
    .result span { min-width: 12rem; color: #555b63; }
    code, td { font-family: ui-monospace, monospace; font-size: .92em; }
    .scrolls { overflow-x: auto; }
    table { border-collapse: collapse; margin: 1rem 0 1rem 1.5rem; }
    th, td { padding: .15rem .8rem; text-align: right; border-bottom: 1px solid #e3e6ea; }
    figure { margin: 1.5rem 0; } figcaption { color: #555b63; font-size: .95em; }
    figure:has(.pause :checked) svg * { animation-play-state: paused; }
    @media (prefers-reduced-motion: reduce) { .pause { display: none; } }
    a { color: #0b5cad; }
    @media (prefers-color-scheme: dark) {
      body { color: #e6e8eb; background: #16181b; }
      h2, th, td { border-color: #3a3f46; }
      .result span, figcaption { color: #a3abb5; }
      a { color: #7ab8f5; }
    }
    """
  }
}

extension String {
  /// With the characters that mean something in HTML written as entities.
  fileprivate var escaped: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.append(character)
      }
    }
  }
}
