/// A time that grows in proportion to a quantity, beside a part that does not: t(x) = fixed + perUnit · x.
///
/// The quantity is rows for a gradient, bytes for a message. For messages this is the model of Hockney, *The communication
/// challenge for MPP: Intel Paragon and Meiko CS-2*, Parallel Computing 20(3), 1994,
/// [doi:10.1016/S0167-8191(06)80021-9](https://doi.org/10.1016/S0167-8191(06)80021-9): fixed is the latency, and perUnit the
/// inverse of the bandwidth.
public struct LinearCost: Sendable, Equatable {
  /// The seconds that do not depend on the quantity.
  public var fixed: Double
  /// The seconds of one row, or of one byte.
  public var perUnit: Double

  /// Creates a cost of its two numbers.
  public init(fixed: Double, perUnit: Double) {
    (self.fixed, self.perUnit) = (fixed, perUnit)
  }

  /// Creates the cost that goes through two measured points. Neither of its numbers is negative, however measurements scatter.
  ///
  /// - Precondition: The quantity of the first point is the smaller one.
  public init(through small: (quantity: Double, seconds: Double), _ large: (quantity: Double, seconds: Double)) {
    precondition(small.quantity < large.quantity, "two points at \(small.quantity) and \(large.quantity)")
    perUnit = max(0, (large.seconds - small.seconds) / (large.quantity - small.quantity))
    fixed = small.seconds - perUnit * small.quantity
    if fixed < 0 { (fixed, perUnit) = (0, large.seconds / large.quantity) }
  }

  /// Returns the seconds of a quantity that comes in a number of pieces.
  public func seconds(_ quantity: Double, pieces: Int = 1) -> Double { Double(pieces) * fixed + perUnit * quantity }
}
