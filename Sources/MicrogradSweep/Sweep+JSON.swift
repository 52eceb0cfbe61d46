import MicrogradJSON

extension Sweep {
  var json: JSON {
    .object([
      ("parameters", .array(parameters.map(\.json))), ("search", search.json), ("seeds", .integer(seeds)),
      ("seed", .integer(Int(seed))), ("goal", .text(goal.rawValue)), ("identity", .text(identity)),
    ])
  }

  init(_ fields: Fields) throws(SweepError) {
    var parameters: [Parameter] = []
    for parameter in try fields.array("parameters") { parameters.append(try Parameter(Fields(json: parameter))) }
    self.init(
      parameters, search: try Search(fields.fields("search")), seeds: try fields.integer("seeds"),
      seed: try fields.seed("seed"), goal: try fields.choice("goal"), identity: try fields.text("identity"))
  }
}

extension Sweep.Search {
  fileprivate var json: JSON {
    switch self {
    case .grid: .object([("kind", .text("grid"))])
    case .random(let configurations):
      .object([("kind", .text("random")), ("configurations", .integer(configurations))])
    case .halving(let configurations, let first, let last, let factor):
      .object([
        ("kind", .text("halving")), ("configurations", .integer(configurations)), ("from", .integer(first)),
        ("to", .integer(last)), ("factor", .integer(factor)),
      ])
    }
  }

  fileprivate init(_ fields: Fields) throws(SweepError) {
    switch try fields.text("kind") {
    case "grid": self = .grid
    case "random": self = .random(configurations: try fields.integer("configurations"))
    case "halving":
      self = .halving(
        configurations: try fields.integer("configurations"), fromEpochs: try fields.integer("from"),
        toEpochs: try fields.integer("to"), factor: try fields.integer("factor"))
    case let other: throw SweepError("there is no search “\(other)”")
    }
  }
}

extension Sweep.Parameter {
  fileprivate var json: JSON { .object([("name", .text(name))] + domain.members) }

  fileprivate init(_ fields: Fields) throws(SweepError) {
    self.init(try fields.text("name"), try Domain(fields))
  }
}

extension Sweep.Parameter.Domain {
  fileprivate var members: [(String, JSON)] {
    switch self {
    case .choices(let choices): [("kind", .text("choices")), ("choices", .array(choices.map(\.json)))]
    case .numbers(let low, let high, let scale, let points):
      [
        ("kind", .text("numbers")), ("from", .number(low)), ("to", .number(high)), ("scale", .text(scale.rawValue)),
        ("points", .integer(points)),
      ]
    case .integers(let low, let high, let scale):
      [
        ("kind", .text("integers")), ("from", .integer(low)), ("to", .integer(high)),
        ("scale", .text(scale.rawValue)),
      ]
    }
  }

  fileprivate init(_ fields: Fields) throws(SweepError) {
    switch try fields.text("kind") {
    case "choices":
      var choices: [Sweep.Setting] = []
      for choice in try fields.array("choices") { choices.append(try Sweep.Setting(choice)) }
      self = .choices(choices)
    case "numbers":
      self = .numbers(
        from: try fields.number("from"), to: try fields.number("to"), scale: try fields.choice("scale"),
        points: try fields.integer("points"))
    case "integers":
      self = .integers(
        from: try fields.integer("from"), to: try fields.integer("to"), scale: try fields.choice("scale"))
    case let other: throw SweepError("there are no parameters of the kind “\(other)”")
    }
  }
}

extension Sweep.Setting {
  var json: JSON {
    switch self {
    case .number(let number): .number(number)
    case .integer(let number): .integer(number)
    case .text(let text): .text(text)
    }
  }

  init(_ json: JSON) throws(SweepError) {
    switch json {
    case .number(let number): self = .number(number)
    case .integer(let number): self = .integer(number)
    case .text(let text): self = .text(text)
    default: throw SweepError("a setting is neither a number nor a text")
    }
  }
}
