import MicrogradTestSupport
import Testing

@testable import MicrogradFigures

@Suite struct TicksTests {
  @Test(
    arguments: [
      (0.0...1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (0.0...100.0, 5, ["0", "20", "40", "60", "80", "100"]),
      (-1.2...2.3, 8, ["-1.0", "-0.5", "0.0", "0.5", "1.0", "1.5", "2.0"]),
      (0.0...0.25, 5, ["0.00", "0.05", "0.10", "0.15", "0.20", "0.25"]),
      (0.0...1e-9, 2, ["0", "5e-10", "1.0e-9"]), (0.0...2e8, 2, ["0", "1e8", "2e8"]),
      (1e9...(1e9 + 4), 4, ["1000000000", "1000000001", "1000000002", "1000000003", "1000000004"]),
    ] as [(ClosedRange<Double>, Int, [String])])
  func known(_ range: ClosedRange<Double>, _ count: Int, _ expected: [String]) {
    #expect(Ticks(in: range, atMost: count).labels == expected, "\(range)")
  }

  @Test(arguments: 0..<500)
  func random(seed: Int) throws {
    var random = SplitMix(seed: seed)
    let length =
      Double("1e\(Int.random(in: -290...290, using: &random))")! * .random(in: 1...10, using: &random)
    let low = length * .random(in: -1000...1000, using: &random)
    let range = Scale.domain(of: [low, low + length]), count = Int.random(in: 1...12, using: &random)
    let ticks = Ticks(in: range, atMost: count)
    let name: Comment = "seed \(seed): \(range), at most \(count): \(ticks.labels)"

    #expect(ticks.values.count <= count + 1, name)
    #expect(Set(ticks.labels).count == ticks.values.count, name)
    for (value, label) in zip(ticks.values, ticks.labels) {
      let read = try #require(Double(label), name)
      #expect(abs(read - value) <= abs(value) * 1e-12, name)
      #expect(
        value >= range.lowerBound - ticks.step * 1e-5 && value <= range.upperBound + ticks.step * 1e-5, name)
    }
    for (a, b) in zip(ticks.values, ticks.values.dropFirst()) {
      #expect(abs(b - a - ticks.step) < ticks.step * 1e-3, name)
    }
    let digits = ticks.step.exponential(8).prefix { $0 != "e" }
    #expect(["1.00000000", "2.00000000", "5.00000000"].contains(digits), name)
    // Half as long a step would make more of them than are allowed, up to the step from 2 to 5.
    #expect((range.upperBound - range.lowerBound) / ticks.step > Double(count) / 2.5 - 1e-6, name)

    let rounded = Ticks.rounded(range, atMost: count)
    #expect(rounded.lowerBound <= range.lowerBound && rounded.upperBound >= range.upperBound, name)
    #expect(
      rounded.upperBound - rounded.lowerBound <= range.upperBound - range.lowerBound + 2 * ticks.step, name)
  }

  @Test(
    arguments: [
      [], [0], [5, 5], [1e300, -1e300], [1e308], [.nan, .infinity], [.leastNonzeroMagnitude, 0],
      [1, 1 + 1e-15], [-.leastNormalMagnitude / 8],
    ] as [[Double]])
  func domainsHaveALength(_ values: [Double]) {
    let domain = Scale.domain(of: values, margin: 0.1)
    let length = domain.upperBound - domain.lowerBound
    #expect(length.isFinite && length >= 1e-300, "\(values): \(domain)")
    for value in values where Scale.canShow(value) { #expect(domain.contains(value), "\(values): \(domain)") }
    #expect(!Ticks(in: domain, atMost: 5).values.isEmpty, "\(values): \(domain)")
  }

  @Test(arguments: [0.1, 0, -3, .nan, .infinity, 1e300])
  func marginsOfAnyKind(_ margin: Double) {
    let domain = Scale.domain(of: [1, 2], margin: margin)
    #expect(domain.contains(1) && domain.contains(2) && domain.upperBound < 1000, "\(margin): \(domain)")
  }
}
