import MicrogradJSON
import Testing

@testable import MicrogradPlayground

struct DiagnosisTests {
  private func run(_ settings: JSON, _ steps: Int) throws -> (dispatcher: PlaygroundDispatcher, state: JSON) {
    let dispatcher = PlaygroundDispatcher()
    let opened = dispatcher.answer(.object([("do", .text("open")), ("settings", settings)])).json
    try #require(opened["error"] == nil, "got \(opened.description)")
    return (dispatcher, try dispatcher.get("{\"do\": \"train\", \"steps\": \(steps)}").json)
  }

  private func warnings(_ state: JSON) -> [JSON] { state["warnings"]?.array ?? [] }

  private func first(_ kind: String, _ state: JSON) throws -> JSON {
    try #require(warnings(state).first { $0["kind"]?.text == kind }, "no \(kind) in \(state.description)")
  }

  @Test(
    "A warning's remedy mends what it warns of, and the loss becomes smaller",
    arguments: [
      (
        "nan", 200,
        #"{"task": "regression", "data": {"kind": "waves"}, "optimizer": {"learningRate": 50}, "network": {"layers": [{"neurons": 8, "activation": "relu"}]}}"#
      ),
      (
        "exploding", 6,
        #"{"task": "regression", "data": {"kind": "plane"}, "optimizer": {"learningRate": 3}, "network": {"layers": [{"neurons": 4, "activation": "linear"}]}, "batch": 0}"#
      ),
      (
        "diverging", 10,
        #"{"data": {"kind": "xor"}, "optimizer": {"learningRate": 20}, "network": {"layers": [{"activation": "softsign"}]}}"#
      ),
      (
        "symmetric", 50,
        #"{"data": {"kind": "xor"}, "network": {"layers": [{"neurons": 4}], "initialization": "equal"}}"#
      ),
      (
        "deadReLU", 100,
        #"{"data": {"kind": "circles"}, "network": {"layers": [{"neurons": 4, "activation": "relu"}], "seed": 3}, "optimizer": {"learningRate": 3}}"#
      ),
      (
        "saturated", 100,
        #"{"data": {"kind": "circles"}, "network": {"layers": [{"neurons": 8, "activation": "tanh"}]}, "optimizer": {"learningRate": 30}}"#
      ),
    ])
  func remedies(_ kind: String, _ steps: Int, _ settings: String) throws {
    let settings = try JSON(parsing: settings), sick = try run(settings, steps)
    let warning = try first(kind, sick.state)
    for language in ["en", "fr"] {
      #expect(warning["text"]?[language]?.text?.isEmpty == false, "\(kind) in \(language)")
      #expect(warning["remedy"]?["text"]?[language]?.text?.isEmpty == false, "the remedy of \(kind) in \(language)")
    }
    let since = try #require(warning["since"]?.integer)
    #expect((0...steps).contains(since), "\(kind) since \(since)")

    var remedy = settings.merged(try #require(warning["remedy"]?["settings"]))
    var mended = try run(remedy, steps).state
    // A remedy may have to be taken twice, as a reader would.
    if let next = warnings(mended).first(where: { $0["kind"]?.text == kind }) {
      remedy = remedy.merged(try #require(next["remedy"]?["settings"]))
      mended = try run(remedy, steps).state
    }
    #expect(!warnings(mended).contains { $0["kind"]?.text == kind }, "\(kind) remains: \(mended.description)")
    let number = sick.state["loss"]?["train"]?.number ?? .infinity, before = number.isFinite ? number : .infinity
    let after = try #require(mended["loss"]?["train"]?.number)
    #expect(after < before || (kind == "deadReLU" && after < 1), "\(kind): the loss goes from \(before) to \(after)")
  }

  @Test("A number that is not finite is named by operation, neuron, sample and step, from that step on")
  func nan() throws {
    let (dispatcher, state) = try run(
      try JSON(
        parsing:
          #"{"task": "regression", "data": {"kind": "waves"}, "optimizer": {"learningRate": 50}, "network": {"layers": [{"neurons": 8, "activation": "relu"}]}}"#
      ),
      200)
    let warning = try first("nan", state), since = try #require(warning["since"]?.integer)
    #expect(warnings(state).count == 1, "got \(warnings(state))")
    #expect(
      warning["operation"]?.text?.isEmpty == false && warning["sample"]?.integer != nil, "got \(warning.description)")
    let before = try dispatcher.get("{\"do\": \"seek\", \"step\": \(since - 1)}").json
    #expect(!warnings(before).contains { $0["kind"]?.text == "nan" }, "got \(before.description)")
    let then = try dispatcher.get("{\"do\": \"seek\", \"step\": \(since)}").json
    #expect(try first("nan", then)["since"]?.integer == since)
    let text = try #require(warning["text"]?["en"]?.text)
    #expect(text.hasPrefix("Since step \(since), "), "got \(text)")
  }

  @Test("Where each sample's loss is finite, and their sum is not, the addition is named")
  func sumOfBatch() throws {
    let (_, state) = try run(
      try JSON(
        parsing:
          #"{"task": "regression", "data": {"kind": "plane"}, "optimizer": {"learningRate": 100}, "network": {"layers": [{"neurons": 4, "activation": "relu"}]}, "batch": 0}"#
      ),
      200)
    let warning = try first("nan", state), since = try #require(warning["since"]?.integer)
    #expect(warning["operation"]?.text == "+" && warning["sample"] == nil, "got \(warning.description)")
    let english =
      "Since step \(since), numbers are not finite: a sum gave the first one, in the loss of the whole batch."
    let french =
      "Depuis le pas \(since), des nombres ne sont plus finis : une somme a donné le premier, dans la perte du lot entier."
    #expect(warning["text"]?["en"]?.text == english)
    #expect(warning["text"]?["fr"]?.text == french)
  }

  @Test("A dead ReLU is dead for every sample, since the step that is told")
  func deadReLU() throws {
    // With all weights positive and a bias that cannot move it, a neuron that is closed on the whole square.
    let settings = try JSON(
      parsing:
        #"{"data": {"kind": "points", "points": [[-1, -1, 0], [-2, -1, 1]], "test": 0}, "network": {"layers": [{"neurons": 2, "activation": "relu"}], "initialization": "equal"}}"#
    )
    let (dispatcher, state) = try run(settings, 0)
    let dead = warnings(state).filter { $0["kind"]?.text == "deadReLU" }
    #expect(dead.map { $0["neuron"]?.integer } == [0, 1] && dead.allSatisfy { $0["layer"]?.integer == 0 })
    let later = try dispatcher.get(#"{"do": "train", "steps": 40}"#).json
    #expect(try first("deadReLU", later)["since"]?.integer == 0)
    let parameters = try dispatcher.parameters
    #expect(parameters[0...1] == [0.5, 0.5], "the weights of a dead neuron have moved: \(parameters)")
  }

  @Test("A warning is told since the points in a row at which it applied, and not since earlier ones")
  func warningLog() {
    var log = WarningLog()
    for step in stride(from: 0, through: 40, by: 8) {
      log.note([0, 8, 24, 32].contains(step) ? ["a"] : [], at: step)
    }
    for (step, point, since) in [
      (0, 0, 0), (8, 8, 0), (12, 8, 0), (16, 16, 16), (20, 16, 20), (24, 24, 24), (35, 32, 24), (43, 40, 43),
    ] {
      let got = log.since("a", at: step, point: point)
      #expect(got == since, "step \(step): got since \(got), expected \(since)")
    }
  }

  @Test("Parameters have exploded since one step, whichever is the largest; a loss of nan is named at once")
  func exploding() throws {
    let settings = try JSON(
      parsing:
        #"{"task": "regression", "data": {"kind": "plane"}, "optimizer": {"learningRate": 3}, "network": {"layers": [{"neurons": 4, "activation": "linear"}]}, "batch": 0}"#
    )
    let (dispatcher, _) = try run(settings, 0)
    var seen: [String] = [], neurons: Set<Int> = []
    for _ in 0..<9 {
      let state = try dispatcher.get(#"{"do": "train", "steps": 1}"#).json
      let warning = warnings(state).first
      if warning?["kind"]?.text == "exploding" { neurons.insert(warning?["neuron"]?.integer ?? -1) }
      seen.append("\(warning?["kind"]?.text ?? "none") \(warning?["since"]?.integer ?? -1)")
      let isFinite = state["loss"]?["train"]?.number?.isFinite == true
      #expect(isFinite == (warning?["kind"]?.text != "nan"), "got \(state.description)")
    }
    #expect(neurons.count > 1, "the largest parameter is not always in the same neuron: \(neurons)")
    #expect(Set(seen.filter { $0.hasPrefix("exploding") }).count == 1, "got \(seen)")
    for (index, expected) in seen.enumerated() {
      let warning = warnings(try dispatcher.get("{\"do\": \"seek\", \"step\": \(index + 1)}").json).first
      let got = "\(warning?["kind"]?.text ?? "none") \(warning?["since"]?.integer ?? -1)"
      #expect(got == expected, "step \(index + 1) again")
    }
  }

  @Test("A network that learns well has no warnings", arguments: ["moons", "circles", "blobs"])
  func healthy(_ kind: String) throws {
    let settings = try JSON(
      parsing: "{\"data\": {\"kind\": \"\(kind)\"}, \"network\": {\"layers\": [{\"neurons\": 8}]}}")
    for steps in [0, 1, 10, 100, 1000] {
      let (_, state) = try run(settings, steps)
      #expect(warnings(state).isEmpty, "\(kind), step \(steps): \(warnings(state).map { $0.description })")
    }
  }
}
