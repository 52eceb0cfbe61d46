/// The operation that computed a value. The table in Rules.swift says what each operation computes, and how a gradient
/// flows through it.
///
/// CONTRIBUTING.md has the steps by which an operation is added: a case before `dot`, its row in the table, and so on.
@frozen public enum Operation: UInt8, CaseIterable, Sendable {
  /// A value that was not computed: an input, a parameter, a constant.
  case leaf
  /// `a + b`
  case add
  /// `a - b`
  case subtract
  /// `a * b`
  case multiply
  /// `a / b`
  case divide
  /// `-a`
  case negate
  /// aᵇ, where the exponent is a value that receives a gradient too.
  case power
  /// aᵇ, where the exponent is a number, which receives none.
  case constantPower
  /// The larger of two.
  case maximum
  /// The smaller of two.
  case minimum
  /// max(a, 0)
  case relu
  /// a if it is positive, otherwise `b·a`, with a number `b`.
  case leakyReLU
  /// a if it is positive, otherwise `b·(eᵃ - 1)`, with a number `b`.
  case elu
  /// a·Φ(a), with the distribution function Φ of the standard normal distribution.
  case gelu
  /// a·σ(a)
  case silu
  /// log(1 + eᵃ)
  case softplus
  /// a / (1 + |a|)
  case softsign
  /// log σ(a)
  case logSigmoid
  /// σ(a) = 1 / (1 + e⁻ᵃ)
  case sigmoid
  /// Hyperbolic tangent.
  case tanh
  /// eᵃ
  case exp
  /// eᵃ - 1, without loss of digits for small a.
  case expMinusOne
  /// Natural logarithm.
  case log
  /// log(1 + a), without loss of digits for small a.
  case logOnePlus
  /// Square root.
  case sqrt
  /// |a|
  case abs
  /// Sine.
  case sin
  /// Cosine.
  case cos
  /// The inverse of the tangent, between -π/2 and π/2.
  case arctangent
  /// The error function.
  case erf
  /// 1 - erf(a), which keeps its digits where erf(a) is almost 1.
  case erfc
  /// The number of `b`; the gradient goes to `a`.
  case straightThrough
  /// A bias and the products of two lists, added up: `bias + Σ wᵢ·xᵢ`. It stands for its products and sums
  /// wherever someone looks at the graph.
  case dot
}
