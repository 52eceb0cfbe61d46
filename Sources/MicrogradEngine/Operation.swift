import RealModule

/// The table of operations: everything that is known about each of them stands in this file, and nowhere else.
///
/// The engine takes values and partial derivatives from it, the gradient check and the drawings their names, the
/// explanations their formulas. To add an operation, add a case before `dot` and let the compiler lead you
/// through the switches: its `value`, its `pullBack`, its `definition`; then give it a name that users call in
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
  /// 1 - erf(a), which keeps its digits where erf(a) is almost 1.
  case erfc
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
    case .erfc: .erfc(a)
    case .straightThrough: b
    case .leaf, .dot, .payload: a
    }
  }
}

// MARK: - Partial derivatives

extension Operation {
  /// Calls `left` with what a gradient hands on to the first operand, gradient · ∂y/∂a, and then `right` with what it
  /// hands on to the second, if a gradient flows there.
  ///
  /// The closures are inlined into every case: a sweep has one jump per cell and no calls. At kinks the
  /// derivatives are PyTorch's: 0 for ReLU and |a| at 0, half to each operand where a maximum is tied. Where the
  /// operation lets nothing through, such as a closed ReLU, the rule says so by `handOn` and does not multiply by 0,
  /// which an infinite gradient would make NaN. A derivative that merely happens to be 0 is a factor like any other.
  @inline(__always)
  func pullBack<S: Scalar>(
    _ gradient: S, _ a: @autoclosure () -> S, _ b: @autoclosure () -> S, _ y: @autoclosure () -> S,
    left: (S) -> Void, right: (S) -> Void
  ) {
    switch self {
    case .add:
      left(gradient)
      right(gradient)
    case .subtract:
      left(gradient)
      right(-gradient)
    case .multiply:
      left(gradient * b())
      right(gradient * a())
    case .divide:
      left(gradient * (1 / b()))
      right(gradient * (-y() / b()))
    case .negate: left(-gradient)
    case .power:
      let x = a(), n = b()
      // ∂(aᵇ)/∂a: nothing for b = 0, even where a⁻¹ is infinite.
      S.handOn(gradient * (n * .power(x, n - 1)), if: n.data != 0, to: left)
      // ∂(aᵇ)/∂b: nothing for 0ᵇ; NaN for a < 0, where aᵇ is no function of a real b.
      S.handOn(gradient * (y() * .log(x)), if: !(x.data == 0 && n.data >= 0), to: right)
    case .constantPower:
      let n = b().data
      S.handOn(gradient * (S(n) * .power(a(), constant: n - 1)), if: n != 0, to: left)
    case .maximum: Operation.share(gradient, a().data, b().data, left, right)
    case .minimum: Operation.share(gradient, -a().data, -b().data, left, right)
    case .relu: S.handOn(gradient, if: !(y().data <= 0), to: left)
    case .leakyReLU: left(gradient * (a().data <= 0 ? b() : 1))
    case .elu: left(gradient * (a().data <= 0 ? b() * .exp(a()) : 1))
    case .gelu:
      let x = a()
      // The number is 1 / √(2π): x times the density of the standard normal distribution.
      left(gradient * (.normalDistribution(x) + x * .exp(-0.5, timesSquareOf: x) * 0.398_942_280_401_432_7))
    case .silu:
      let x = a()
      left(gradient * (.sigmoid(x) * (1 + x * .sigmoid(-x))))
    case .softplus: left(gradient * .sigmoid(a()))
    case .sigmoid: left(gradient * .slopeOfSigmoid(a(), y()))
    case .tanh: left(gradient * .slopeOfTanh(a(), y()))
    case .exp: left(gradient * y())
    case .expMinusOne: left(gradient * .exp(a()))
    case .log: left(gradient * (1 / a()))
    case .logOnePlus: left(gradient * (1 / (1 + a())))
    case .sqrt: left(gradient * (0.5 / y()))
    case .abs: left(gradient * S(Operation.sign(a().data)))
    case .sin: left(gradient * .cos(a()))
    case .cos: left(gradient * -.sin(a()))
    case .erf: left(gradient * (.exp(-1, timesSquareOf: a()) * 1.128_379_167_095_512_6))  // 2 / √π
    case .erfc: left(gradient * (.exp(-1, timesSquareOf: a()) * -1.128_379_167_095_512_6))
    case .straightThrough: left(gradient)
    case .leaf, .dot, .payload: break
    }
  }

  /// The partial derivatives by the operands that a gradient flows into, for given numbers; none for a dot product,
  /// which has as many as it has elements.
  public func partials(_ a: Double, _ b: Double, _ y: Double) -> [Double] {
    var partials: [Double] = []
    pullBack(1, a, b, y, left: { partials.append($0) }, right: { partials.append($0) })
    return partials
  }

  /// The parts of a gradient that go to both operands, gradient · partial derivative, or 0 where nothing is let through; nil
  /// where no gradient flows into the second operand.
  package func parts(of gradient: Double, _ a: Double, _ b: Double, _ y: Double) -> (left: Double, right: Double?) {
    var parts: (left: Double, right: Double?) = (0, nil)
    pullBack(gradient, a, b, y, left: { parts.left = $0 }, right: { parts.right = $0 })
    return parts
  }

  @inline(__always) private static func sign(_ a: Double) -> Double { a > 0 ? 1 : a < 0 ? -1 : a }

  /// The larger operand receives the gradient, the smaller one nothing, and both half of it if they are equal.
  @inline(__always) private static func share<S: Scalar>(
    _ gradient: S, _ a: Double, _ b: Double, _ left: (S) -> Void, _ right: (S) -> Void
  ) {
    let part = a == b ? gradient * 0.5 : gradient, isFirstLarger = a.isNaN || a > b
    S.handOn(part, if: isFirstLarger || a == b, to: left)
    S.handOn(part, if: !isFirstLarger, to: right)
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
        "elu", "ELU", "a > 0 ? a : b × (e^a − 1)", ["a > 0 ? 1 : b × e^a"],
        en: "ELU lets the gradient through where its input is positive, and b·eᵃ times it elsewhere.",
        fr: "ELU laisse passer le gradient si son entrée est positive, et le multiplie par b·eᵃ sinon.")
    case .gelu:
      .init(
        "gelu", "GELU", "a × Φ(a)", ["Φ(a) + a × φ(a)"],
        en: "GELU multiplies the gradient by Φ(a) + a·φ(a), with the normal distribution Φ and its density φ.",
        fr: "GELU multiplie le gradient par Φ(a) + a·φ(a), où Φ est la loi normale et φ sa densité.")
    case .silu:
      .init(
        "silu", "SiLU", "a × σ(a)", ["σ(a) × (1 + a × σ(−a))"],
        en: "SiLU multiplies the gradient by σ(a)·(1 + a·σ(−a)).",
        fr: "SiLU multiplie le gradient par σ(a)·(1 + a·σ(−a)).")
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
        "expMinusOne", "expm1", "e^a − 1", ["e^a"],
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
    case .erfc:
      .init(
        "erfc", "erfc", "erfc(a)", ["−2 ÷ √π × e^−a²"],
        en: "The complementary error function multiplies the gradient by −2 ÷ √π times e to the minus a².",
        fr: "La fonction d'erreur complémentaire multiplie le gradient par −2 ÷ √π fois e puissance −a².")
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
