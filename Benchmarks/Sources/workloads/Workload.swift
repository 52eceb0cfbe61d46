import Micrograd

/// A function of many numbers whose gradient is wanted, written once for any scalar.
protocol GradientWorkload {
  /// The numbers at which the gradient is taken.
  var point: [Double] { get }
  /// The function, with plain sums.
  func objective<S: Scalar>(_ x: [S]) -> S
  /// Whether it has parts that a user would write with `dot`.
  var hasDot: Bool { get }
  /// The function, with `dot` in these parts.
  func objectiveWithDot<S: Scalar>(_ x: [S]) -> S
}

extension GradientWorkload {
  var hasDot: Bool { false }
  func objectiveWithDot<S: Scalar>(_ x: [S]) -> S { objective(x) }
}

/// Functions of few numbers with several results, whose Jacobians are wanted: one block for each function.
protocol JacobianWorkload {
  /// The number of functions.
  var count: Int { get }
  /// The numbers at which the Jacobian of a function is taken.
  func point(_ index: Int) -> [Double]
  /// The results of a function.
  func results<S: Scalar>(_ index: Int, _ x: [S]) -> [S]
}

/// One way to compute the derivatives of a workload.
struct Variant {
  let name: String
  /// Makes beforehand what can be made beforehand.
  let prepare: () throws -> Prepared
}

/// A way to compute derivatives, ready to run.
struct Prepared {
  /// Remarks for the report, such as why a program is a replay.
  var note = ""
  /// Computes the derivatives once: the values of the function, then the derivatives row by row.
  let run: () -> [Double]
}
