import Micrograd
import MicrogradFigures
import MicrogradRequirement

/// The results of a sweep as text for a terminal.
struct SweepSummary {
  private let results: SweepResults
  private let score: String

  /// The largest count of configurations that are listed.
  private static let mostRows = 10

  init(_ results: SweepResults, score: String) {
    self.results = results
    self.score = score
  }

  func text() -> String { head + results.text(limit: Self.mostRows) + map + best }

  private var head: String {
    let goal = results.sweep.goal == .minimize ? "the lower, the better" : "the higher, the better"
    return
      "\(counted(results.trials.count, "trial")) of \(counted(results.configurations.count, "configuration")), by \(score): \(goal)\n\n"
  }

  private var map: String {
    guard let map = results.heatMap(score: "the \(score)"), map.rows.count > 1, map.columns.count > 1 else {
      return ""
    }
    return "\n" + map.text(columns: Terminal.columns(for: nil), style: Terminal.style(for: nil))
  }

  private var best: String {
    guard let best = results.best, let mean = best.mean else { return "" }
    let spread = best.scores.count > 1 ? best.deviation.map { " ± \($0.short())" } ?? "" : ""
    return "\nbest: \(best.configuration): \(score) \(mean.short())\(spread)\n"
  }
}
