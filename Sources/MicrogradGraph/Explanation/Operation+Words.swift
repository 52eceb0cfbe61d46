import MicrogradEngine
import MicrogradLanguage

extension Operation {
  /// The short sign that drawings put into the node.
  public var symbol: String { words.symbol }

  /// One sentence on how the gradient goes through the operation.
  public func explanation(in language: Language) -> String { words.explanation(in: language) }

  /// An operation's sign and sentence.
  package struct Words {
    let symbol: String
    package let explanation: Localized

    init(_ symbol: String, en: String, fr: String) {
      self.symbol = symbol
      explanation = Localized(en: en, fr: fr)
    }
  }

  package var words: Words {
    switch self {
    case .leaf:
      .init(
        "",
        en: "A leaf was not computed from anything: its gradient is a result.",
        fr: "Une feuille n'est calculée à partir de rien : son gradient est un résultat.")
    case .add:
      .init(
        "+",
        en: "A sum passes the gradient unchanged to both operands.",
        fr: "Une somme transmet le gradient reçu tel quel à ses deux opérandes.")
    case .subtract:
      .init(
        "−",
        en: "A difference passes the gradient to the first operand, and its negative to the second.",
        fr: "Une différence transmet le gradient au premier opérande, et son opposé au second.")
    case .multiply:
      .init(
        "×",
        en: "In a product, each operand receives the gradient times the other operand.",
        fr: "Dans un produit, chaque opérande reçoit le gradient multiplié par l'autre opérande.")
    case .divide:
      .init(
        "÷",
        en:
          "In a quotient, the numerator receives gradient × (1 ÷ b), the denominator gradient × (−y ÷ b).",
        fr:
          "Dans un quotient, le numérateur reçoit gradient × (1 ÷ b), le dénominateur gradient × (−y ÷ b)."
      )
    case .negate:
      .init(
        "−",
        en: "A negation changes the sign of the gradient.",
        fr: "Un changement de signe change le signe du gradient.")
    case .power:
      .init(
        "^",
        en: "A power passes the gradient times b·aᵇ⁻¹ to its base, and times y·log a to its exponent.",
        fr: "Une puissance transmet le gradient multiplié par b·aᵇ⁻¹ à sa base, et par y·log a à son exposant.")
    case .constantPower:
      .init(
        "^",
        en: "A power passes the gradient times b·aᵇ⁻¹ to its base.",
        fr: "Une puissance transmet à sa base le gradient multiplié par b·aᵇ⁻¹.")
    case .maximum:
      .init(
        "max",
        en: "A maximum passes the gradient to the larger operand; if both are equal, half of it to each.",
        fr: "Un maximum transmet le gradient au plus grand opérande ; à égalité, la moitié à chacun.")
    case .minimum:
      .init(
        "min",
        en: "A minimum passes the gradient to the smaller operand; if both are equal, half of it to each.",
        fr: "Un minimum transmet le gradient au plus petit opérande ; à égalité, la moitié à chacun.")
    case .relu:
      .init(
        "ReLU",
        en: "ReLU lets the gradient through where its input is positive, and stops it elsewhere.",
        fr: "ReLU laisse passer le gradient si son entrée est positive, et l'arrête sinon.")
    case .leakyReLU:
      .init(
        "LeakyReLU",
        en: "Leaky ReLU lets the gradient through where its input is positive, and a fraction b of it elsewhere.",
        fr: "Leaky ReLU laisse passer le gradient si son entrée est positive, et une fraction b sinon.")
    case .elu:
      .init(
        "ELU",
        en: "ELU lets the gradient through where its input is positive, and b·eᵃ times it elsewhere.",
        fr: "ELU laisse passer le gradient si son entrée est positive, et le multiplie par b·eᵃ sinon.")
    case .gelu:
      .init(
        "GELU",
        en: "GELU multiplies the gradient by Φ(a) + a·φ(a), with the normal distribution Φ and its density φ.",
        fr: "GELU multiplie le gradient par Φ(a) + a·φ(a), où Φ est la loi normale et φ sa densité.")
    case .silu:
      .init(
        "SiLU",
        en: "SiLU multiplies the gradient by σ(a)·(1 + a·σ(−a)).",
        fr: "SiLU multiplie le gradient par σ(a)·(1 + a·σ(−a)).")
    case .softplus:
      .init(
        "softplus",
        en: "Softplus multiplies the gradient by the sigmoid of its input.",
        fr: "Softplus multiplie le gradient par la sigmoïde de son entrée.")
    case .softsign:
      .init(
        "softsign",
        en: "Softsign divides the gradient by the square of 1 + |a|.",
        fr: "Softsign divise le gradient par le carré de 1 + |a|.")
    case .logSigmoid:
      .init(
        "log σ",
        en: "The logarithm of a sigmoid multiplies the gradient by σ(−a).",
        fr: "Le logarithme d'une sigmoïde multiplie le gradient par σ(−a).")
    case .sigmoid:
      .init(
        "σ",
        en: "A sigmoid multiplies the gradient by y·(1 − y), which is never more than a quarter.",
        fr: "Une sigmoïde multiplie le gradient par y·(1 − y), qui ne dépasse jamais un quart.")
    case .tanh:
      .init(
        "tanh",
        en: "A hyperbolic tangent multiplies the gradient by 1 − y².",
        fr: "Une tangente hyperbolique multiplie le gradient par 1 − y².")
    case .exp:
      .init(
        "exp",
        en: "An exponential multiplies the gradient by its own result.",
        fr: "Une exponentielle multiplie le gradient par son propre résultat.")
    case .expMinusOne:
      .init(
        "expm1",
        en: "eᵃ − 1 multiplies the gradient by eᵃ, which is its result plus 1.",
        fr: "eᵃ − 1 multiplie le gradient par eᵃ, soit son résultat plus 1.")
    case .log:
      .init(
        "log",
        en: "A logarithm divides the gradient by its input.",
        fr: "Un logarithme divise le gradient par son entrée.")
    case .logOnePlus:
      .init(
        "log1p",
        en: "log(1 + a) divides the gradient by 1 + a.",
        fr: "log(1 + a) divise le gradient par 1 + a.")
    case .sqrt:
      .init(
        "√",
        en: "A square root divides the gradient by twice its result.",
        fr: "Une racine carrée divise le gradient par le double de son résultat.")
    case .abs:
      .init(
        "|·|",
        en: "An absolute value multiplies the gradient by the sign of its input, which is 0 at 0.",
        fr: "Une valeur absolue multiplie le gradient par le signe de son entrée, 0 en 0.")
    case .sin:
      .init(
        "sin",
        en: "A sine multiplies the gradient by the cosine of its input.",
        fr: "Un sinus multiplie le gradient par le cosinus de son entrée.")
    case .cos:
      .init(
        "cos",
        en: "A cosine multiplies the gradient by minus the sine of its input.",
        fr: "Un cosinus multiplie le gradient par l'opposé du sinus de son entrée.")
    case .arctangent:
      .init(
        "atan",
        en: "An arctangent divides the gradient by 1 + a².",
        fr: "Une arctangente divise le gradient par 1 + a².")
    case .erf:
      .init(
        "erf",
        en: "The error function multiplies the gradient by 2 ÷ √π times e to the minus a².",
        fr: "La fonction d'erreur multiplie le gradient par 2 ÷ √π fois e puissance −a².")
    case .erfc:
      .init(
        "erfc",
        en: "The complementary error function multiplies the gradient by −2 ÷ √π times e to the minus a².",
        fr: "La fonction d'erreur complémentaire multiplie le gradient par −2 ÷ √π fois e puissance −a².")
    case .straightThrough:
      .init(
        "⇢",
        en: "The number is that of b, but the gradient goes unchanged to a.",
        fr: "Le nombre est celui de b, mais le gradient va tel quel à a.")
    case .dot:
      .init(
        "·",
        en:
          "In a dot product, each weight receives the gradient times its input, and vice versa.",
        fr: "Dans un produit scalaire, chaque poids reçoit le gradient fois son entrée, chaque entrée fois son poids."
      )
    }
  }
}
