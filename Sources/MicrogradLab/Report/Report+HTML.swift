import Micrograd

extension Report {
  /// Returns the report as one HTML file, complete with its figures. It needs no network and no script.
  public func html() -> String {
    let title = words(en: "How a gradient propagates", fr: "Comment un gradient se propage")
    let body = """
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
      """
    return HTMLPage(title: title, in: language, style: Report.style, body: body).html()
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
      \(chapter.blocks.map(html).joined(separator: "\n"))\(link(to: chapter))
      </section>
      """
  }

  /// Returns a link to the task's playground, which is written beside the report.
  private func link(to chapter: Chapter) -> String {
    if chapter.playground == nil { return "" }
    let words = words(
      en: "Train this network in the playground, and ask why its weights move",
      fr: "Entraîner ce réseau dans le bac à sable, et demander pourquoi ses poids bougent")
    return "\n<p><a href=\"\(chapter.playgroundFile)\">\(words)</a></p>"
  }

  private func html(_ block: Chapter.Block) -> String {
    switch block {
    case .text(let text):
      "<p>\(text.prose)</p>"
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

  /// Returns a picture that is as wide as the page allows, with a link to itself: as the target of the address, it fills the
  /// window, at least at its own size. So it can be enlarged by touch or keyboard, without a script.
  private func html(_ illustration: Chapter.Illustration) -> String {
    """
    <div class="wide" id="at-\(illustration.name)">
    <figure id="\(illustration.name)" tabindex="-1">
    <a class="close" href="#at-\(illustration.name)">\(words(en: "Close", fr: "Fermer"))</a>
    \(illustration.figure is RegionsAnimation ? pauseBox : "")<a class="picture" tabindex="-1" href="#\(illustration.name)">\
    \(illustration.figure.svg())</a>
    <figcaption>\(illustration.caption.prose)
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

  /// The rules for results, programs and figures, which are as wide as the window.
  private static var style: String {
    """
    section > .wide { grid-column: 1 / -1; justify-self: center; min-width: min(100%, 60rem); max-width: 100%; }
    .result { margin: .1rem 0 .1rem 1.5rem; display: flex; gap: 1rem; flex-wrap: wrap; }
    .result span { min-width: 12rem; color: #555b63; }
    .comment { color: #5a646f; } .string { color: #8f2b1d; } .number { color: #1b5e20; } .keyword { color: #7a1fa2; }
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
    @media (prefers-color-scheme: dark) {
      .result span, figcaption, .comment { color: #a3abb5; }
      .string { color: #f2a08d; } .number { color: #9ccc9c; } .keyword { color: #d7a6f0; }
    }
    """
  }
}
