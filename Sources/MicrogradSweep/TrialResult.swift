import MicrogradRequirement

/// The outcome of a trial.
///
/// Results are equal if trial and outcome are, however long they took.
public struct TrialResult: Sendable {
  /// The end of a trial.
  public enum Outcome: Sendable, Equatable {
    /// The trial ended with a score, which is finite.
    case score(TrialScore)
    /// The trial failed, for the reason given.
    case failure(String)
  }

  /// The trial.
  public let trial: Trial
  /// Its end.
  public let outcome: Outcome
  /// The duration, in seconds.
  public let seconds: Double

  /// The score; nil if the trial failed.
  public var score: TrialScore? { if case .score(let score) = outcome { score } else { nil } }
  /// The reason of a failure; nil if there is a score.
  public var failure: String? { if case .failure(let reason) = outcome { reason } else { nil } }
}

/// A function that runs a trial and returns its score. It is called on several threads at once.
public typealias SweepObjective = @Sendable (Trial) throws -> TrialScore

extension TrialResult {
  /// Runs a trial on the calling thread, and measures its duration.
  ///
  /// An error that the objective throws is a failure of the trial, with the error's description as its reason; so is a score
  /// that is not finite.
  public init(running trial: Trial, _ objective: SweepObjective) {
    let start = ContinuousClock.now
    outcome = Self.outcome(trial, objective)
    seconds = (ContinuousClock.now - start) / .seconds(1)
    self.trial = trial
  }

  private static func outcome(_ trial: Trial, _ objective: SweepObjective) -> Outcome {
    do {
      let score = try objective(trial)
      guard score.value.isFinite else { return .failure("the score is \(score.value.text)") }
      let names = score.figures.map(\.name)
      guard Set(names).count == names.count else { return .failure("two figures have the same name, of \(names)") }
      return .score(score)
    } catch {
      return .failure("\(error)")
    }
  }
}

extension TrialResult: Equatable {
  /// Returns whether trials and outcomes are equal.
  public static func == (left: TrialResult, right: TrialResult) -> Bool {
    left.trial == right.trial && left.outcome == right.outcome
  }
}
