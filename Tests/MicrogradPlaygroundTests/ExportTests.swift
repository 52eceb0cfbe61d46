import MicrogradExport
import MicrogradFormula
import MicrogradEngine
import MicrogradJSON
import MicrogradModels
import MicrogradPlayground
import Testing

@Suite struct ExportTests {
  private static let two =
    #"{"task": "classification", "network": {"layers": [{"neurons": 3, "activation": "gelu"}]}}"#
  private static let five =
    #"{"task": "classification", "data": {"kind": "blobs", "classes": 5}, "network": {"layers": [{"neurons": 2}, {"neurons": 4}]}}"#
  private static let number = #"{"task": "regression", "network": {"layers": []}}"#

  private func trained(_ settings: String) throws -> PlaygroundDispatcher {
    let dispatcher = PlaygroundDispatcher()
    _ = try dispatcher.get(#"{"do": "open", "settings": \#(settings)}"#)
    _ = try dispatcher.get(#"{"do": "train", "steps": 20}"#)
    return dispatcher
  }

  @Test(arguments: [two, five, number]) func filesAreThoseOfTheModel(_ settings: String) throws {
    let dispatcher = try trained(settings), model = try #require(try dispatcher.session?.tabularModel())
    #expect(model.layers.flatMap { zip($0.weights, $0.biases).flatMap { $0 + [$1] } } == (try dispatcher.parameters))
    let expected: [PlaygroundFormat: PlaygroundFile] = [
      .swift: .text(model.swift(name: "Network")), .c: .text(model.c(name: "network")),
      .javascript: .text(model.javaScript()), .json: .text(model.json()), .onnx: .bytes(model.onnx()),
      .safetensors: .bytes(model.safetensors()),
    ]
    for format in PlaygroundFormat.allCases {
      let reply = try dispatcher.get(#"{"do": "export", "format": "\#(format.rawValue)"}"#)
      let got: PlaygroundFile =
        if let text = reply.json["text"]?.text {
          .text(text)
        } else {
          .bytes(try #require(reply.buffers.first, "\(settings), \(format)").map { UInt8($0) })
        }
      #expect(got == expected[format], "\(settings), \(format)")
      #expect(reply.json["name"]?.text == format.fileName)
    }
  }

  @Test(arguments: [two, five, number]) func formulasComputeTheOutputs(_ settings: String) throws {
    let dispatcher = try trained(settings), network = try #require(dispatcher.session?.model)
    let point = [0.3, -0.7], expected = network(point).map(\.data)
    let reply = try dispatcher.get(#"{"do": "formula", "digits": 17}"#)
    var values = ["x1": Value(point[0]), "x2": Value(point[1])]
    for line in try #require(reply.json["lines"]?.array) {
      let name = try #require(line["name"]?.text), text = try #require(line["text"]?.text)
      values[name] = try Formula(text)(values)
    }
    let got = expected.indices.map { values[expected.count == 1 ? "y" : "y\($0 + 1)"]?.data ?? .nan }
    #expect(zip(got, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(settings): got \(got), expected \(expected)")
  }

  @Test func digitsAreThoseAskedFor() throws {
    let dispatcher = try trained(Self.number)
    let text = try #require(try dispatcher.get(#"{"do": "formula", "digits": 2}"#).json["text"]?.text)
    #expect(text.wholeMatch(of: /y = −?[\d.]{1,6}·x1 [+−] [\d.]{1,6}·x2( [+−] [\d.]{1,6})?\n/) != nil, "got \(text)")
    let error = try dispatcher.error(#"{"do": "formula", "digits": 0}"#)
    #expect(error.contains("digits"), "got \(error)")
  }

  @Test func mistakesAreErrors() throws {
    let error = try PlaygroundDispatcher().error(#"{"do": "export", "format": "swift"}"#)
    #expect(error.contains("open"), "got \(error)")
    let format = try trained(Self.two).error(#"{"do": "export", "format": "word"}"#)
    #expect(format.contains("swift") && format.contains("onnx"), "got \(format)")
  }

  @Test func numbersThatAreNotFiniteAreAnError() throws {
    let dispatcher = try trained(Self.two)
    dispatcher.session?.model.parameters[0].data = .nan
    for request in [#"{"do": "export", "format": "c"}"#, #"{"do": "formula"}"#] {
      let error = try dispatcher.error(request)
      #expect(error.contains("not finite"), "\(request): got \(error)")
    }
  }
}
