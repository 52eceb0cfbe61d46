import Testing

@testable import MicrogradData

@Suite struct PipelineTests {
  private let table = Table([
    .init("size", numbers: [1, 2, .nan, 5, 4, 3]),
    .init("colour", texts: ["red", "", "blue", "red", "Ähre", "blue"]),
    .init("constant", numbers: [7, 7, 7, 7, 7, 7]), .init("kind", texts: ["b", "a", "b", "a", "b", "a"]),
  ])

  @Test func learnsFromTheRows() throws {
    let pipeline = try Pipeline(learning: table, target: "kind")
    #expect(
      pipeline.features == [
        .init(name: "size", encoding: .standardized(mean: 3, deviation: 2.0.squareRoot())),
        .init(name: "colour", encoding: .oneHot(["", "blue", "red", "Ähre"])),
        .init(name: "constant", encoding: .standardized(mean: 7, deviation: 1)),
      ], "got \(pipeline.features)")
    #expect(pipeline.target == .init(name: "kind", encoding: .classes(["a", "b"])))
    #expect(pipeline.inputCount == 6 && pipeline.target.width == 1)
    #expect(try Pipeline(learning: table, target: "kind", excluding: ["size", "constant"]).features.count == 1)
  }

  @Test func encodesOtherRows() throws {
    let pipeline = try Pipeline(learning: table, target: "kind")
    let rows = Table([
      .init("kind", texts: ["a", "b", "a"]), .init("colour", texts: ["green", "", "red"]),
      .init("constant", numbers: [7, 8, .nan]), .init("other", texts: ["?", "?", "?"]),
      .init("size", numbers: [.nan, 3, 5]),
    ])
    let expected = [[0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 1], [2 / 2.0.squareRoot(), 0, 0, 1, 0, 0]]
    #expect(try pipeline.inputs(of: rows) == expected)
    #expect(try pipeline.labels(of: rows) == [0, 1, 0])
  }

  /// Texts are classes; so are whole numbers, if they are few and repeat.
  @Test func kindsOfProblems() throws {
    func target(_ column: Table.Column, _ problem: Pipeline.Problem? = nil) throws -> Pipeline.Target.Encoding {
      let x = Table.Column("x", numbers: (0..<column.count).map { Double($0) })
      return try Pipeline(learning: Table([x, column]), target: column.name, problem: problem).target.encoding
    }
    let numbers = Table.Column("y", numbers: [10, 2, 2, 10, -1, -1])
    #expect(try target(numbers) == .classes(["-1", "2", "10"]))
    #expect(try target(numbers, .regression) == .standardized(mean: 22 / 6, deviation: 4.642796092394707))
    #expect(try target(.init("y", numbers: [0.5, 1, 0.5, 1]), .classification) == .classes(["0.5", "1"]))
    for numbers in [[0.5, 1, 0.5, 1], [1, 2, 3, 4], (0..<100).map { Double($0 % 21) }] {
      guard case .standardized = try target(.init("y", numbers: numbers)) else {
        Issue.record("\(numbers) should be predicted as numbers")
        continue
      }
    }
    #expect(try target(.init("y", numbers: (0..<100).map { Double($0 % 20) })) == .classes((0..<20).map { "\($0)" }))
    #expect(try target(.init("y", texts: ["b", "Z", "10", "9"])) == .classes(["10", "9", "Z", "b"]))
  }

  /// `StandardScaler().fit(…)` of scikit-learn 1.9.1 says `scale_` 1 for the nearly constant one.
  @Test func awkwardNumbers() throws {
    func encoding(_ numbers: [Double]) throws -> Pipeline.Feature.Encoding {
      let table = Table([
        .init("x", numbers: numbers), .init("y", texts: ["a", "b"] + numbers.dropFirst(2).map { _ in "a" }),
      ])
      return try Pipeline(learning: table, target: "y").features[0].encoding
    }
    let tenths = Array(repeating: 0.1, count: 11)
    guard case .standardized(_, 1) = try encoding(tenths) else { Issue.record("\(try encoding(tenths))"); return }
    #expect(try encoding([.nan, .nan]) == .standardized(mean: 0, deviation: 1))
    #expect(try encoding([0, 0]) == .standardized(mean: 0, deviation: 1))
    let largest = Double.greatestFiniteMagnitude
    #expect(try encoding([largest, -largest]) == .standardized(mean: 0, deviation: largest))
    let smallest = Double.leastNonzeroMagnitude
    #expect(try encoding([smallest, 3 * smallest]) == .standardized(mean: 2 * smallest, deviation: smallest))
  }

  @Test func whatCannotBeLearnt() throws {
    func error(_ csv: String, target: String = "y", problem: Pipeline.Problem? = nil) throws -> String {
      let table = try Table(csv: csv)
      return
        "\(try #require(throws: CSVError.self) { try Pipeline(learning: table, target: target, problem: problem) })"
    }
    #expect(
      try error("x,y\n1,a\n2,a\n")
        == "line 1, column 2 (\"y\"): all rows to learn from have the same target, \"a\", so there is nothing to learn; "
        + "add rows with another one")
    #expect(
      try error("x,y\n1,2.5\n2,2.5\n").hasPrefix(
        "line 1, column 2 (\"y\"): all rows to learn from have the same target, \"2.5\""))
    #expect(
      try error("x,y\n1,a\n2,\n3,b\n")
        == "line 3, column 2 (\"y\"): the target is missing; fill it in, or remove the line")
    #expect(try error("x,y\n1,0.5\n2,\n3,0.7\n").hasPrefix("line 3, column 2 (\"y\"): the target is missing"))
    #expect(try error("x,y\ninf,a\n2,b\n").hasPrefix("line 2, column 1 (\"x\"): inf is not a finite number"))
    #expect(try error("x,y\n1,inf\n2,3\n").hasPrefix("line 2, column 2 (\"y\"): inf is not a finite number"))
    #expect(
      try error("x,y\n1,a\n2,b\n", problem: .regression).hasPrefix("line 2, column 2 (\"y\"): \"a\" is not a number"))
    #expect(try error("y\na\nb\n").hasPrefix("line 1: the only column is \"y\""))
    #expect(try error("x,y\n").hasPrefix("line 2: there are no rows"))
    #expect(try error("x,z\n1,2\n").hasPrefix("line 1: there is no column \"y\""))
    let names = "x,y\n" + (0..<20).map { "name \($0),\($0 % 2)\n" }.joined()
    #expect(
      try error(names)
        == "line 1, column 1 (\"x\"): 20 different texts are too many for categories; leave the column out, "
        + "or write numbers in it")
    let many = "x,y\n" + (0..<2002).map { "name \($0 % 1001),\($0 % 2)\n" }.joined()
    #expect(try error(many).hasPrefix("line 1, column 1 (\"x\"): 1,001 different texts are too many"))
  }

  @Test func rowsThatDoNotFit() throws {
    let pipeline = try Pipeline(learning: table, target: "kind")
    func error(_ csv: String) throws -> String {
      let table = try Table(csv: csv)
      return
        "\(try #require(throws: CSVError.self) { _ = (try pipeline.inputs(of: table), try pipeline.labels(of: table)) })"
    }
    #expect(
      try error("colour,constant\nred,7\n").hasPrefix(
        "line 1: there is no column \"size\", only \"colour\", \"constant\""))
    #expect(
      try error("size,colour,constant,kind\n1,red,7,a\nlarge,red,7,b\n").hasPrefix(
        "line 3, column 1 (\"size\"): \"large\" is not a number"))
    #expect(try error("size,colour,constant,kind\n-inf,red,7,a\n").hasPrefix("line 2, column 1 (\"size\"): -inf"))
    #expect(
      try error("size,colour,constant,kind\n1,red,7,c\n")
        == "line 2, column 4 (\"kind\"): \"c\" is none of the classes that the model knows, \"a\", \"b\"")
  }
}
