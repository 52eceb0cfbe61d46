/// What a benchmark found out.
struct Measurement {
  let benchmark: String
  let unit: String
  let minimum: Double, median: Double
  /// Of the fastest run, in the same unit.
  var parts: [(name: String, value: Double)] = []
  /// In a training: the loss of each step, before its update.
  var losses: [Double] = []

  /// From several runs of which each counts `scale` units: nodes, or steps.
  init(_ benchmark: String, unit: String, runs: [Phases], scale: Double) {
    let sorted = runs.sorted { $0.total < $1.total }, best = sorted[0]
    self.benchmark = benchmark
    self.unit = unit
    minimum = best.total * scale
    median = sorted[sorted.count / 2].total * scale
    let named = [("forward", best.forward), ("backward", best.backward), ("rest", best.rest)]
    parts = named.filter { $0.1 != 0 }.map { ($0.0, $0.1 * scale) }
  }

  /// A number that is not a time.
  init(_ benchmark: String, unit: String, value: Double) {
    self.benchmark = benchmark
    self.unit = unit
    minimum = value
    median = value
  }

  /// One line for people.
  var line: String {
    let columns = [
      benchmark.padded(to: 22), Measurement.format(minimum).padded(to: 10, right: true),
      Measurement.format(median).padded(to: 10, right: true), " " + unit.padded(to: 12),
    ]
    return columns.joined() + parts.map { "\($0.name) \(Measurement.format($0.value))" }.joined(separator: "  ")
  }

  /// One line of JSON for compare.py.
  var json: String {
    let parts = parts.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ")
    return """
      {"benchmark": "\(benchmark)", "unit": "\(unit)", "min": \(minimum), "median": \(median), \
      "parts": {\(parts)}, "losses": \(losses)}
      """
  }

  /// Four significant digits or so.
  private static func format(_ number: Double) -> String {
    let digits = number.magnitude < 1 ? 4 : number.magnitude < 100 ? 2 : 0
    var factor = 1.0
    for _ in 0..<digits { factor *= 10 }
    let rounded = (number * factor).rounded() / factor
    return digits == 0 ? String(Int(rounded)) : String(rounded)
  }
}

extension String {
  func padded(to width: Int, right: Bool = false) -> String {
    let padding = String(repeating: " ", count: max(0, width - count))
    return right ? padding + self : self + padding
  }
}
