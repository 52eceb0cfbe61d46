import Micrograd
import MicrogradData
import MicrogradFigures
import MicrogradRequirement

/// The size of a sweep and about how long it takes, by a few short trainings.
struct SweepEstimate {
  private let plan: SweepPlan
  private let arguments: SweepArguments
  private let schedule: SweepSchedule
  /// Trials that can be run now: all, or those of the first rung of halving.
  private let trials: [Trial]
  private let finishedCount: Int

  init(_ plan: SweepPlan, _ arguments: SweepArguments) throws {
    self.plan = plan
    self.arguments = arguments
    let keeping = arguments.keeping
    let finished = try keeping.resume ? keeping.finished(plan.sweep) : []
    var schedule = try SweepSchedule(plan.sweep, shard: keeping.shard, finished: finished)
    self.schedule = schedule
    finishedCount = schedule.finishedCount
    var trials: [Trial] = []
    while let trial = schedule.next() { trials.append(trial) }
    self.trials = trials
  }

  func write() throws { try TextFile.write(try text(), to: TextFile.standardStream) }

  private func text() throws -> String {
    var lines = ["\(counted(schedule.plannedCount, "trial")): \(size)"]
    if finishedCount > 0 { lines.append("\(finishedCount) of them are in \(arguments.keeping.record ?? "") already") }
    lines += try time()
    lines.append(
      arguments.files.isEmpty
        ? "no file is written; -o FILE, --report FILE, --model FILE and --record FILE do"
        : "files: " + arguments.files.map { "\($0.file) (\($0.option))" }.joined(separator: ", "))
    return lines.map { $0 + "\n" }.joined()
  }

  private var size: String {
    let parameters = plan.sweep.parameters.map { parameter in
      if case .choices(let settings) = parameter.domain { return "\(settings.count) × \(parameter.name)" }
      return parameter.name
    }
    var parts = [parameters.joined(separator: ", "), counted(plan.sweep.seeds, "seed")]
    if let folds = plan.objective.folds { parts.append(counted(folds, "fold")) }
    if let shard = arguments.keeping.shard { parts.append("shard \(shard)") }
    return parts.joined(separator: ", ")
  }

  // MARK: Time

  /// The trials between the first and the last one lie between them: settings are often listed from small to large.
  private func time() throws -> [String] {
    guard let first = trials.first, let last = trials.last else { return ["nothing is left to be run"] }
    let (start, end) = (try seconds(first), try seconds(last)), intervals = Double(max(trials.count - 1, 1))
    let cost = SweepCost(seconds: trials.indices.map { start + (end - start) * Double($0) / intervals })
    let workers = [2, 4, 8, 16, 32, 64].filter { $0 < trials.count } + [trials.count].filter { $0 > 1 }
    return [
      "a trial takes at most \(text(min(start, end))) to \(text(max(start, end))), if no training stops early",
      "all that can start now take at most \(text(cost.time(workers: 1))) on one core"
        + workers.map { ", \(text(cost.time(workers: $0))) on \($0)" }.joined(),
    ]
  }

  /// Returns about how long a trial takes: its start, and all epochs at the pace of the first two.
  private func seconds(_ trial: Trial) throws -> Double {
    var trainer = try plan.objective.trainer(for: trial)
    let epochs = trainer.epochs
    func measured(_ epochs: Int) throws -> Double {
      trainer.epochs = epochs
      let start = ContinuousClock.now
      _ = try arguments.source.validating { try trainer.fit(plan.objective.table, target: plan.objective.target) }
      return (ContinuousClock.now - start) / .seconds(1)
    }
    let one = try measured(1), three = try measured(3), epoch = max(0, (three - one) / 2)
    return (one + epoch * Double(epochs - 1)) * Double(plan.objective.folds ?? 1)
  }

  private func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<100: "\(seconds.short(digits: 2)) s"
    case ..<6000: "\((seconds / 60).short(digits: 2)) min"
    default: "\((seconds / 3600).short(digits: 3)) h"
    }
  }
}
