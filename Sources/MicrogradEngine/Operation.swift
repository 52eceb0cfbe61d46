import RealModule

/// The table of operations: everything that is known about each of them stands in this file, and nowhere else.
///
/// The engine takes values and partial derivatives from it, the gradient check and the drawings their names, the
/// explanations their formulas. To add an operation, add a case before `dot` and let the compiler lead you
/// through the switches: its `value`, its `withPartials`, its `definition`; then give it a name that users call in
/// Value+Functions.swift.
///
/// In all formulas `a` and `b` are the operands and `y` is the result.
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
  /// The error function.
  case erf
  /// The number of `b`, with the gradient of `a`.
  case straightThrough
  /// A bias and the products of two lists, added up: `bias + Σ wᵢ·xᵢ`. It stands for its products and sums
  /// wherever someone looks at the graph.
  case dot
  /// Not a value: what lies beside a dot product, or a cell that was never used.
  case payload
}

// MARK: - Values

extension Operation {
  /// The result, given the operands' numbers. Inlined where the operation is a constant, and the switch vanishes.
  @inlinable @inline(__always)
  package func value(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .negate: -a
    case .power, .constantPower: .power(a, b)
    // The comparisons of the next lines are such that NaN comes out where NaN went in.
    case .maximum: a.isNaN || a > b ? a : b
    case .minimum: a.isNaN || a < b ? a : b
    case .relu: a <= 0 ? 0 : a
    case .leakyReLU: a <= 0 ? b * a : a
    case .elu: a <= 0 ? b * .expMinusOne(a) : a
    case .gelu: a == -.infinity ? 0 : a * .normalDistribution(a)
    case .silu: a == -.infinity ? 0 : a * .sigmoid(a)
    case .softplus: Swift.max(a, 0) + .log(onePlus: .exp(-Swift.abs(a)))
    case .sigmoid: .sigmoid(a)
    case .tanh: .tanh(a)
    case .exp: .exp(a)
    case .expMinusOne: .expMinusOne(a)
    case .log: .log(a)
    case .logOnePlus: .log(onePlus: a)
    case .sqrt: a.squareRoot()
    case .abs: Swift.abs(a)
    case .sin: .sin(a)
    case .cos: .cos(a)
    case .erf: .erf(a)
    case .straightThrough: b
    case .leaf, .dot, .payload: a
    }
  }
}

// MARK: - Partial derivatives

extension Operation {
  /// Calls `unary` with ∂y/∂a, or `binary` with ∂y/∂a and ∂y/∂b.
  ///
  /// The closures are inlined into every case: a sweep has one jump per cell and no calls. At kinks the
  /// derivatives are PyTorch's: 0 for ReLU and |a| at 0, half to each operand where a maximum is tied.
  @inline(__always)
  func withPartials<S: Scalar>(
    _ a: @autoclosure () -> S, _ b: @autoclosure () -> S, _ y: @autoclosure () -> S,
    unary: (S) -> Void, binary: (S, S) -> Void
  ) {
    switch self {
    case .add: binary(1, 1)
    case .subtract: binary(1, -1)
    case .multiply: binary(b(), a())
    case .divide: binary(1 / b(), -y() / b())
    case .negate: unary(-1)
    case .power: binary(Operation.slopeOfPower(a(), b()), Operation.slopeOfExponential(a(), b(), y()))
    case .constantPower:
      let n = b().data
      unary(n == 0 ? 0 : S(n) * .power(a(), constant: n - 1))
    case .maximum:
      let share = Operation.shareOfLarger(a().data, b().data)
      binary(S(share), S(1 - share))
    case .minimum:
      let share = Operation.shareOfLarger(-a().data, -b().data)
      binary(S(share), S(1 - share))
    case .relu: unary(y().data <= 0 ? 0 : 1)
    case .leakyReLU: unary(a().data <= 0 ? b() : 1)
    case .elu: unary(a().data <= 0 ? y() + b() : 1)
    case .gelu:
      let x = a()
      // The number is 1 / √(2π): x times the density of the standard normal distribution.
      unary(.normalDistribution(x) + x * .exp(x * x * -0.5) * 0.398_942_280_401_432_7)
    case .silu:
      let x = a(), s = S.sigmoid(x)
      unary(s * (1 + x * (1 - s)))
    case .softplus: unary(.sigmoid(a()))
    case .sigmoid: unary(y() * (1 - y()))
    case .tanh: unary(1 - y() * y())
    case .exp: unary(y())
    case .expMinusOne: unary(y() + 1)
    case .log: unary(1 / a())
    case .logOnePlus: unary(1 / (1 + a()))
    case .sqrt: unary(0.5 / y())
    case .abs: unary(S(Operation.sign(a().data)))
    case .sin: unary(.cos(a()))
    case .cos: unary(-.sin(a()))
    case .erf: unary(.exp(-(a() * a())) * 1.128_379_167_095_512_6)  // 2 / √π
    case .straightThrough: unary(1)
    case .leaf, .dot, .payload: break
    }
  }

