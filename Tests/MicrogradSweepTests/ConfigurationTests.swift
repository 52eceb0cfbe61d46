import MicrogradTestSupport
import Testing

@testable import MicrogradSweep

@Suite struct ConfigurationTests {
  @Test func gridsHaveAllCombinations() {
    let sweep = Sweep([.init("a", .choices([1, "x"])), .init("b", .integers(from: 3, to: 5))])
    let texts = (0..<sweep.configurationCount).map { "\(sweep.configuration($0))" }
    #expect(texts == ["a 1, b 3", "a 1, b 4", "a 1, b 5", "a x, b 3", "a x, b 4", "a x, b 5"])
  }

  @Test(arguments: [
    (0.0001, 1.0, Sweep.Scale.logarithmic, 5, [0.0001, 0.001, 0.01, 0.1, 1]),
    (0.1, 0.5, .linear, 5, [0.1, 0.2, 0.3, 0.4, 0.5]),
    (-1, 1, .linear, 3, [-1, 0, 1]), (1, 1024, .logarithmic, 11, (0...10).map { Double(1 << $0) }),
    (1e-300, 1e300, .logarithmic, 3, [1e-300, 1, 1e300]),
    (-1e308, 1e308, .linear, 3, [-1e308, 0, 1e308]),
  ])
  func pointsOfAGridAreEquallyFar(low: Double, high: Double, scale: Sweep.Scale, points: Int, expected: [Double]) {
    let sweep = Sweep([.init("x", .numbers(from: low, to: high, scale: scale, points: points))])
    let numbers = (0..<points).map { sweep.configuration($0)["x"] }
    #expect(numbers == expected.map { .number($0) }, "from \(low) to \(high), \(scale)")
  }

  /// A draw depends on the seed and the number of its configuration only.
  @Test func drawsDoNotDependOnOthers() {
    let few = Sweep(SampleSweeps.parameters, search: .random(configurations: 3), seed: 4)
    let many = Sweep(SampleSweeps.parameters, search: .random(configurations: 1000), seeds: 9, seed: 4)
    let other = Sweep(SampleSweeps.parameters, search: .random(configurations: 3), seed: 5)
    for number in 0..<3 {
      #expect(few.configuration(number) == many.configuration(number))
      #expect(few.configuration(number).settings != other.configuration(number).settings)
    }
    #expect(few.configuration(0).settings != few.configuration(1).settings)
  }

  /// The quarters of each range, on its scale, get a quarter of the draws each.
  @Test(arguments: [
    (Sweep.Parameter.Domain.numbers(from: 2, to: 6), [3.0, 4, 5]),
    (.numbers(from: 1e-4, to: 1, scale: .logarithmic), [1e-3, 1e-2, 1e-1]),
    (.integers(from: 1, to: 8), [2.5, 4.5, 6.5]),
    // Whole numbers up to 16 have a share of log2(1 + 1/n) of 4.
    (.integers(from: 1, to: 15, scale: .logarithmic), [1.5, 3.5, 7.5]), (.choices([1, 2, 3, 4]), [1.5, 2.5, 3.5]),
  ])
  func drawsAreUniform(domain: Sweep.Parameter.Domain, bounds: [Double]) throws {
    let count = 1000, seed = newSeed()
    let sweep = Sweep(
      [.init("x", domain)], search: .random(configurations: count), seed: UInt32(truncatingIfNeeded: seed))
    var counts = [0, 0, 0, 0]
    for number in 0..<count {
      let value = try sweep.configuration(number).number("x")
      counts[bounds.count { $0 < value }] += 1
    }
    // The standard deviation of a count is 14: five of them.
    #expect(counts.allSatisfy { abs($0 - count / 4) < 69 }, "\(counts) of \(domain), seed \(seed)")
  }

