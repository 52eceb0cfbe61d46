import MicrogradEngine
import RealModule
import MicrogradRequirement

/// A learning rate for each step, counted from 0.
///
/// ```swift
/// let schedule = Schedule.cosine(from: 0.1, to: 0.001, over: 1000)
/// optimizer.learningRate = schedule(step)
/// ```
public enum Schedule: Hashable, Sendable {
  /// The same rate throughout.
  case constant(Double)
  /// From one rate to another on a straight line over a number of steps, and then constant.
  case linear(from: Double, to: Double, over: Int)
  /// `initial · factorᵏ` at step k.
  case exponential(initial: Double, factor: Double)
  /// Multiplied by `factor` after every `every` steps (at least 1).
  case step(initial: Double, factor: Double, every: Int)
  /// From one rate to another on half a cosine wave over a number of steps, and then constant.
  ///
  /// Source: Loshchilov and Hutter, *SGDR*, 2017, [arXiv:1608.03983](https://arxiv.org/abs/1608.03983), without
  /// restarts.
  case cosine(from: Double, to: Double, over: Int)

  /// The rate at a step.
  ///
  /// - Precondition: `step` is not negative.
  public func callAsFunction(_ step: Int) -> Double {
    require(step >= 0, "steps are counted from 0; got \(step)")
    switch self {
    case .constant(let rate): return rate
    case .linear(let from, let to, let over): return from + (to - from) * Self.progress(step, over)
    case .exponential(let initial, let factor): return initial * .pow(factor, step)
    case .step(let initial, let factor, let every): return initial * .pow(factor, step / max(every, 1))
    case .cosine(let from, let to, let over):
      return to + (from - to) * (1 + .cos(.pi * Self.progress(step, over))) / 2
    }
  }

  /// 0 at the start, 1 from the end on.
  private static func progress(_ step: Int, _ over: Int) -> Double {
    step >= over ? 1 : Double(step) / Double(over)
  }
}
