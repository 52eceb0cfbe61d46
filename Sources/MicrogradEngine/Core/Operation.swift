/// What a value was computed by. What each operation computes, and how a gradient flows through it, is the table in
/// Rules.swift.
///
/// To add an operation, add a case before `dot`, and its row to the table; then give it a name that users call in
/// Value+Functions.swift. The compiler asks for the rest: its sign and its words (`MicrogradGraph`), its lines in the
/// tests.
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
  /// aᵇ with the exponent a value of its own.
  case power
  /// aᵇ with a number as exponent.
  case constantPower
  /// The larger of two.
  case maximum
  /// The smaller of two.
  case minimum
  /// max(a, 0)
  case relu
  /// a where positive, `b·a` elsewhere, with a number `b`.
  case leakyReLU
  /// a where positive, `b·(eᵃ - 1)` elsewhere, with a number `b`.
  case elu
  /// a·Φ(a)
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
  /// eᵃ - 1, exact for small a.
  case expMinusOne
  /// Natural logarithm.
  case log
  /// log(1 + a), exact for small a.
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
  /// The number of `b`, with the gradient of `a`.
  case straightThrough
  /// A bias and the products of two lists, added up: `bias + Σ wᵢ·xᵢ`. It stands for its products and sums
  /// wherever someone looks at the graph.
  case dot
}
