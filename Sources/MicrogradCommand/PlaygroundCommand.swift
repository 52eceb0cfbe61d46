import ArgumentParser
import Micrograd

struct PlaygroundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "playground",
    abstract: "Watch a network learn in the browser, and ask why each of its numbers moves.",
    discussion: """
      It writes a page, complete in one file, and opens it where there is a browser. In the page you choose data and a \
      network, run, pause and step back the training, and click a weight, a neuron or a sample: the graph of that very \
      number opens, with local derivative times arriving gradient. Eight lessons, of two minutes each, begin with what a \
      gradient is. The page needs no network; its address holds its whole state.

      With a table of your own the page begins with its rows. A target that is text, or few different whole numbers, is \
      a class, at most five of them; other numbers are predicted as numbers. The first two other columns of numbers are \
      the inputs; which ones they are is printed.

      Examples:
        micrograd playground
        micrograd playground --language fr -o terrain.html
        micrograd playground flowers.csv --target species
        micrograd playground houses.csv -t price -o houses.html
        micrograd data spirals | micrograd playground -
      """)

  @Argument(
    help: ArgumentHelp(
      "A table of your own: CSV in UTF-8, whose first line names the columns; - is standard input.", valueName: "data"
    ))
  var data: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The column to predict. (default: the last one)", valueName: "column"))
  var target: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output = "playground.html"

  @Flag(name: .long, help: "Do not open the page in the browser.")
  var noOpen = false

  @OptionGroup var speech: Speech

  func validate() throws {
    if output.isEmpty {
      throw ValidationError("--output is empty; it must be the name of a file, or - for standard output.")
    }
    if let target, data == nil {
      throw ValidationError("--target is “\(target)”, a column, but there is no table; name a file before it.")
    }
    if let data, TextFile.isSameFile(output, data) {
      throw ValidationError("--output is \(output), the table itself, which would be replaced; give another name.")
    }
    try TextFile.checkWritable(output)
  }

  func run() throws {
    try TextFile.write(page().html(), to: output)
    if output == TextFile.standardStream { return }
    try TextFile.write(output + "\n", to: TextFile.standardStream)
    if !noOpen, Terminal.isOutputTerminal { BrowserOpening.open(output) }
  }

  private func page() throws -> PlaygroundPage {
    guard let data else { return PlaygroundPage(language: speech.language) }
    do {
      let page = try PlaygroundPage(csv: TextFile.read(data), target: target, language: speech.language)
      for remark in page.remarks { Terminal.note(remark(in: speech.language)) }
      return page
    } catch let error as PlaygroundPageError {
      let isInALine = error.description.hasPrefix("line ")
      throw Failure("\(TextFile.inputName(data))\(isInALine ? "," : ":") \(error)")
    }
  }
}