  @Test func drawsStayInTheirRange() throws {
    let seed = newSeed()
    let domains: [Sweep.Parameter.Domain] = [
      .integers(from: .min, to: .max), .integers(from: 1, to: .max, scale: .logarithmic), .integers(from: 3, to: 3),
      .integers(from: 5, to: 6, scale: .logarithmic),
      .numbers(from: -.greatestFiniteMagnitude, to: .greatestFiniteMagnitude),
      .numbers(from: .leastNonzeroMagnitude, to: .greatestFiniteMagnitude, scale: .logarithmic),
      .numbers(from: 1, to: 1.0.nextUp, scale: .logarithmic), .numbers(from: 0.1, to: 0.1.nextUp),
    ]
    for domain in domains {
      let sweep = Sweep(
        [.init("x", domain)], search: .random(configurations: 100), seed: UInt32(truncatingIfNeeded: seed))
      try sweep.check()
      for number in 0..<100 {
        let setting = sweep.configuration(number).settings[0]
        let isInside =
          switch (setting, domain) {
          case (.integer(let value), .integers(let low, let high, _)): (low...high).contains(value)
          case (.number(let value), .numbers(let low, let high, _, _)): (low...high).contains(value)
          default: false
          }
        #expect(isInside, "\(setting) of \(domain), number \(number), seed \(seed)")
      }
    }
  }

  @Test(arguments: [
    (Sweep([.init("a", .choices([]))]), "nothing to choose from"), (Sweep([.init("", .choices([1]))]), "no name"),
    (Sweep([.init("a", .choices([1])), .init("a", .choices([2]))]), "two parameters “a”"),
    (Sweep([.init("a", .choices([1, 1.0]))]), "listed twice"),
    (Sweep([.init("a", .choices([.number(.nan)]))]), "nan is no setting"),
    (Sweep([.init("a", .numbers(from: .nan, to: 1))]), "finite"),
    (Sweep([.init("a", .numbers(from: 1, to: .infinity))]), "finite"),
    (Sweep([.init("a", .numbers(from: 1, to: 1))]), "lower than the second"),
    (Sweep([.init("a", .numbers(from: 0, to: 1, scale: .logarithmic))]), "positive"),
    (Sweep([.init("a", .numbers(from: 0, to: 1, points: -3))]), "both ends are needed"),
    (Sweep([.init("a", .integers(from: 2, to: 1))]), "not be higher"),
    (Sweep([.init("a", .integers(from: 0, to: 1, scale: .logarithmic))]), "positive"),
    (Sweep([.init("a", .integers(from: .min, to: .max))]), "more than 10,000,000 trials"),
    (Sweep((0..<99).map { .init("\($0)", .integers(from: 1, to: .max)) }), "more than 10,000,000 trials"),
    (Sweep([], seeds: 0), "0 seeds"), (Sweep([], seeds: .min), "seeds"),
    (Sweep([], seeds: 2, seed: .max), "largest seed"),
    (Sweep([], search: .random(configurations: 0)), "0 configurations"),
    (Sweep([], search: .random(configurations: .max), seeds: 3), "more than 10,000,000 trials"),
    (Sweep([], search: .halving(configurations: 9, fromEpochs: -1, toEpochs: 3)), "-1 epochs"),
    (Sweep([], search: .halving(configurations: 9, fromEpochs: 4, toEpochs: 3)), "not have fewer"),
    (Sweep([], search: .halving(configurations: 9, fromEpochs: 1, toEpochs: .max)), "thousand million"),
    (Sweep([], search: .halving(configurations: 9, fromEpochs: 1, toEpochs: 3, factor: 1)), "at least 2"),
  ])
  func nonsenseIsRefused(sweep: Sweep, words: String) {
    let error = #expect(throws: SweepError.self) { _ = try SweepSchedule(sweep) }
    #expect(error?.description.contains(words) ?? false, "got: \(error?.description ?? ""); expected: \(words)")
  }

  @Test func settingsAreReadByTheirKind() throws {
    let configuration = Sweep([.init("a", .choices([2])), .init("b", .choices([0.5])), .init("c", .choices(["x"]))])
      .configuration(0)
    #expect(try configuration.number("a") == 2)
    #expect(try configuration.integer("a") == 2)
    #expect(try configuration.number("b") == 0.5)
    #expect(try configuration.text("b") == "0.5")
    #expect(try configuration.text("c") == "x")
    #expect(throws: SweepError("the parameter “b” is 0.5, and not a whole number")) { try configuration.integer("b") }
    #expect(throws: SweepError(#"the parameter “c” is "x", and not a number"#)) { try configuration.number("c") }
    #expect(throws: SweepError("the sweep has no parameter “d”, only a, b, c")) { try configuration.text("d") }
  }
}