  /// The partial derivatives by the operands that a gradient flows into, for given numbers; none for a dot product,
  /// which has as many as it has elements.
  public func partials(_ a: Double, _ b: Double, _ y: Double) -> [Double] {
    var partials: [Double] = []
    withPartials(a, b, y, unary: { partials = [$0] }, binary: { partials = [$0, $1] })
    return partials
  }

  /// The same as a pair; nil where no gradient flows into the second operand.
  package func slopes(_ a: Double, _ b: Double, _ y: Double) -> (left: Double, right: Double?) {
    var slopes: (left: Double, right: Double?) = (0, nil)
    withPartials(a, b, y, unary: { slopes.left = $0 }, binary: { slopes = ($0, $1) })
    return slopes
  }

  /// ∂(aᵇ)/∂a = b·aᵇ⁻¹; 0 for b = 0 even where a⁻¹ is infinite.
  @inline(__always) private static func slopeOfPower<S: Scalar>(_ a: S, _ b: S) -> S {
    b.data == 0 ? 0 : b * .power(a, b - 1)
  }

  /// ∂(aᵇ)/∂b = aᵇ·log a; NaN for a < 0, where aᵇ is no function of a real b, and 0 for 0ᵇ.
  @inline(__always) private static func slopeOfExponential<S: Scalar>(_ a: S, _ b: S, _ y: S) -> S {
    a.data == 0 && b.data >= 0 ? 0 : y * .log(a)
  }

  @inline(__always) private static func sign(_ a: Double) -> Double { a > 0 ? 1 : a < 0 ? -1 : a }

  @inline(__always) private static func shareOfLarger(_ a: Double, _ b: Double) -> Double {
    a == b ? 0.5 : a.isNaN || a > b ? 1 : 0
  }
}

// MARK: - Names, formulas and words

extension Operation {
  /// What people are told about an operation.
  public struct Definition: Sendable {
    /// The name that Swift users call it by.
    public let name: String
    /// The short sign that drawings put into the node.
    public let symbol: String
    /// The result in terms of the operands `a` and `b`.
    public let formula: String
    /// The partial derivatives by the operands, in terms of `a`, `b` and the result `y`. The number of partials is
    /// the number of operands that a gradient flows into. Like the formula, they are the same in every language:
    /// `condition ? this : that` is a choice.
    public let partials: [String]
    /// How the gradient goes through the operation, in one sentence.
    public let explanation: Localized

    init(_ name: String, _ symbol: String, _ formula: String, _ partials: [String], en: String, fr: String) {
      self.name = name
      self.symbol = symbol
      self.formula = formula
      self.partials = partials
      explanation = Localized(en: en, fr: fr)
    }
  }

