import MicrogradJSON
import MicrogradPlayground
import MicrogradTestSupport
import Testing

struct PastedTableTests {
  private func read(_ csv: String, target: String? = nil) throws -> JSON {
    let request = JSON.object(
      [("do", .text("csv")), ("text", .text(csv))] + (target.map { [("target", .text($0))] } ?? []))
    return try PlaygroundDispatcher().get(request.description).json
  }

  private func mistake(_ csv: String) throws -> String {
    try PlaygroundDispatcher().error(JSON.object([("do", .text("csv")), ("text", .text(csv))]).description)
  }

  @Test("Columns are standardized, classes have their names, and the settings can be trained with")
  func classes() throws {
    let reply = try read("petal;width;note;species\n1;2;a;setosa\n3;2;b;versicolor\n5;5;a;setosa\n7;5;b;setosa\n")
    #expect(reply["task"]?.text == "classification")
    #expect(reply["table"]?["classes"]?.array?.compactMap { $0.text } == ["setosa", "versicolor"])
    #expect(reply["table"]?["inputs"]?.array?.compactMap { $0.text } == ["petal", "width"])
    #expect(
      reply["remarks"]?.array?.first?["en"]?.text
        == "The inputs are petal and width; these columns are left out: note.")
    let points = try #require(reply["settings"]?["data"]?["points"]?.array).map {
      $0.array?.compactMap { $0.number } ?? []
    }
    expectClose(points[0][0], -3 / 5.0.squareRoot(), "(1 - 4) / √5")
    #expect(points.map { $0[1] } == [-1, -1, 1, 1] && points.map { $0[2] } == [0, 1, 0, 0])
    let dispatcher = PlaygroundDispatcher()
    let opened = dispatcher.answer(.object([("do", .text("open")), ("settings", try #require(reply["settings"]))]))
    #expect(opened.json["error"] == nil, "got \(opened.json.description)")
    _ = try dispatcher.get(#"{"do": "train", "steps": 5}"#)
  }

  @Test("A target of numbers is a regression, of a column by name; one input lies on a line")
  func numbers() throws {
    let reply = try read("y,x\n0.5,1\n0.25,2\n0.125,3\n", target: "y")
    #expect(reply["task"]?.text == "regression" && reply["table"]?["target"]?.text == "y")
    let points = try #require(reply["settings"]?["data"]?["points"]?.array).map {
      $0.array?.compactMap { $0.number } ?? []
    }
    #expect(points.map { $0[1] } == [0, 0, 0])
    expectClose(points.map { $0[2] }.reduce(0, +) + 1, 1, "the mean of standardized targets", tolerance: 1e-12)
  }

  @Test("Of a long table, some rows are drawn")
  func long() throws {
    let reply = try read("a,b,c\n" + (0..<1500).map { "\($0),\($0 % 7),\($0 % 2)\n" }.joined())
    #expect(reply["rows"]?.integer == 1000)
    #expect(reply["remarks"]?.array?.first?["en"]?.text == "1000 of the 1500 rows were drawn at random.")
  }

  @Test(
    "A mistake is told with its place",
    arguments: [
      ("", "line 1"), ("1,2,3\n4,5,6\n", "line 1: the first line must name the columns"),
      ("a,b,c\n1,2\n", "line 2, column 3"),
      ("a,b,c\n1,2,0\n1,inf,1\n1,3,1\n", "line 3, column 2"), ("a,b,c\n1,2,\"0\n", "line 2"),
      ("a,b,c\n1,2,0\n2,3,\n", "line 3, column 3"),
      ("a,b,c\n", "no rows"), ("a\n1\n", "only column"),
      ("a,b,c\nx,y,0\nz,w,1\nx,y,0\nx,y,1\n", "No column beside the target has numbers"),
      ("a,b,c\n1,2,x\n2,3,x\n", "same target"), ("a,b,c\n1,1,p\n1,2,q\n1,3,r\n1,4,s\n1,5,t\n1,6,u\n", "6 classes"),
    ])
  func mistakes(_ csv: String, _ words: String) throws {
    let error = try mistake(csv)
    #expect(error.contains(words), "\(csv): got \(error), expected “\(words)” in it")
  }
}
