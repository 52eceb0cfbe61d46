import MicrogradFigures
import MicrogradJSON
import MicrogradPlayground
import MicrogradTestSupport
import Testing

extension PlaygroundDispatcher {
  /// The answer to a request in JSON.
  func ask(_ request: String) throws -> Reply { answer(try JSON(parsing: request)) }

  /// The answer to a request that must succeed.
  func get(_ request: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Reply {
    let reply = try ask(request)
    try #require(
      reply.json["error"] == nil, "\(request): got \(reply.json.description)", sourceLocation: sourceLocation)
    return reply
  }

  /// The error of a request that must fail, after a look at its French words.
  func error(_ request: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let reply = try ask(request),
      error = try #require(reply.json["error"], "\(request): got \(reply.json.description)")
    let french = error["fr"]?.text ?? "", english = error["en"]?.text ?? ""
    #expect(!french.isEmpty && french != english, "\(request): got \(french)", sourceLocation: sourceLocation)
    return english
  }

  var parameters: [Double] { get throws { try get(#"{"do": "parameters"}"#).buffers[0] } }
  var gradients: [Double] { get throws { try get(#"{"do": "parameters"}"#).buffers[1] } }
}

/// Settings drawn at random, all of which can be opened.
struct RandomSettings {
  private(set) var random: SplitMix

  init(seed: Int) { random = SplitMix(seed: seed) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(random.next() % UInt64(elements.count))]
  }

  mutating func number(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
  mutating func whole(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

  /// - Parameter isTame: Whether rates are such that numbers stay within bounds.
  mutating func next(isTame: Bool = false) -> JSON {
    let isRegression = whole(0...2) == 0
    return .object([
      ("task", .text(isRegression ? "regression" : "classification")), ("data", data(isRegression)),
      ("network", network), ("loss", .text(loss(isRegression))), ("optimizer", optimizer(isTame)),
      ("schedule", schedule),
      (
        "regularization",
        .object([("l1", .number(pick([0, 0, 0.01]))), ("l2", .number(pick([0, 0, 0.001])))])
      ), ("batch", .integer(pick([0, 1, 7, 10, 1000]))),
    ])
  }

  private mutating func loss(_ isRegression: Bool) -> String {
    isRegression
      ? pick(["squaredError", "absoluteError", "huber"])
      : pick(["crossEntropy", "sigmoidInside", "sigmoidOutside", "hinge"])
  }

  private mutating func data(_ isRegression: Bool) -> JSON {
    let kinds =
      isRegression ? ["plane", "waves", "points"] : ["moons", "circles", "blobs", "xor", "spirals", "points"]
    let classes = whole(2...5)
    var points: [JSON] = []
    for _ in 0..<whole(1...30) {
      let target = isRegression ? number(-2...2) : Double(whole(0...classes - 1))
      points.append(.numbers([number(-2...2), number(-2...2), target]))
    }
    return .object([
      ("kind", .text(pick(kinds))), ("samples", .integer(whole(2...40))), ("noise", .number(number(0...0.5))),
      ("classes", .integer(classes)), ("seed", .integer(whole(0...2_147_483_647))),
      ("test", .number(pick([0, 0.3, 0.9]))), ("points", .array(points)),
    ])
  }

  private mutating func layer() -> JSON {
    let names = [
      "linear", "relu", "tanh", "sigmoid", "gelu", "silu", "softplus", "softsign", "logSigmoid", "leakyReLU", "elu",
    ]
    return .object([("neurons", .integer(whole(1...6))), ("activation", .text(pick(names)))])
  }

  private var network: JSON {
    mutating get {
      var layers: [JSON] = []
      for _ in 0..<whole(0...3) { layers.append(layer()) }
      return .object([
        ("layers", .array(layers)), ("initialization", .text(pick(["unit", "xavier", "he", "equal"]))),
        ("seed", .integer(whole(0...2_147_483_647))),
      ])
    }
  }

  private mutating func optimizer(_ isTame: Bool) -> JSON {
    .object([
      ("rule", .text(pick(["sgd", "adam"]))),
      ("learningRate", .number(isTame ? pick([0.001, 0.01, 0.05]) : pick([0, 0.001, 0.1, 1, 100]))),
      ("momentum", .number(pick([0, 0.5, 0.9]))), ("nesterov", .boolean(pick([true, false]))),
      ("beta1", .number(pick([0, 0.9]))), ("beta2", .number(pick([0.9, 0.999]))),
      ("epsilon", .number(pick([1e-8, 1e-4]))), ("weightDecay", .number(pick([0, 0, 0.01]))),
      ("decoupled", .boolean(pick([true, false]))),
    ])
  }

  private var schedule: JSON {
    mutating get {
      .object([
        ("kind", .text(pick(["constant", "linear", "exponential", "step", "cosine"]))),
        ("to", .number(pick([0, 0.01]))),
        ("over", .integer(whole(1...50))), ("factor", .number(number(0.5...1))), ("every", .integer(whole(1...20))),
      ])
    }
  }
}

/// The bits of numbers, which are equal for nan as well.
func bits(_ numbers: [Double]) -> [UInt64] { numbers.map { $0.bitPattern } }
