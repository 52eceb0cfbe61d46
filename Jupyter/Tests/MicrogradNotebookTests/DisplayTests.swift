import Micrograd
import MicrogradNotebook
import Notebook
import NotebookChannel
import Testing

@Suite struct DisplayTests {
  @Test func valuesShowTheirGraphs() {
    let value = (Value(2) * 3).tanh()
    #expect(value.representations[.svg]?.hasPrefix("<svg") == true)
    #expect(value.representations[.plainText] == value.description)
    #expect(Value(2).representations[.svg] == nil)
    #expect((0..<200).map { Value(Double($0)) }.sum().representations[.svg] == nil)
  }

  @Test func modelsShowTheirParts() {
    let model = MLP(2, [3, 1], seed: 42)
    #expect(model.representations[.html]?.contains("<td>3</td>") == true)
    #expect(model.representations[.plainText] == model.description)
    #expect(model.layers[0].representations[.html]?.contains("ReLU") == true)
    #expect(model.layers[0].neurons[0].representations[.html]?.contains("<th>grad</th>") == true)
  }

  @Test func dataAndFiguresShowThemselves() {
    let data = makeMoons(samples: 30, noise: 0, seed: 1)
    #expect(data.representations[.svg]?.hasPrefix("<svg") == true)
    #expect(Plot.scatter(data, title: "Moons").representations[.plainText] == "Plot: Moons")
    let table = Table(columnNames: ["a<b", "c"], rows: (0..<30).map { [Double($0), 0] })
    let html = table.representations[.html] ?? ""
    #expect(html.contains("a&lt;b") && html.contains("30 rows") && !html.contains("<td>25.0</td>"))
  }

  @Test func bytesAreSentInBase64() {
    // Source: RFC 4648, section 10.
    for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
      #expect(Image(text.utf8).representations[.png] == code)
    }
  }
}

@Suite struct ChannelTests {
  @Test(
    arguments: [
      .display(.result, id: nil, ["text/plain": "a", "image/png": ""]), .display(.update, id: "x", [:]),
      .clear(wait: true), .input, .finished(declared: 3), .failed(type: "E", message: "é", declared: 0),
    ] as [WorkerEvent])
  func eventsComeBack(event: WorkerEvent) { #expect(WorkerEvent(fields: event.fields) == event) }

  @Test(
    arguments: [.run(library: "/a b", entry: "e"), .interrupt, .input(nil), .input(""), .shown] as [WorkerCommand])
  func commandsComeBack(command: WorkerCommand) { #expect(WorkerCommand(fields: command.fields) == command) }

  @Test(arguments: [[], ["display"], ["display", "other", ""], ["run", "x"], ["nonsense"]] as [[String]])
  func othersAreRefused(fields: [String]) {
    #expect(WorkerEvent(fields: fields) == nil)
    #expect(WorkerCommand(fields: fields) == nil)
  }
}
