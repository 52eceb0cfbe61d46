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
    let attention = AttentionFigure(heads: [[0.25, 0.75]], labels: ["a", "b"], title: "Attention")
    #expect(attention.representations[.svg]?.hasPrefix("<svg") == true)
    let table = Table(columnNames: ["a<b", "c"], rows: (0..<30).map { [Double($0), 0] })
    let html = table.representations[.html] ?? ""
    #expect(html.contains("a&lt;b") && html.contains("<caption>30 ") && !html.contains("<td>25.0</td>"))
  }

  @Test func compiledModelsShowWhatWasFound() throws {
    let data = makeMoons(samples: 30, noise: 0.1, seed: 1), model = MLP(2, [4, 1], seed: 1)
    let losses = data.map { binaryCrossEntropy(logit: model($0.input)[0], target: Double($0.label)) }
    let program = try Program(losses.mean(), parameters: model.parameters)
    #expect(program.representations[.plainText] == program.description)
    let html = program.representations[.html] ?? ""
    #expect(html.contains("× dense 2→4 relu") && html.contains("<details>"), "\(html)")
    let history = try model.fit(
      data.inputs, .labels(data.labels), with: Trainer(loss: .binaryCrossEntropy, epochs: 3))
    #expect(history.representations[.svg]?.hasPrefix("<svg") == true)
    #expect(history.representations[.plainText] == history.description)
  }

  @Test func pagesAreShownInAFrame() {
    let page = GraphPage(((Value(2, label: "\"<&") * 3).tanh()).graph())
    let html = page.representations[.html] ?? ""
    #expect(html.hasPrefix("<iframe ") && html.hasSuffix("></iframe>"))
    #expect(html.count { $0 == "<" } == 2, "the page is escaped as a whole")
    #expect(html.count { $0 == "\"" } == 6, "three attributes")
    #expect(Explanation(page.graph).representations[.plainText] == "Explanation in 4 steps")
  }

  @Test func playgroundsAreShownInAFrame() throws {
    let samples = makeMoons(samples: 30, noise: 0.1, seed: 1)
    for page in [playground(), try playground(samples)] {
      let html = page.representations[.html] ?? ""
      #expect(html.hasPrefix("<iframe sandbox=\"allow-scripts") && html.hasSuffix("></iframe>"))
      #expect(html.count { $0 == "<" } == 2 && html.count { $0 == "\"" } == 6, "the page is escaped as a whole")
      #expect(page.language == language && page.representations[.plainText] == "PlaygroundPage")
    }
    let five = Dataset(inputs: [[0, 0], [1, 1]], labels: [0, 5])
    #expect(throws: PlaygroundPageError.self) { try playground(five) }
  }

  @Test func regionsShowThemselves() {
    let regions = DecisionRegions(of: { x, y in x > y ? 1 : 0 }, x: 0...1, y: 0...1, resolution: 4)
    #expect(regions.representations[.svg]?.hasPrefix("<svg") == true)
    let animation = RegionsAnimation(
      Plot(title: "Moving"), frames: [.init(caption: "1", regions: regions), .init(caption: "2", regions: regions)])
    #expect(animation.representations[.svg]?.hasPrefix("<svg") == true)
    #expect(animation.representations[.plainText] == "RegionsAnimation: Moving")
  }

  /// However wide, nothing is cut at the right edge.
  @Test func picturesFitThePage() throws {
    let data = makeMoons(samples: 30, noise: 0, seed: 1), value = (Value(2) * 3 + 1).tanh()
    let history = try MLP(2, [2, 1], seed: 1).fit(
      data.inputs, .labels(data.labels), with: Trainer(loss: .binaryCrossEntropy, epochs: 3))
    let shown: [any Displayable] = [Plot.scatter(data), data, value, value.graph(), value.figure(), history]
    for thing in shown {
      let svg = thing.representations[.svg] ?? ""
      #expect(
        svg.hasPrefix("<svg style=\"max-width: 100%; height: auto\" xmlns="), "\(type(of: thing)): \(svg.prefix(80))")
    }
  }

  /// In the language of the locale, which a test cannot choose; counts agree with their nouns.
  @Test func wordsAreInTheReadersLanguage() {
    let isFrench = Language.ofLocale == .french
    let one = Table(columnNames: ["a"], rows: [[1]]).representations[.html] ?? ""
    #expect(one.contains(isFrench ? "1 ligne, 1 colonne" : "1 row, 1 column"), "\(one)")
    let data = makeMoons(samples: 30, noise: 0, seed: 1).representations[.svg] ?? ""
    #expect(
      data.contains(isFrench ? "30 échantillons, 2 variables" : "30 samples, 2 features"), "\(data.prefix(300))")
    let layer = MLP(2, [3, 1], seed: 42).layers[0].representations[.html] ?? ""
    #expect(
      layer.contains(isFrench ? "9 paramètres" : "9 parameters") && layer.contains(isFrench ? "poids" : "weights"))
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
      .notLoaded("x"),
    ] as [WorkerEvent])
  func eventsComeBack(event: WorkerEvent) { #expect(WorkerEvent(fields: event.fields) == event) }

  @Test(
    arguments: [.run(library: "/a b", entry: "e", isInterrupted: true), .interrupt, .input(nil), .input(""), .shown]
      as [WorkerCommand])
  func commandsComeBack(command: WorkerCommand) { #expect(WorkerCommand(fields: command.fields) == command) }

  @Test(arguments: [[], ["display"], ["display", "other", ""], ["run", "x"], ["nonsense"]] as [[String]])
  func othersAreRefused(fields: [String]) {
    #expect(WorkerEvent(fields: fields) == nil)
    #expect(WorkerCommand(fields: fields) == nil)
  }
}
