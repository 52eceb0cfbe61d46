import MicrogradRequirement

extension Sweep {
  /// Returns what differs from another sweep, and how, in words; nil if nothing does.
  func difference(from other: Sweep) -> String? {
    let names = parameters.map(\.name), otherNames = other.parameters.map(\.name)
    if names != otherNames {
      return Self.difference(
        "the list of parameters", names.joined(separator: ", "), otherNames.joined(separator: ", "))
    }
    for (own, parameter) in zip(parameters, other.parameters) where own != parameter {
      return Self.difference("the parameter “\(own.name)”", "\(own.domain)", "\(parameter.domain)")
    }
    let pairs = [
      ("the search", "\(search)", "\(other.search)"), ("the number of seeds", "\(seeds)", "\(other.seeds)"),
      ("the seed", "\(seed)", "\(other.seed)"), ("the goal", "\(goal)", "\(other.goal)"),
      ("what scores depend on besides", identity, other.identity),
    ]
    return pairs.first { $0.1 != $0.2 }.map { Self.difference($0.0, $0.1, $0.2) }
  }

  static func difference(_ name: String, _ own: String, _ other: String) -> String {
    "\(name) is “\(own)” here, and “\(other)”"
  }
}

extension Sweep.Search: CustomStringConvertible {
  /// The search in a line: `random, 20 configurations`.
  public var description: String {
    switch self {
    case .grid: "grid"
    case .random(let configurations): "random, \(counted(configurations, "configuration"))"
    case .halving(let configurations, let first, let last, let factor):
      "halving, \(counted(configurations, "configuration")), from \(first) to \(last) epochs by \(factor)"
    }
  }
}
