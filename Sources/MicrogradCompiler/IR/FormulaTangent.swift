import MicrogradEngine

/// The derivative of a formula of the rules, such as the local derivative of an operation, as code.
///
/// Where the formula chooses between two terms, so does the code, each time it runs.
struct FormulaTangent {
  var ir: IR
  /// The nodes that the letters stand for.
  let a: IR.ID, b: IR.ID?, y: IR.ID
  /// The derivative of a node that a letter stands for; nil for 0.
  let tangent: (IR.ID) -> IR.ID?

  /// The derivative of a formula; nil for 0.
  mutating func derivative(of formula: Expression) -> IR.ID? {
    switch formula {
    case .number: return nil
    case .letter(let letter): return tangent(node(letter))
    case .sum(let x, let z): return sum([(1, derivative(of: x)), (1, derivative(of: z))])
    case .difference(let x, let z): return sum([(1, derivative(of: x)), (-1, derivative(of: z))])
    case .negative(let x): return sum([(-1, derivative(of: x))])
    case .product(let x, let z):
      return sum([(1, product(derivative(of: x), z)), (1, product(derivative(of: z), x))])
    case .quotient(let x, let z): return derivative(ofQuotient: formula, x, z)
    case .call(let function, let arguments): return derivative(of: formula, function, arguments)
    case .choice(let condition, let x, let z):
      let first = derivative(of: x), second = derivative(of: z)
      guard first != nil || second != nil else { return nil }
      return choice(condition, first, second)
    case .exception(_, _, let formula): return derivative(of: formula)
    }
  }

  private func node(_ letter: Expression.Letter) -> IR.ID {
    switch letter {
    case .a: a
    case .b: b ?? a
    case .y, .d: y
    }
  }

  private mutating func sum(_ terms: [(factor: Double, node: IR.ID?)]) -> IR.ID? {
    let terms = terms.compactMap { factor, node in node.map { IR.Term(factor, $0) } }
    return terms.isEmpty ? nil : ir.sum(inAnyOrder: terms)
  }

  private mutating func product(_ derivative: IR.ID?, _ factor: Expression) -> IR.ID? {
    guard let derivative else { return nil }
    let factor = code(of: factor)
    return ir.sum([IR.Term(1, derivative, factor)])
  }

  /// (x/z)′ = (x′ - (x/z)·z′) / z
  private mutating func derivative(ofQuotient quotient: Expression, _ x: Expression, _ z: Expression) -> IR.ID? {
    let over = sum([(1, derivative(of: x)), (-1, product(derivative(of: z), quotient))])
    guard let over else { return nil }
    let under = code(of: z)
    return ir.apply(.divide, over, under)
  }

  private mutating func derivative(
    of call: Expression, _ function: Expression.Function, _ arguments: [Expression]
  ) -> IR.ID? {
    if function == .sign { return nil }
    guard let operation = function.operation else {
      return formula(of: function, arguments).flatMap { derivative(of: $0) }
    }
    let derivatives = arguments.map { derivative(of: $0) }
    guard derivatives.contains(where: { $0 != nil }) else { return nil }
    let operands = arguments.map { code(of: $0) }, result = code(of: call)
    var terms: [IR.Term] = []
    for (side, derivative) in zip([IR.Side.left, .right], derivatives) {
      guard let derivative else { continue }
      terms.append(
        ir.derivativeTerm(
          operation, side, of: derivative, operands[0], operands.count > 1 ? operands[1] : nil, result,
          isShared: false)
      )
    }
    return ir.sum(inAnyOrder: terms)
  }

  // MARK: Code of formulas

  private mutating func code(of formula: Expression) -> IR.ID {
    switch formula {
    case .number(let number): return ir.constant(number)
    case .letter(let letter): return node(letter)
    case .sum(let x, let z): return apply(.add, x, z)
    case .difference(let x, let z): return apply(.subtract, x, z)
    case .negative(let x): return apply(.negate, x)
    case .product(let x, let z): return apply(.multiply, x, z)
    case .quotient(let x, let z): return apply(.divide, x, z)
    case .call(.sign, let arguments):
      let x = code(of: arguments[0]), one = ir.isLane[x] ? ir.ones() : ir.constant(1)
      return ir.intern(.vjp(.abs, .left, gradient: one, a: x, b: nil, y: x))
    case .call(let function, let arguments):
      if let operation = function.operation {
        return apply(operation, arguments[0], arguments.count > 1 ? arguments[1] : nil)
      }
      return self.formula(of: function, arguments).map { code(of: $0) } ?? ir.constant(.nan)
    case .choice(let condition, let x, let z):
      let first = code(of: x), second = code(of: z)
      return choice(condition, first, second) ?? ir.constant(0)
    case .exception(_, _, let formula): return code(of: formula)
    }
  }

  private mutating func apply(_ operation: Operation, _ x: Expression, _ z: Expression? = nil) -> IR.ID {
    let left = code(of: x), right = z.map { code(of: $0) }
    return ir.apply(operation, left, right)
  }

  /// A function that is no operation, by others.
  private func formula(of function: Expression.Function, _ x: [Expression]) -> Expression? {
    switch function {
    case .expOfNegativeSquare: .exp(-(x[0] * x[0]))
    case .normalDistribution: 0.5 * .erfc(x[0] * .number(-0.5.squareRoot()))
    case .normalDensity: .exp(x[0] * x[0] * -0.5) * .number(0.5.squareRoot() * 0.5 * Double.twoOverRootPi)
    case .twoOverRootPi: .number(Double.twoOverRootPi)
    case .infinity: .number(.infinity)
    default: Expression.call(function, x).definition
    }
  }

  /// `first` where the condition holds, and `second` elsewhere; nil for 0.
  ///
  /// A closed ReLU lets nothing through, so that the one that is not chosen may be infinite.
  private mutating func choice(_ condition: Expression.Condition, _ first: IR.ID?, _ second: IR.ID?) -> IR.ID? {
    guard case .comparison(let x, let relation, let z) = condition, relation == .larger || relation == .smaller else {
      return first
    }
    let isLarger = relation == .larger
    let difference = code(of: isLarger ? x - z : z - x), opposite = code(of: isLarger ? z - x : x - z)
    return sum([(1, gate(first, by: difference)), (1, gate(second, by: opposite))])
  }

  /// A number where another one is larger than 0, and 0 elsewhere.
  private mutating func gate(_ number: IR.ID?, by condition: IR.ID) -> IR.ID? {
    guard var number, ir.constantValue(number) != 0 else { return nil }
    if ir.isLane[condition] && !ir.isLane[number] { number = ir.sum([IR.Term(1, number, ir.ones())]) }
    return ir.intern(.vjp(.relu, .left, gradient: number, a: condition, b: nil, y: condition))
  }
}

extension Expression.Function {
  /// The operation that computes the function.
  fileprivate var operation: Operation? {
    switch self {
    case .power: .power
    case .exp: .exp
    case .expMinusOne: .expMinusOne
    case .log: .log
    case .logOnePlus: .logOnePlus
    case .sqrt: .sqrt
    case .abs: .abs
    case .sin: .sin
    case .cos: .cos
    case .atan: .arctangent
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .softplus: .softplus
    case .erf: .erf
    case .erfc: .erfc
    case .sign, .expOfNegativeSquare, .normalDistribution, .normalDensity, .twoOverRootPi, .infinity,
      .derivativeOfSigmoid, .derivativeOfTanh, .derivativeOfPower:
      nil
    }
  }
}
