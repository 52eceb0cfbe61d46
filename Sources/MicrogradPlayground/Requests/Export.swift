import MicrogradExport
import MicrogradFigures
import MicrogradJSON

extension PlaygroundDispatcher {
  /// The network as a file: a text, or the bytes as numbers.
  func export(_ request: Request) throws(PlaygroundError) -> Reply {
    let session = try opened()
    let name = try request.choice("format", PlaygroundFormat.allCases.map { $0.rawValue })
    let format = PlaygroundFormat(rawValue: name)!
    let members: [(String, JSON)] = [("name", .text(format.fileName)), ("type", .text(format.mediaType))]
    switch try session.export(format, of: request["table"]) {
    case .text(let text): return Reply(.object(members + [("text", .text(text))]))
    case .bytes(let bytes): return Reply(.object(members), buffers: [bytes.map { Double($0) }])
    }
  }

  /// The network as formulas with their numbers; 17 digits are all that a number has.
  func formula(_ request: Request) throws(PlaygroundError) -> Reply {
    let digits = try request.whole("digits", 3, in: 1...17)
    let lines = try opened().tabularModel(of: request["table"]).formulas(digits: digits == 17 ? nil : digits)
    return Reply(
      .object([
        ("text", .text(lines.map { "\($0.name) = \($0.text)\n" }.joined())),
        ("lines", .array(lines.map { .object([("name", .text($0.name)), ("text", .text($0.text))]) })),
      ]))
  }
}
