import MicrogradRequirement

extension Sweep {
  /// The largest number of trials of a sweep.
  static let largestTrialCount = 10_000_000

  /// Throws an error unless the sweep makes sense.
  func check() throws(SweepError) {
    try checkNames()
    for parameter in parameters { try parameter.check() }
    guard seeds >= 1 else { throw SweepError("\(seeds) seeds: each configuration needs at least one") }
    guard seeds - 1 <= Int(UInt32.max - seed) else {
      throw SweepError("\(seeds) seeds from \(seed) on: the largest seed is \(UInt32.max)")
    }
    try search.check()
    try checkTrialCount()
  }

  private func checkNames() throws(SweepError) {
    var names: Set<String> = []
    for (position, name) in parameters.map(\.name).enumerated() {
      if name.isEmpty { throw SweepError("parameter \(position + 1) has no name") }
      if !names.insert(name).inserted {
        throw SweepError("there are two parameters “\(name)”: give one another name")
      }
    }
  }

  private func checkTrialCount() throws(SweepError) {
    let sizes =
      switch search {
      case .grid: parameters.map(\.domain.gridCount) + [seeds]
      case .random(let configurations), .halving(let configurations, _, _, _): [configurations, seeds]
      }
    // Numbers with a point, since the product of large integers would overflow.
    guard sizes.reduce(1.0, { $0 * Double($1) }) <= Double(Self.largestTrialCount) else {
      let product = sizes.map { $0.grouped(by: ",") }.joined(separator: " × ")
      throw SweepError(
        """
        \(product) trials are more than \(counted(Self.largestTrialCount, "trial")), the most that a sweep may have: \
        give fewer settings or seeds, or search at random
        """)
    }
  }
}

extension Sweep.Search {
  fileprivate func check() throws(SweepError) {
    switch self {
    case .grid: break
    case .random(let configurations): try Self.check(configurations)
    case .halving(let configurations, let first, let last, let factor):
      try Self.check(configurations)
      guard first >= 1 else { throw SweepError("a first rung of \(first) epochs: at least one is needed") }
      guard last >= first else {
        throw SweepError("the last rung has \(last) epochs, and the first \(first): it must not have fewer")
      }
      guard last <= 1_000_000_000 else {
        throw SweepError("a last rung of \(last) epochs: a thousand million are the most")
      }
      guard factor >= 2 else { throw SweepError("a factor of \(factor) between rungs: it must be at least 2") }
    }
  }

  private static func check(_ configurations: Int) throws(SweepError) {
    guard configurations >= 1 else { throw SweepError("\(configurations) configurations: at least one is needed") }
  }
}

extension Sweep.Parameter {
  fileprivate func check() throws(SweepError) {
    switch domain {
    case .choices(let choices): try check(choices)
    case .numbers(let low, let high, let scale, let points):
      guard low.isFinite, high.isFinite else { throw error("\(domain): both ends must be finite numbers") }
      guard low < high else { throw error("\(domain): the first number must be lower than the second") }
      guard points >= 2 else { throw error("\(points) points between two numbers: at least both ends are needed") }
      if scale == .logarithmic, low <= 0 { throw error("\(domain): numbers on a logarithmic scale are positive") }
    case .integers(let low, let high, let scale):
      guard low <= high else { throw error("\(domain): the first number must not be higher than the second") }
      if scale == .logarithmic, low < 1 { throw error("\(domain): numbers on a logarithmic scale are positive") }
    }
  }

  private func check(_ choices: [Sweep.Setting]) throws(SweepError) {
    if choices.isEmpty { throw error("there is nothing to choose from: give at least one setting") }
    var known: Set<String> = []
    for choice in choices {
      if case .number(let number) = choice, !number.isFinite {
        throw error("\(number.text) is no setting: numbers are finite")
      }
      if !known.insert(choice.description).inserted { throw error("“\(choice)” is listed twice") }
    }
  }

  private func error(_ problem: String) -> SweepError { SweepError("the parameter “\(name)”: \(problem)") }
}

extension Sweep.Parameter.Domain {
  /// The number of settings in a grid; of whole numbers as far as an `Int` can count them.
  var gridCount: Int {
    switch self {
    case .choices(let choices): return choices.count
    case .numbers(_, _, _, let points): return points
    case .integers(let low, let high, _):
      let (distance, overflows) = high.subtractingReportingOverflow(low)
      return overflows || distance == .max ? .max : distance + 1
    }
  }
}
