import Micrograd

extension Report {
  /// Returns the report as one HTML file, complete with its figures. It needs no network and no script.
  public func html() -> String {
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
      \(chapters.map { section($0) }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private var introduction: String {
    words(
      en: """
        A practical in ten tasks, from one neuron to a network that separates two moons. Every number is a value that \
        knows its gradient. Everything was computed and drawn in Swift by swift-micrograd.
        """,
      fr: """
        Un TP en dix tâches, d'un seul neurone à un réseau qui sépare deux lunes. Chaque nombre est une valeur qui \
        connaît son gradient. Tout a été calculé et dessiné en Swift par swift-micrograd.
        """)
  }

  private func contents(_ task: LabTask) -> String {
    "<li value=\"\(task.number)\"><a href=\"#task-\(task.number)\">\(task.title(in: language).escaped)</a></li>"
  }

  private func section(_ chapter: Chapter) -> String {
    let task = chapter.task
    return """
      <section id="task-\(task.number)">
      <h2>\(task.number). \(task.title(in: language).escaped)</h2>
      <details><summary>\(words(en: "The Swift program of this task", fr: "Le programme Swift de cette tâche"))</summary>
      <pre class="scrolls" tabindex="0"><code>\(SwiftMarkup(task.source).html())</code></pre>
      </details>
      \(chapter.blocks.map(html).joined(separator: "\n"))
      </section>
      """
  }

  private func html(_ block: Chapter.Block) -> String {
    switch block {
    case .text(let text):
      "<p>\(prose(text))</p>"
    case .result(let result):
      "<p class=\"result\"><span>\(result.name(in: language).escaped)</span> <code>\(result.text.escaped)</code></p>"
    case .table(let table):
      """
      <div class="scrolls" tabindex="0"><table>
      <thead><tr>\(table.headings.map { "<th scope=\"col\">\($0(in: language).escaped)</th>" }.joined())</tr></thead>
      <tbody>
      \(table.rows.map { "<tr>" + $0.map { "<td>\($0.escaped)</td>" }.joined() + "</tr>" }.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
    case .figure(let illustration):
      html(illustration)
    }
  }

  /// Returns prose as HTML, with the parts in backticks as code.
  private func prose(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index % 2 == 0 ? String(part).escaped : "<code>\(String(part).escaped)</code>"
    }.joined()
  }

  /// Returns a picture that is as wide as the page allows, with a link to itself: as the target of the address, it fills the
  /// window, at least at its own size. So it can be enlarged by touch or keyboard, without a script.
  private func html(_ illustration: Chapter.Illustration) -> String {
    """
    <div class="wide" id="at-\(illustration.name)">
    <figure id="\(illustration.name)" tabindex="-1">
    <a class="close" href="#at-\(illustration.name)">\(words(en: "Close", fr: "Fermer"))</a>
    \(illustration.figure is RegionsAnimation ? pauseBox : "")<a class="picture" tabindex="-1" href="#\(illustration.name)">\
    \(illustration.figure.svg())</a>
    <figcaption>\(prose(illustration.caption))
    <a class="enlarge" href="#\(illustration.name)">\(words(en: "Enlarge", fr: "Agrandir"))</a>\(link(to: illustration))
    </figcaption>
    </figure>
    </div>
    """
  }

  /// The box that pauses an animation, without a script.
  private var pauseBox: String {
    "<label class=\"pause\"><input type=\"checkbox\"> \(words(en: "Pause", fr: "Pause"))</label>\n"
  }

  /// Returns a link to the page of a graph, which is written beside the report.
  private func link(to illustration: Chapter.Illustration) -> String {
    guard (illustration.figure as? GraphFigure)?.page != nil else { return "" }
    let words = words(en: "Step through it", fr: "Parcourir pas à pas")
    return "\n<a href=\"\(illustration.name).html\">\(words)</a>"
  }

  /// The style sheet: light and dark, with text in a column and figures as wide as the window. Tables and programs scroll
  /// separately, so that the page does not scroll sideways.
  private static var style: String {
    """
    :root { color-scheme: light dark; }
    body { font: 1.05rem/1.6 system-ui, sans-serif; margin: 0; padding: 1rem 1.25rem 4rem; }
    body, figure { color: #1c1e21; background: #fff; }
    header, section { display: grid; grid-template-columns: 1fr minmax(0, 60rem) 1fr; }
    header > *, section > * { grid-column: 2; }
    section > .wide { grid-column: 1 / -1; justify-self: center; min-width: min(100%, 60rem); max-width: 100%; }
    h1 { line-height: 1.2; } h2 { margin-top: 3rem; border-top: 1px solid #d0d4d9; padding-top: 1rem; }
    .result { margin: .1rem 0 .1rem 1.5rem; display: flex; gap: 1rem; flex-wrap: wrap; }
    .result span { min-width: 12rem; color: #555b63; }
    code, td { font-family: ui-monospace, monospace; font-size: .92em; }
    .scrolls { overflow-x: auto; }
    summary { cursor: pointer; color: #0b5cad; }
    pre { padding: .6rem 1rem; background: #f4f5f7; line-height: 1.4; }
    .comment { color: #5a646f; } .string { color: #8f2b1d; } .number { color: #1b5e20; } .keyword { color: #7a1fa2; }
    table { border-collapse: collapse; margin: 1rem 0 1rem 1.5rem; }
    th, td { padding: .15rem .8rem; text-align: right; border-bottom: 1px solid #e3e6ea; }
    figure { margin: 1.5rem 0; }
    figcaption { max-width: 60rem; margin: .3rem auto; color: #555b63; font-size: .95em; }
    figcaption a { margin-left: .6rem; white-space: nowrap; }
    figure svg { display: block; }
    figure:not(:target) svg { max-width: 100%; height: auto; }
    .picture { cursor: zoom-in; }
    .close, figure:target .enlarge { display: none; }
    figure:target { position: fixed; inset: 0; z-index: 1; margin: 0; padding: 1rem; overflow: auto; }
    figure:target .picture { cursor: auto; }
    figure:target svg { min-width: 100%; min-height: calc(100vh - 8rem); }
    figure:target .close { display: block; position: sticky; left: 0; top: 0; width: max-content; padding: .1rem .8rem;
      background: inherit; border: 1px solid; border-radius: 5px; }
    :root:has(figure:target) { overflow: hidden; }
    figure:has(.pause :checked) svg * { animation-play-state: paused; }
    @media (prefers-reduced-motion: reduce) { .pause { display: none; } }
    a { color: #0b5cad; }
    @media (prefers-color-scheme: dark) {
      body, figure { color: #e6e8eb; background: #16181b; }
      h2, th, td { border-color: #3a3f46; }
      .result span, figcaption, .comment { color: #a3abb5; }
      pre { background: #212429; } .string { color: #f2a08d; } .number { color: #9ccc9c; } .keyword { color: #d7a6f0; }
      a, summary { color: #7ab8f5; }
    }
    """
  }
}

extension String {
  /// The text with the special characters of HTML written as entities.
  var escaped: String {
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
