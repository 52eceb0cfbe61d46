/// A type of number that a function can be written for once, whether its derivatives are wanted or not.
///
/// ```swift
/// func rosenbrock<S: Scalar>(_ x: [S]) -> S {
///   (1 - x[0]).squared() + 100 * (x[1] - x[0].squared()).squared()
/// }
/// rosenbrock([2.0, 3.0])                // 101, computed with Double
/// gradient(at: [2, 3], of: rosenbrock)  // [802.0, -200.0], recorded with Value
/// ```
///
/// `Double` computes, and `Value` records what it computes. Beside the arithmetic there are the functions of the engine's
/// table: `exp`, `log`, `sqrt`, `tanh`, `relu` and so on, called by their names. A decision is made by the number, `data`:
/// `x.data > 0 ? x : 0`. Derivatives are then those of the branch that was taken.
///
/// Where literals are not enough, `S(number)` makes a constant of a number; `x * number` needs none.
///
/// Other types can conform, such as numbers that carry a derivative forward: ``Operation/partials(_:_:_:)`` gives the
/// derivatives of all operations.
///
/// - Complexity: In a release build the compiler makes a version of a generic function for each type that it is called with, if
///   it sees the function's body: in the same module, or with `@inlinable`. That version is as fast as one written for the
///   type. Without the body, an operation costs some 100 ns.
public protocol Scalar: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// Creates a constant.
  init(_ number: Double)
  /// Creates a constant from a whole number.
  init(_ number: Int)

  /// The number, to compare, to decide and to print by. It has no gradient.
  var data: Double { get }

  // The type checker tries all operators of a name. Disfavoured, these cost formulas of numbers, which they could compute too,
  // little of its time.

  /// The sum.
  @_disfavoredOverload static func + (left: consuming Self, right: consuming Self) -> Self
  /// The difference.
  @_disfavoredOverload static func - (left: consuming Self, right: consuming Self) -> Self
  /// The product.
  @_disfavoredOverload static func * (left: consuming Self, right: consuming Self) -> Self
  /// The quotient.
  @_disfavoredOverload static func / (left: consuming Self, right: consuming Self) -> Self
  /// The negative.
  static prefix func - (operand: consuming Self) -> Self

  /// The result of an operation with one operand: what the functions by name, such as `exp`, call.
  static func applying(_ operation: Operation, to a: consuming Self) -> Self
  /// The result of an operation with two operands.
  static func applying(_ operation: Operation, to a: consuming Self, _ b: consuming Self) -> Self
  /// The result of an operation whose second operand is a number: a constant, or an operation's own, such as an exponent.
  static func applying(_ operation: Operation, to a: consuming Self, number: Double) -> Self
  /// The result of an operation whose first operand is a number.
  static func applying(_ operation: Operation, number: Double, to b: consuming Self) -> Self

  /// `bias + Σ weightsᵢ · inputsᵢ`
  static func dot(_ weights: [Self], _ inputs: [Self], bias: Self?) -> Self
}

extension Scalar {
  /// The result of an operation whose second operand is a number: a constant, or an operation's own, such as an exponent.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, to a: consuming Self, number: Double) -> Self {
    applying(operation, to: a, Self(number))
  }
  /// The result of an operation whose first operand is a number.
  @inlinable @inline(__always)
  public static func applying(_ operation: Operation, number: Double, to b: consuming Self) -> Self {
    applying(operation, to: Self(number), b)
  }
}
