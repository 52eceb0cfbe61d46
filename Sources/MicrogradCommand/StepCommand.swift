import ArgumentParser
import Micrograd

struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Walk forward and backward through an expression or a net, step by step.",
    discussion: """
      In a terminal, keys walk: → or space one step on, ← one step back, Home and End, q leaves. Elsewhere all steps \
      are printed.

      Examples:
        micrograd step "relu(a*b + c)^2" a=2 b=-3 c=10
        micrograd step --net 2,2,1 --input 1,-1 --target 1 | less -R
      """)

  @OptionGroup var subject: Subject

  @Flag(name: .long, help: "Only ASCII characters.")
  var ascii = false

  func run() throws {
    let explanation = Explanation(try subject.graph())
    let style = TextStyle(ascii ? .ascii : .unicode, isColored: Terminal.isOutputTerminal)
    if Terminal.isInteractive, !explanation.steps.isEmpty {
      walk(explanation, style)
    } else {
      print(explanation.text(in: subject.language, style: style), terminator: "")
    }
  }

  private func walk(_ explanation: Explanation, _ style: TextStyle) {
    var count = 0
    let last = explanation.steps.count
    Terminal.withKeys { nextKey in
      while true {
        show(explanation, after: count, style)
        switch nextKey() {
        case .next: count = min(count + 1, last)
        case .back: count = max(count - 1, 0)
        case .first: count = 0
        case .last: count = last
        case .quit: return
        }
      }
    }
  }

  private func show(_ explanation: Explanation, after count: Int, _ style: TextStyle) {
    let figure = GraphFigure(explanation, after: count, title: subject.heading, language: subject.language)
    let keys = Localized(
      en: "→ on, ← back, Home, End, q leaves", fr: "→ avance, ← recule, Début, Fin, q quitte")(in: subject.language)
    let place = "\(count)/\(explanation.steps.count)   \(keys)"
    Terminal.show(figure.text(style: style) + "\n" + ((style.characters == .ascii) ? place.filter(\.isASCII) : place))
  }
}
