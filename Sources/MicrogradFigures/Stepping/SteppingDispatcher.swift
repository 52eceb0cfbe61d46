import MicrogradEngine
import MicrogradGraph
import MicrogradJSON
import MicrogradLanguage

/// Answers the requests of the part of a page in which a reader steps through graphs.
///
/// A request is an object whose member `do` names the action, and `graph` the graph, by the number that opening it gave:
/// - `graph.open`, with a `description` (``GraphDescription``), a `language`, and, where they are given, `open`, a list of
///   groups; `at`, an object of a `node` and a `direction`; and `widths`, an object of `characters`, a text, and of two
///   lists of numbers, `normal` and `bold`, the widths of these characters in pixels;
/// - `graph.go`, with the step `to` go to;
/// - `graph.toggle`, with a `group`; `graph.setAll`, with `open`, true or false;
/// - `graph.speak`, with a `language`;
/// - `graph.edit`, with a `leaf` and its `number`; `graph.reset`;
/// - `graph.texts`, with `boxes`, a list of indices;
/// - `graph.close`.
///
/// `SteppingAnswer.swift` says what the answers contain.
package final class SteppingDispatcher {
  private var sessions: [Int: SteppingSession] = [:]
  private var opened = 0

  package init() {}

  /// Returns the answer; nil for a request that is not about a graph.
  package func answer(_ request: JSON) -> Reply? {
    guard let action = request["do"]?.text, action.hasPrefix("graph.") else { return nil }
    do {
      return try action == "graph.open" ? open(request) : answer(request, action)
    } catch {
      return Reply(error: error.words)
    }
  }

  private func open(_ request: JSON) throws(SteppingError) -> Reply {
    let description = try GraphDescription(request["description"] ?? .null)
    let open = request["open"]?.array.map { Set($0.compactMap { $0.integer }) }
    let session = SteppingSession(
      description, in: try language(request), open: open, measured: try measured(request["widths"]))
    if let place = request["at"] {
      guard let node = place["node"]?.integer, session.graph.nodes.indices.contains(node) else {
        throw .place("node")
      }
      session.go(to: node, place["direction"]?.text == "backward" ? .backward : .forward)
    }
    opened += 1
    sessions[opened] = session
    return SteppingAnswer(session).picture([
      ("graph", .integer(opened)), ("title", .text(description.title)),
      ("groups", .integer(session.outline.groups.count)),
    ])
  }

  private func answer(_ request: JSON, _ action: String) throws(SteppingError) -> Reply {
    guard let graph = request["graph"]?.integer, let session = sessions[graph] else { throw .place("graph") }
    if action == "graph.texts" {
      return SteppingAnswer(session).texts(request["boxes"]?.array?.compactMap { $0.integer } ?? [])
    }
    if action == "graph.close" {
      sessions[graph] = nil
      return Reply(.object([]))
    }
    switch action {
    case "graph.go":
      guard let step = request["to"]?.integer else { throw .place("to") }
      session.go(to: step)
      return SteppingAnswer(session).moment
    case "graph.edit":
      guard let leaf = request["leaf"]?.integer, session.graph.nodes.indices.contains(leaf),
        session.graph.nodes[leaf].isLeaf
      else { throw .place("leaf") }
      guard let number = request["number"]?.number else { throw .place("number") }
      session.edit(leaf, number)
      return SteppingAnswer(session).moment
    case "graph.reset":
      session.reset()
      return SteppingAnswer(session).picture()
    case "graph.toggle":
      guard let group = request["group"]?.integer, session.outline.groups.indices.contains(group) else {
        throw .place("group")
      }
      session.toggle(group)
      return SteppingAnswer(session).picture()
    case "graph.setAll":
      session.setOpen(Self.isTrue(request["open"]) ? Set(session.outline.groups.indices) : [])
      return SteppingAnswer(session).picture()
    case "graph.speak":
      session.speak(try language(request))
      return SteppingAnswer(session).picture()
    default: throw .place("do")
    }
  }

  private func measured(_ json: JSON?) throws(SteppingError) -> [Unicode.Scalar: BoxSizes.MeasuredWidth] {
    guard let json else { return [:] }
    guard let text = json["characters"]?.text, let normal = json["normal"]?.array, let bold = json["bold"]?.array
    else { throw .place("widths") }
    var widths: [Unicode.Scalar: BoxSizes.MeasuredWidth] = [:]
    for (scalar, pair) in zip(text.unicodeScalars, zip(normal, bold)) {
      guard let normal = pair.0.number, let bold = pair.1.number, normal >= 0, bold >= 0 else {
        throw .place("widths")
      }
      widths[scalar] = .init(normal: normal, bold: bold)
    }
    return widths
  }

  private static func isTrue(_ json: JSON?) -> Bool { if case .boolean(true) = json { true } else { false } }

  private func language(_ request: JSON) throws(SteppingError) -> Language {
    guard let language = request["language"]?.text.flatMap({ Language(rawValue: $0) }) else {
      throw .place("language")
    }
    return language
  }
}
