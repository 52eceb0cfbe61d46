import ArgumentParser
import Micrograd

struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Step forward and backward through an expression or a network.",
    discussion: """
      In a terminal, use the keys: → or space for the next step, ← for the previous one, Home and End; ? lists them, \
      q quits. Otherwise all steps are printed.

      Examples:
        micrograd step "relu(a*b + c)^2" a=2 b=-3 c=10
        micrograd step --net 2,2,1 --input 1,-1 --target 1 | less -R
      """)

  @OptionGroup var subject: Subject

  @Flag(name: .long, help: "Use only ASCII characters.")
  var ascii = false

  func run() throws {
    let explanation = Explanation(try subject.graph())
    let style = TextStyle(ascii ? .ascii : .unicode, isColored: Terminal.isOutputTerminal)
    if Terminal.isInteractive, !explanation.steps.isEmpty { return try walk(explanation, style) }
    // A single value has no steps, but can be shown.
    let text =
      explanation.steps.isEmpty
      ? GraphFigure(explanation.graph, title: subject.heading).text(style: style)
      : explanation.text(in: subject.speech.language, style: style)
    try TextFile.write(text, to: TextFile.standardStream)
  }

  private func walk(_ explanation: Explanation, _ style: TextStyle) throws {
    var count = 0, showsHelp = false
    let last = explanation.steps.count
    try Terminal.withKeys { nextKey in
      while true {
        let screen = screen(explanation, after: count, style), size = Terminal.size ?? .init(rows: 24, columns: 80)
        let lines = showsHelp ? screen.help : screen.lines
        try Terminal.show(lines(size.rows, size.columns))
        let key = nextKey(size)
        if key == .resize { continue }
        if showsHelp {
          showsHelp = false
          continue
        }
        switch key {
        case .next: count = min(count + 1, last)
        case .back: count = max(count - 1, 0)
        case .first: count = 0
        case .last: count = last
        case .help: showsHelp = true
        case .quit: return
        case .other, .resize: break
        }
      }
    }
  }

  private func screen(_ explanation: Explanation, after count: Int, _ style: TextStyle) -> StepScreen {
    let figure = GraphFigure(explanation, after: count, title: subject.heading, language: subject.speech.language)
    return StepScreen(figure: figure, place: (count, explanation.steps.count), style: style)
  }
}
