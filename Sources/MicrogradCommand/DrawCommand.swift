import ArgumentParser
import Micrograd

struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draw the gradient graph of an expression or a network.",
    discussion: """
      Examples:
        micrograd draw "relu(a*b + c)^2" a=2 b=-3 c=10
        micrograd draw "(a*b + c).tanh()" a=2 b=-3 c=10 -o graph.svg
        micrograd draw "a*b + a" a=2 b=3 --step 4 --format svg > step4.svg
        micrograd draw --net 2,2,1 --input 1,-1 --target 1 -o net.html
        micrograd data moons | micrograd draw --net 2,16,1 --data - -o moons.html

      Formats: text, svg, dot (for Graphviz), json (with all steps), and html (a page, complete in one file, in which \
      you follow the gradient step by step).

      Functions: \(Formula.functions.joined(separator: ", "))
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, svg, dot, json, html

    /// The format for a file of this name, or nil if its extension is unknown.
    init?(fileName: String) {
      switch fileName.fileExtension {
      case nil, "txt", "text": self = .text
      case "gv": self = .dot
      case "htm": self = .html
      case let ending?: self.init(rawValue: ending)
      }
    }
  }

  @OptionGroup var subject: Subject

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: "The format. (default: by the extension of the output file, or text)")
  var givenFormat: Format?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Text and SVG: the graph after this step of its explanation.", valueName: "number"))
  var step: Int?

  @Option(
    name: .long,
    help: "Text and SVG: the parts of a large graph that are folded into boxes: as many as needed, all or none.")
  var folding: GraphFigure.Folding = .automatic

  @Flag(name: .long, help: "Text: use only ASCII characters.")
  var ascii = false

  @OptionGroup var output: Output

  private var format: Format { givenFormat ?? output.file.flatMap(Format.init(fileName:)) ?? .text }

  func validate() throws {
    if givenFormat == nil, let file = output.file, Format(fileName: file) == nil {
      throw ValidationError("The extension of “\(file)” is not that of a format; choose one with --format.")
    }
    if step != nil, format != .text, format != .svg {
      throw ValidationError("--step is for text and svg only; html and json contain all steps.")
    }
    if ascii, format != .text { throw ValidationError("--ascii is for text only.") }
  }

  func run() throws {
    try output.write(drawing())
  }

  private func drawing() throws -> String {
    let graph = try subject.graph(), title = subject.heading, language = subject.speech.language
    if let dead = graph.deadUnits(in: language) { Terminal.note(dead) }
    switch format {
    case .text:
      let style = TextStyle(ascii ? .ascii : .unicode, isColored: Terminal.isOutputTerminal && output.file == nil)
      return try figure(graph).text(style: style)
    case .svg: return try figure(graph).svg()
    case .dot: return GraphFigure(graph, title: title, language: language).dot()
    case .json: return Explanation(graph).json()
    case .html: return GraphPage(graph, title: title, language: language).html()
    }
  }

  private func figure(_ graph: ComputationGraph) throws -> GraphFigure {
    let title = subject.heading, language = subject.speech.language
    guard let step else { return GraphFigure(graph, title: title, language: language, folding: folding) }
    let explanation = Explanation(folding == .open || graph.nodes.count <= 60 ? graph : graph.grouped())
    guard (0...explanation.steps.count).contains(step) else {
      throw ValidationError("--step is \(step); it must be from 0 to \(explanation.steps.count).")
    }
    return GraphFigure(explanation, after: step, title: title, language: language, folding: folding)
  }
}

extension GraphFigure.Folding: ExpressibleByArgument {}
