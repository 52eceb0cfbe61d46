import MicrogradRequirement

extension SweepResults {
  /// Returns the configurations, the best first, as a table for people, and what failed or is missing below it.
  ///
  /// Numbers are rounded to about six digits.
  ///
  /// - Parameter limit: The largest number of rows; nil: all.
  public func text(limit: Int? = nil) -> String {
    let shown = configurations.prefix(max(0, limit ?? .max)), rest = configurations.count - shown.count
    var text = Self.aligned([heading] + shown.enumerated().map { row($1, place: $0 + 1) })
    if rest > 0 { text += "and \(counted(rest, "other configuration"))\n" }
    return text + notes
  }

  private var hasBudgets: Bool { trials.contains { $0.trial.budget != nil } }

  private var heading: [String] {
    [""] + sweep.parameters.map(\.name) + (hasBudgets ? ["epochs"] : []) + ["mean score", "deviation", "trials"]
  }

  private func row(_ summary: Summary, place: Int) -> [String] {
    let budget = hasBudgets ? [summary.budget.map { "\($0)" } ?? ""] : []
    let numbers = [summary.mean, summary.deviation].map { $0?.shortened(within: 1e-6).text ?? "–" }
    let failed = summary.failures.isEmpty ? "" : ", \(summary.failures.count) failed"
    return ["\(place)"] + summary.configuration.settings.map(\.description) + budget + numbers
      + ["\(summary.scores.count + summary.failures.count)\(failed)"]
  }

  private static let longestList = 10

  /// The lines on trials that failed, and on those that are missing.
  private var notes: String {
    var text = ""
    if !failures.isEmpty {
      text += "\n\(counted(failures.count, "trial")) failed:\n"
      for failure in failures.prefix(Self.longestList) {
        text +=
          "trial \(failure.trial.index) (\(failure.trial.configuration); seed \(failure.trial.seed)): \(failure.failure ?? "")\n"
      }
      if failures.count > Self.longestList { text += "…\n" }
    }
    let missing = missingNote
    return missing.isEmpty ? text : text + "\n\(missing)\n"
  }

  /// The indices of the trials that are missing, in words; empty if there are none.
  public var missingNote: String {
    let missing = missing
    if missing.isEmpty { return "" }
    let indices = missing.prefix(Self.longestList).map { "\($0.index)" }.joined(separator: ", ")
    return "\(counted(missing.count, "trial")) \(missing.count == 1 ? "is" : "are") missing: \(indices)"
      + (missing.count > Self.longestList ? ", …" : "")
  }

  /// Returns rows with the texts of each column below each other, to the right.
  private static func aligned(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
