import MicrogradRequirement
import RealModule

// Numbers of distributions that are functions of one number u of `random()`: the inverse of the distribution function.
// A result that is too large for a `Double` is infinite here, and an `OverflowError` in Python.

extension PythonRandom {
  /// Returns a number of the triangular distribution between `low` and `high` with a given mode, their mean if it is nil:
  /// Python's `random.triangular(low, high, mode)`.
  ///
  /// With c = (mode - low) / (high - low), it is low + (high - low) · √(u·c) for u ≤ c, and
  /// high - (high - low) · √((1 - u) · (1 - c)) otherwise. It calls nothing but √, and is exact to the last bit.
  ///
  /// - Precondition: `high - low` is finite.
  public mutating func triangular(_ low: Double = 0, _ high: Double = 1, mode: Double? = nil) -> Double {
    require((high - low).isFinite, "the range of triangular(\(low), \(high)) is not finite")
    let u = random()
    if mode != nil, low == high { return low }
    let c = mode.map { ($0 - low) / (high - low) } ?? 0.5
    return u > c
      ? high + (low - high) * Double.sqrt((1 - u) * (1 - c))
      : low + (high - low) * Double.sqrt(u * c)
  }

  /// Returns a number of the exponential distribution with mean 1 / `rate`: Python's `random.expovariate(rate)`.
  ///
  /// It is -log(1 - u) / rate. The platform's log may differ in the last digit.
  ///
  /// - Precondition: `rate` is not 0. If it is negative, so are the results.
  public mutating func expovariate(rate: Double) -> Double {
    require(rate != 0, "the rate of expovariate must not be 0")
    return -Double.log(1 - random()) / rate
  }

  /// Returns a number of the Pareto distribution, 1 or larger: Python's `random.paretovariate(shape)`.
  ///
  /// It is (1 - u)^(-1 / shape). The platform's power function may differ in the last digit.
  ///
  /// - Precondition: `shape` is positive.
  public mutating func paretovariate(shape: Double) -> Double {
    require(shape > 0, "the shape of paretovariate must be positive, not \(shape)")
    return Double.pow(1 - random(), -1 / shape)
  }

  /// Returns a number of the Weibull distribution: Python's `random.weibullvariate(scale, shape)`.
  ///
  /// It is scale · (-log(1 - u))^(1 / shape). The platform's log and power function may differ in the last digits.
  ///
  /// - Precondition: `shape` is positive.
  public mutating func weibullvariate(scale: Double, shape: Double) -> Double {
    require(shape > 0, "the shape of weibullvariate must be positive, not \(shape)")
    return scale * Double.pow(-Double.log(1 - random()), 1 / shape)
  }
}
