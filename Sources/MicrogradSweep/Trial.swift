/// One training of a sweep: a configuration and a seed.
public struct Trial: Sendable, Hashable {
  /// The position of the trial in its sweep, counted from 0.
  public let index: Int
  /// The settings to try.
  public let configuration: Sweep.Configuration
  /// The number of the trial among those of its configuration, counted from 0.
  public let repetition: Int
  /// The seed for all random numbers of the trial: that of the sweep, plus the repetition.
  public let seed: UInt32
  /// The rung of successive halving, counted from 0; otherwise 0.
  public let rung: Int
  /// The number of epochs to train for in a rung of successive halving; nil: that is not the sweep's affair.
  public let budget: Int?
}
