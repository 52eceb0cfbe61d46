import MicrogradRandom

extension Sweep {
  /// The number of configurations: those of the first rung, if there are several.
  var configurationCount: Int {
    switch search {
    case .grid: parameters.reduce(1) { $0 * $1.domain.gridCount }
    case .random(let configurations), .halving(let configurations, _, _, _): configurations
    }
  }

  /// Returns the configuration of a number, which depends on nothing but the sweep and the number.
  ///
  /// - Complexity: O(p), where p is the number of parameters.
  func configuration(_ number: Int) -> Configuration {
    let settings = search == .grid ? gridSettings(number) : drawnSettings(number)
    return Configuration(number: number, names: parameters.map(\.name), settings: settings)
  }

  /// The digits of the number are the positions of the settings.
  private func gridSettings(_ number: Int) -> [Setting] {
    var rest = number, settings: [Setting] = []
    for domain in parameters.map(\.domain).reversed() {
      settings.append(domain.gridSetting(rest % domain.gridCount))
      rest /= domain.gridCount
    }
    return settings.reversed()
  }

  private func drawnSettings(_ number: Int) -> [Setting] {
    var random = PythonRandom(seed: UInt64(number) << 32 | UInt64(seed))
    return parameters.map { $0.domain.draw(&random) }
  }
}

extension Sweep.Parameter.Domain {
  fileprivate func gridSetting(_ position: Int) -> Sweep.Setting {
    switch self {
    case .choices(let choices): return choices[position]
    case .integers(let low, _, _): return .integer(low + position)
    case .numbers(let low, let high, let scale, let points):
      if position == 0 { return .number(low) }
      if position == points - 1 { return .number(high) }
      let number = scale.point(Double(position) / Double(points - 1), from: low, to: high)
      return .number(number.shortened(within: 1e-12))
    }
  }

  fileprivate func draw(_ random: inout PythonRandom) -> Sweep.Setting {
    switch self {
    case .choices(let choices): return random.choice(choices)
    case .numbers(let low, let high, let scale, _):
      return .number(scale.point(random.random(), from: low, to: high))
    case .integers(let low, let high, .linear): return .integer(random.randint(low, high))
    case .integers(let low, let high, .logarithmic):
      // A whole number has the probability of the numbers up to the next one.
      let number = Sweep.Scale.logarithmic.point(random.random(), from: Double(low), to: Double(high) + 1)
      return .integer(number < Double(high) ? max(low, Int(number)) : high)
    }
  }
}

extension Sweep.Scale {
  /// Returns the number at a fraction, 0 to 1, of the way from one to another.
  ///
  /// Other than `exp` and `log`, products and square roots are rounded alike on all machines: so shards agree.
  fileprivate func point(_ fraction: Double, from low: Double, to high: Double) -> Double {
    let number =
      switch self {
      case .linear: low * (1 - fraction) + high * fraction
      case .logarithmic: geometricPoint(fraction, from: low, to: high)
      }
    return min(max(number, low), high)
  }

  /// Bisects by geometric means: each binary digit of the fraction chooses a half.
  private func geometricPoint(_ fraction: Double, from low: Double, to high: Double) -> Double {
    var low = low, high = high, rest = fraction
    while rest > 0, low < high {
      let middle = low.squareRoot() * high.squareRoot()
      rest *= 2
      if rest >= 1 {
        low = middle
        rest -= 1
      } else {
        high = middle
      }
    }
    return low
  }
}
