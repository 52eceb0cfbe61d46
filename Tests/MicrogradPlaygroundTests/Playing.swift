import Foundation
import MicrogradFigures
import MicrogradJSON
import MicrogradPlayground
import Testing

/// A playground as the page uses it: settings are opened, and requests answered.
struct Playing {
  private let dispatcher = PlaygroundDispatcher()
  let opened: Reply

  init(_ settings: JSON) throws {
    opened = dispatcher.answer(.object([("do", .text("open")), ("settings", settings)]))
    if let error = opened.json["error"] {
      throw Failure(description: "\(error["en"]?.text ?? "") for \(settings.description)")
    }
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  func ask(_ action: String, _ members: [(String, JSON)] = []) throws -> Reply {
    let request = JSON.object([("do", .text(action))] + members), reply = dispatcher.answer(request)
    if let error = reply.json["error"] {
      throw Failure(description: "\(error["en"]?.text ?? "") for \(request.description)")
    }
    return reply
  }

  /// The state after some more steps.
  @discardableResult func train(_ steps: Int) throws -> State {
    State(json: try ask("train", [("steps", .integer(steps))]).json)
  }

  var parameters: [Double] { get throws { try ask("parameters").buffers[0] } }
  var gradients: [Double] { get throws { try ask("parameters").buffers[1] } }

  /// The parameters of each neuron, weights before bias, layer by layer.
  func neurons(_ numbers: [Double]) -> [[[Double]]] {
    var rest = numbers[...]
    return (opened.json["layers"]?.array ?? []).map { layer in
      let width = (layer["inputs"]?.integer ?? 0) + 1
      return (0..<(layer["neurons"]?.integer ?? 0)).map { _ in
        defer { rest = rest.dropFirst(width) }
        return Array(rest.prefix(width))
      }
    }
  }

  struct State {
    let json: JSON
    /// The losses and shares; nan where there is none.
    var loss: Double { number("loss", "train") }
    var testLoss: Double { number("loss", "test") }
    var accuracy: Double { number("accuracy", "train") }
    private func number(_ name: String, _ part: String) -> Double { json[name]?[part]?.number ?? .nan }

    /// The neurons of the first layer that are reported as dead.
    var deadNeurons: [Int] {
      (json["warnings"]?.array ?? []).filter { $0["kind"]?.text == "deadReLU" && $0["layer"]?.integer == 0 }
        .compactMap { $0["neuron"]?.integer }.sorted()
    }
  }
}

/// The files of the page's folder.
enum WebFile {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../Sources/MicrogradPlayground/Web")

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }
  static func json(_ name: String) throws -> JSON { try JSON(parsing: try text(name)) }

  /// Expects that each key has words in both languages.
  static func expectWords(_ keys: [String], in name: String, sourceLocation: SourceLocation = #_sourceLocation) throws
  {
    let words = try text(name)
    for key in keys {
      let count = words.components(separatedBy: "\"\(key)\": ").count - 1
      #expect(
        count == 2, "\(name) has \(key) \(count) times, expected once in each language",
        sourceLocation: sourceLocation)
    }
  }
}

extension JSON {
  /// The settings with those of another tree put in, as the page does it (state.js).
  func merged(_ other: JSON?) -> JSON {
    guard case .object(let additions)? = other, case .object(var members) = self else { return other ?? self }
    for (name, value) in additions {
      if let index = members.firstIndex(where: { $0.0 == name }) {
        members[index].1 = members[index].1.merged(value)
      } else {
        members.append((name, value))
      }
    }
    return .object(members)
  }
}
