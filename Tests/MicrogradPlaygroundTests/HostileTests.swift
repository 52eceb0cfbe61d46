import MicrogradFigures
import MicrogradJSON
import MicrogradPlayground
import MicrogradTestSupport
import Testing

struct HostileTests {
  private static let actions = [
    "describe", "open", "csv", "train", "seek", "surface", "parameters", "curves", "plane", "why", "compare",
    "history",
    "formula", "export", "dance", "",
  ]
  private static let names = [
    "steps", "step", "size", "neurons", "bounds", "seed", "span", "target", "over", "losses", "text", "settings",
    "kind",
    "layer", "neuron", "input", "sample", "x", "y", "task", "data", "points", "network", "layers", "batch", "format",
    "digits",
  ]

  /// Any value: mostly of the kinds that requests have.
  private func value(_ random: inout RandomSettings, depth: Int = 0) -> JSON {
    switch random.whole(0...(depth > 3 ? 5 : 9)) {
    case 0: return .null
    case 1: return .boolean(random.pick([true, false]))
    case 2: return .integer(random.pick([-1, 0, 1, 2, 7, 1_000_000, .max, .min]))
    case 3: return .number(random.pick([0.5, -0.0, 1e300, -1e-300, 3.0, 1e9]))
    case 4: return .text(random.pick(Self.names + ["weight", "bias", "batch", "moons", "a,b\n1,2\n", "\u{0}é€😀"]))
    case 5: return .array([])
    case 6, 7:
      var elements: [JSON] = []
      for _ in 0..<random.whole(0...3) { elements.append(value(&random, depth: depth + 1)) }
      return .array(elements)
    default: return .object(members(&random, depth: depth + 1))
    }
  }

  private func members(_ random: inout RandomSettings, depth: Int) -> [(String, JSON)] {
    var members: [(String, JSON)] = []
    for _ in 0..<random.whole(0...4) {
      let name = random.pick(Self.names)
      if !members.contains(where: { $0.0 == name }) { members.append((name, value(&random, depth: depth))) }
    }
    return members
  }

  @Test("No request traps: there is an answer, or an error in both languages")
  func requests() {
    let seed = newSeed()
    var random = RandomSettings(seed: seed), dispatcher = PlaygroundDispatcher()
    for round in 0..<600 {
      if round % 30 == 0 {
        dispatcher = PlaygroundDispatcher()
        _ = dispatcher.answer(.object([("do", .text("open")), ("settings", random.next())]))
      }
      let request: JSON =
        random.whole(0...20) == 0
        ? value(&random) : .object([("do", .text(random.pick(Self.actions)))] + members(&random, depth: 0))
      let reply = dispatcher.answer(request)
      if let error = reply.json["error"] {
        #expect(
          error["en"]?.text?.isEmpty == false && error["fr"]?.text?.isEmpty == false,
          "seed \(seed): got \(error.description) for \(request.description)")
        #expect(reply.buffers.isEmpty)
      }
    }
  }

  @Test("Random settings open, train, break and are looked at without a trap")
  func settings() throws {
    let seed = newSeed()
    var random = RandomSettings(seed: seed)
    for _ in 0..<60 {
      let settings = random.next(), dispatcher = PlaygroundDispatcher()
      let opened = dispatcher.answer(.object([("do", .text("open")), ("settings", settings)]))
      try #require(opened.json["error"] == nil, "seed \(seed): \(opened.json.description)")
      for request in [
        #"{"do": "train", "steps": 60}"#, #"{"do": "surface", "size": 6, "neurons": true}"#,
        #"{"do": "plane", "size": 3}"#,
        #"{"do": "why", "target": {"kind": "weight"}, "over": "batch"}"#,
        #"{"do": "why", "target": {"kind": "neuron"}, "over": "sample"}"#, #"{"do": "history"}"#,
        #"{"do": "curves"}"#,
      ] {
        let reply = try dispatcher.ask(request)
        #expect(
          reply.json["error"] == nil,
          "seed \(seed), \(request): \(reply.json.description) for \(settings.description)")
        // It can be read as JSON, whatever the numbers have become.
        #expect(throws: Never.self) { try JSON(parsing: reply.json.description) }
      }
    }
  }

  @Test("Before a run is opened, requests about it are errors")
  func closed() throws {
    for action in ["train", "seek", "surface", "parameters", "curves", "plane", "why", "compare", "history"] {
      #expect(try PlaygroundDispatcher().error("{\"do\": \"\(action)\"}").contains("open"))
    }
  }
}
