import ArgumentParser
import Micrograd

struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draw the gradient graph of an expression or a net.",
    discussion: """
      Examples:
        micrograd draw "relu(a*b + c)^2" a=2 b=-3 c=10
        micrograd draw "(a*b + c).tanh()" a=2 b=-3 c=10 -o graph.svg
        micrograd draw "a*b + a" a=2 b=3 --step 4 --format svg > step4.svg
        micrograd draw --net 2,2,1 --input 1,-1 --target 1 -o net.html
        micrograd data moons | micrograd draw --net 2,16,1 --data - -o moons.html

      Formats: text, svg, dot (for Graphviz), json (with all steps), and html: a page in which the gradient can be \
      followed step by step, complete in one file.

      Functions: \(Formula.functions.joined(separator: ", "))
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, svg, dot, json, html

    /// What a file of this name holds; nil if its ending is none of ours.
    init?(fileName: String) {
      guard let dot = fileName.lastIndex(of: "."), !fileName[dot...].contains("/") else {
        self = .text
        return
      }
      switch fileName[dot...].dropFirst().lowercased() {
      case "txt", "text": self = .text
      case "gv": self = .dot
      case "htm": self = .html
      case let ending: self.init(rawValue: ending)
      }
    }
  }

  @OptionGroup var subject: Subject

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: "What is drawn; if none is given, what the output's name ends with, or text.")
  var givenFormat: Format?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Text and SVG: as it is after so many steps of the explanation.", valueName: "number"))
  var step: Int?

  @Option(
    name: .long, help: "Text and SVG: which parts of a large graph are boxes: those that cannot be read, all or none."
  )
  var folding: GraphFigure.Folding = .automatic

  @Flag(name: .long, help: "Text: only ASCII characters.")
  var ascii = false

  @OptionGroup var output: Output

  private var format: Format { givenFormat ?? output.file.flatMap(Format.init(fileName:)) ?? .text }

  func validate() throws {
    if givenFormat == nil, let file = output.file, Format(fileName: file) == nil {
      throw ValidationError("No format goes by the ending of “\(file)”; --format says which it is to be.")
    }
    if step != nil, format != .text, format != .svg {
      throw ValidationError("--step is for text and svg; the page and json have all steps.")
    }
    if ascii, format != .text { throw ValidationError("--ascii is for text.") }
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
      throw ValidationError("--step is \(step); there are \(explanation.steps.count) steps.")
    }
    return GraphFigure(explanation, after: step, title: title, language: language, folding: folding)
  }
}

extension GraphFigure.Folding: ExpressibleByArgument {}