  /// The operation's name, formulas and words.
  public var definition: Definition {
    switch self {
    case .leaf:
      .init(
        "Value", "", "a", [],
        en: "A leaf was not computed from anything: its gradient is the answer.",
        fr: "Une feuille n'est calculée à partir de rien : son gradient est la réponse.")
    case .add:
      .init(
        "+", "+", "a + b", ["1", "1"],
        en: "A sum hands the arriving gradient on to both operands unchanged.",
        fr: "Une somme transmet le gradient reçu tel quel à ses deux opérandes.")
    case .subtract:
      .init(
        "-", "−", "a − b", ["1", "−1"],
        en: "A difference hands the gradient on to the first operand, and its negative to the second.",
        fr: "Une différence transmet le gradient au premier opérande, et son opposé au second.")
    case .multiply:
      .init(
        "*", "×", "a × b", ["b", "a"],
        en: "In a product each operand receives the gradient times the other operand.",
        fr: "Dans un produit, chaque opérande reçoit le gradient multiplié par l'autre opérande.")
    case .divide:
      .init(
        "/", "÷", "a ÷ b", ["1 ÷ b", "−y ÷ b"],
        en: "A quotient divides the gradient by the denominator; the denominator receives it times −y ÷ b.",
        fr: "Un quotient divise le gradient par le dénominateur ; celui-ci le reçoit multiplié par −y ÷ b.")
    case .negate:
      .init(
        "-", "−", "−a", ["−1"],
        en: "A change of sign changes the gradient's sign.",
        fr: "Un changement de signe change le signe du gradient.")
    case .power:
      .init(
        "pow", "^", "a ^ b", ["b × a ^ (b − 1)", "y × log(a)"],
        en: "A power hands on b·aᵇ⁻¹ times the gradient to its base, and y·log a times to its exponent.",
        fr: "Une puissance transmet b·aᵇ⁻¹ fois le gradient à sa base, et y·log a fois à son exposant.")
    case .constantPower:
      .init(
        "pow", "^", "a ^ b", ["b × a ^ (b − 1)"],
        en: "A power hands on b·aᵇ⁻¹ times the gradient to its base.",
        fr: "Une puissance transmet b·aᵇ⁻¹ fois le gradient à sa base.")
    case .maximum:
      .init(
        "max", "max", "max(a, b)", ["a > b ? 1 : a < b ? 0 : ½", "b > a ? 1 : b < a ? 0 : ½"],
        en: "A maximum hands the gradient to the larger operand; if both are equal, half of it to each.",
        fr: "Un maximum transmet le gradient au plus grand opérande ; à égalité, la moitié à chacun.")
    case .minimum:
      .init(
        "min", "min", "min(a, b)", ["a < b ? 1 : a > b ? 0 : ½", "b < a ? 1 : b > a ? 0 : ½"],
        en: "A minimum hands the gradient to the smaller operand; if both are equal, half of it to each.",
        fr: "Un minimum transmet le gradient au plus petit opérande ; à égalité, la moitié à chacun.")
    case .relu:
      .init(
        "relu", "ReLU", "max(a, 0)", ["a > 0 ? 1 : 0"],
        en: "ReLU lets the gradient through where its input is positive, and stops it elsewhere.",
        fr: "ReLU laisse passer le gradient si son entrée est positive, et l'arrête sinon.")
    case .leakyReLU:
      .init(
        "leakyReLU", "LeakyReLU", "a > 0 ? a : b × a", ["a > 0 ? 1 : b"],
        en: "Leaky ReLU lets the gradient through where its input is positive, and a fraction b of it elsewhere.",
        fr: "Leaky ReLU laisse passer le gradient si son entrée est positive, et une fraction b sinon.")
    case .elu:
      .init(
        "elu", "ELU", "a > 0 ? a : b × (e^a − 1)", ["a > 0 ? 1 : y + b"],
        en: "ELU lets the gradient through where its input is positive, and y + b times it elsewhere.",
        fr: "ELU laisse passer le gradient si son entrée est positive, et le multiplie par y + b sinon.")
    case .gelu:
      .init(
        "gelu", "GELU", "a × Φ(a)", ["Φ(a) + a × φ(a)"],
        en: "GELU multiplies the gradient by Φ(a) + a·φ(a), with the normal distribution Φ and its density φ.",
        fr: "GELU multiplie le gradient par Φ(a) + a·φ(a), où Φ est la loi normale et φ sa densité.")
    case .silu:
      .init(
        "silu", "SiLU", "a × σ(a)", ["σ(a) × (1 + a × (1 − σ(a)))"],
        en: "SiLU multiplies the gradient by σ(a)·(1 + a·(1 − σ(a))).",
        fr: "SiLU multiplie le gradient par σ(a)·(1 + a·(1 − σ(a))).")
    case .softplus:
      .init(
        "softplus", "softplus", "log(1 + e^a)", ["σ(a)"],
        en: "Softplus multiplies the gradient by the sigmoid of its input.",
        fr: "Softplus multiplie le gradient par la sigmoïde de son entrée.")
    case .sigmoid:
      .init(
        "sigmoid", "σ", "1 ÷ (1 + e^−a)", ["y × (1 − y)"],
        en: "A sigmoid multiplies the gradient by y·(1 − y), which is never more than a quarter.",
        fr: "Une sigmoïde multiplie le gradient par y·(1 − y), qui ne dépasse jamais un quart.")
    case .tanh:
      .init(
        "tanh", "tanh", "tanh(a)", ["1 − y ^ 2"],
        en: "A hyperbolic tangent multiplies the gradient by 1 − y².",
        fr: "Une tangente hyperbolique multiplie le gradient par 1 − y².")
    case .exp:
      .init(
        "exp", "exp", "e^a", ["y"],
        en: "An exponential multiplies the gradient by its own result.",
        fr: "Une exponentielle multiplie le gradient par son propre résultat.")
    case .expMinusOne:
      .init(
        "expMinusOne", "expm1", "e^a − 1", ["y + 1"],
        en: "eᵃ − 1 multiplies the gradient by eᵃ, which is its result plus 1.",
        fr: "eᵃ − 1 multiplie le gradient par eᵃ, soit son résultat plus 1.")
    case .log:
      .init(
        "log", "log", "log(a)", ["1 ÷ a"],
        en: "A logarithm divides the gradient by its input.",
        fr: "Un logarithme divise le gradient par son entrée.")
    case .logOnePlus:
      .init(
        "logOnePlus", "log1p", "log(1 + a)", ["1 ÷ (1 + a)"],
        en: "log(1 + a) divides the gradient by 1 + a.",
        fr: "log(1 + a) divise le gradient par 1 + a.")
    case .sqrt:
      .init(
        "sqrt", "√", "√a", ["1 ÷ (2 × y)"],
        en: "A square root divides the gradient by twice its result.",
        fr: "Une racine carrée divise le gradient par le double de son résultat.")
    case .abs:
      .init(
        "abs", "|·|", "|a|", ["sign(a)"],
        en: "An absolute value multiplies the gradient by the sign of its input, which is 0 at 0.",
        fr: "Une valeur absolue multiplie le gradient par le signe de son entrée, 0 en 0.")
    case .sin:
      .init(
        "sin", "sin", "sin(a)", ["cos(a)"],
        en: "A sine multiplies the gradient by the cosine of its input.",
        fr: "Un sinus multiplie le gradient par le cosinus de son entrée.")
    case .cos:
      .init(
        "cos", "cos", "cos(a)", ["−sin(a)"],
        en: "A cosine multiplies the gradient by minus the sine of its input.",
        fr: "Un cosinus multiplie le gradient par l'opposé du sinus de son entrée.")
    case .erf:
      .init(
        "erf", "erf", "erf(a)", ["2 ÷ √π × e^−a²"],
        en: "The error function multiplies the gradient by 2 ÷ √π times e to the minus a².",
        fr: "La fonction d'erreur multiplie le gradient par 2 ÷ √π fois e puissance −a².")
    case .straightThrough:
      .init(
        "straightThrough", "⇢", "b", ["1"],
        en: "The number is that of b, but the gradient goes to a as if nothing had been done to it.",
        fr: "Le nombre est celui de b, mais le gradient va à a comme si de rien n'était.")
    case .dot:
      .init(
        "dot", "·", "bias + Σ w × x", ["1 for the bias, x for each w, w for each x"],
        en: "In a dot product each weight receives the gradient times its input, each input times its weight.",
        fr: "Dans un produit scalaire, chaque poids reçoit le gradient fois son entrée, chaque entrée fois son poids."
      )
    case .payload:
      .init("payload", "", "", [], en: "Not a value.", fr: "Pas une valeur.")
    }
  }

  /// Whether the second operand is a number that belongs to the operation, such as an exponent or a slope, and
  /// that no gradient flows into.
  public var hasConstant: Bool {
    switch self {
    case .constantPower, .leakyReLU, .elu: true
    default: false
    }
  }
}
