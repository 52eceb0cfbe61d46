import MicrogradData
import MicrogradEngine
import MicrogradFormula
import MicrogradJSON
import MicrogradModels
import MicrogradNetworks
import MicrogradPlayground
import MicrogradTestSupport
import Testing

/// The exports of a network that was trained with a pasted table take the rows of the table as they are.
@Suite struct TableExportTests {
  private static let two =
    "petal length,petal width,species\n1.4,0.2,setosa\n4.7,1.4,versicolor\n1.3,0.3,setosa\n6,2.5,versicolor\n"
  private static let three = "a;b;c\n-100;0,5;red\n300;2,5;green\n150;1,5;blue\n20;0;red\n"
  private static let number = "rooms,area,price\n2,51,150000\n3,78.5,270000\n5,120,395000\n1,30,99000\n"
  private static let narrow = "dose,cured\n1,no\n20,yes\n3,no\n12,yes\n"
  private static let line = "x,y\n10,1.5\n20,2.25\n30,3.5\n"

  /// A session that was trained with a table, and the answer about the table.
  private func trained(_ csv: String) throws -> (dispatcher: PlaygroundDispatcher, answer: JSON) {
    let dispatcher = PlaygroundDispatcher()
    let answer = dispatcher.answer(.object([("do", .text("csv")), ("text", .text(csv))])).json
    let settings = try #require(answer["settings"], "\(csv): got \(answer.description)")
    let opened = dispatcher.answer(.object([("do", .text("open")), ("settings", settings)]))
    try #require(opened.json["error"] == nil, "\(csv): got \(opened.json.description)")
    _ = try dispatcher.get(#"{"do": "train", "steps": 30}"#)
    return (dispatcher, answer)
  }

  private func points(_ answer: JSON) throws -> [[Double]] {
    try #require(answer["settings"]?["data"]?["points"]?.array).map { $0.array?.compactMap { $0.number } ?? [] }
  }

  @Test("Predictions of raw rows are those of the session", arguments: [two, three, number, narrow, line])
  func predictions(_ csv: String) throws {
    let (dispatcher, answer) = try trained(csv), session = try #require(dispatcher.session)
    let model = try session.tabularModel(of: answer["table"]), network = model.network()
    let table = try Table(csv: csv, format: Table.Format(delimiter: nil)), points = try points(answer)
    let inputs = try model.pipeline.inputs(of: table)
    for (row, point) in points.enumerated() {
      let expected = session.model(Array(point.prefix(2))).map(\.data), got = network(inputs[row]).map(\.data)
      #expect(got.count == expected.count)
      for (got, expected) in zip(got, expected) { expectClose(got, expected, "row \(row) of \(csv)") }
      guard case .number(let mean, let deviation) = model.output else {
        let label = try model.pipeline.labels(of: table)[row]
        #expect(label == Int(point[2]), "row \(row) of \(csv)")
        continue
      }
      expectClose(
        try model.pipeline.targetNumbers(of: table)[row], mean + deviation * point[2], "the target of row \(row)")
    }
  }

  @Test("Formulas are in the columns and the unit of the table")
  func formulas() throws {
    let (dispatcher, answer) = try trained(Self.number), session = try #require(dispatcher.session)
    let table = try #require(answer["table"])
    let reply = dispatcher.answer(.object([("do", .text("formula")), ("digits", .integer(17)), ("table", table)]))
    var values = ["rooms": Value(3), "area": Value(78.5)]
    for line in try #require(reply.json["lines"]?.array, "got \(reply.json.description)") {
      let name = try #require(line["name"]?.text), text = try #require(line["text"]?.text)
      values[name] = try Formula(text)(values)
    }
    let deviations = try #require(table["deviations"]?.array).compactMap { $0.number }
    let means = try #require(table["means"]?.array).compactMap { $0.number }
    let output = session.model(Array(try points(answer)[1].prefix(2)))[0].data
    expectClose(values["price"]?.data ?? .nan, means[2] + deviations[2] * output, "the price by formulas")
  }

  @Test("Files have the names of the table, and are those of its model")
  func files() throws {
    let (dispatcher, answer) = try trained(Self.two), table = try #require(answer["table"])
    for format in PlaygroundFormat.allCases {
      let request = JSON.object([("do", .text("export")), ("format", .text(format.rawValue)), ("table", table)])
      let reply = dispatcher.answer(request)
      let bytes = reply.json["text"]?.text.map { Array($0.utf8) } ?? reply.buffers.first?.map { UInt8($0) } ?? []
      let text = String(decoding: bytes, as: UTF8.self)
      for name in ["petal length", "petal width", "species", "versicolor"] {
        #expect(text.contains(name), "\(format): “\(name)” is missing")
      }
    }
  }

  @Test("Without its names, which a link may leave out, scales are those of the table")
  func scalesAlone() throws {
    let (dispatcher, answer) = try trained(Self.number), session = try #require(dispatcher.session)
    let table = try #require(answer["table"]), whole = try session.tabularModel(of: table)
    let scales = JSON.object(["means", "deviations"].map { ($0, table[$0] ?? .null) })
    let model = try session.tabularModel(of: scales)
    #expect(model.pipeline.features.map(\.name) == ["x1", "x2"] && model.pipeline.target.name == "target")
    #expect(model.pipeline.features.map(\.encoding) == whole.pipeline.features.map(\.encoding))
    #expect(model.pipeline.target.encoding == whole.pipeline.target.encoding)
  }

  @Test("A point that is drawn beside a table's may have another class, and a second input")
  func drawnPoints() throws {
    let dispatcher = PlaygroundDispatcher()
    _ = try dispatcher.get(
      #"{"do": "open", "settings": {"data": {"kind": "points", "classes": 3, "points": [[0, 0, 0], [1, 0, 1], [0, 1, 2]], "test": 0}}}"#
    )
    let table = try JSON(
      parsing: #"{"inputs": ["x2"], "target": "y", "classes": ["1", "2"], "means": [5], "deviations": [2]}"#)
    let pipeline = try #require(dispatcher.session).tabularModel(of: table).pipeline
    #expect(pipeline.features.map(\.name) == ["x2", "x2_"])
    #expect(pipeline.target.encoding == .classes(["1", "2", "2_"]))
  }

  @Test(
    "Columns that make no sense are an error",
    arguments: [
      (#"[]"#, "object"), (#"{"mean": [1, 2]}"#, "table.mean"), (#"{"means": 1}"#, "table.means"),
      (#"{"means": [1, null]}"#, "table.means"), (#"{"means": []}"#, "one or two inputs"),
      (#"{"means": [1, 2, 3]}"#, "one or two inputs"), (#"{"inputs": ["a"], "means": [1, 2]}"#, "one or two inputs"),
      (#"{"deviations": [1]}"#, "mean and a deviation"), (#"{"deviations": [1, 0]}"#, "larger than 0"),
      (#"{"inputs": ["a", "a"]}"#, "another name"), (#"{"inputs": ["a", "b"], "target": "a"}"#, "another name"),
      (#"{"classes": ["a", "a"]}"#, "another name"), (#"{"classes": "ab"}"#, "table.classes"),
    ])
  func mistakes(_ table: String, _ words: String) throws {
    let dispatcher = try trained(Self.two).dispatcher
    for request in [#""do": "export""#, #""do": "formula""#] {
      let error = try dispatcher.error("{\(request), \"table\": \(table)}")
      #expect(error.contains(words), "\(table): got \(error), expected “\(words)” in it")
    }
  }
}
