extension Expression {
  /// The formula as people read it, such as `b × a ^ (b − 1)`: in every language the same. `condition ? this : that` is a
  /// choice. Functions without a sign of their own are written as what they are by definition.
  package var text: String { written.text }

  /// The precedence of the outermost operator of a formula.
  private enum Binding: Int, Comparable {
    case choice, sum, product, sign, power, atom
    static func < (a: Binding, b: Binding) -> Bool { a.rawValue < b.rawValue }
  }

  private struct Written {
    let text: String
    let binding: Binding

    init(_ text: String, _ binding: Binding) {
      self.text = text
      self.binding = binding
    }

    /// The text, in brackets if something that binds this tightly would tear it apart.
    func inside(_ outer: Binding) -> String { binding < outer ? "(\(text))" : text }
  }

  private var written: Written {
    switch self {
    case .number(0.5): Written("½", .atom)
    case .number(let number) where number < 0: (-Expression.number(-number)).written
    case .number(let number): Written(Int(exactly: number).map { "\($0)" } ?? "\(number)", .atom)
    case .letter(let letter): Written(letter.rawValue, .atom)
    case .sum(let a, let b): Written("\(a.written.inside(.sum)) + \(b.written.inside(.sum))", .sum)
    case .difference(let a, let b): Written("\(a.written.inside(.sum)) − \(b.written.inside(.product))", .sum)
    case .product(let a, let b) where a == b: Written("\(a.written.inside(.atom)) ^ 2", .power)
    case .product(let a, let b): Written("\(a.written.inside(.product)) × \(b.written.inside(.power))", .product)
    case .quotient(let a, let b): Written("\(a.written.inside(.product)) ÷ \(b.written.inside(.power))", .product)
    case .negative(let x): Written("−\(x.written.inside(.power))", .sign)
    case .choice(.comparison(let a, .larger, let b), let x, let y) where x == a && y == b:
      Written("max(\(a.text), \(b.text))", .atom)
    case .choice(.comparison(let a, .smaller, let b), let x, let y) where x == a && y == b:
      Written("min(\(a.text), \(b.text))", .atom)
    case .choice(let condition, let x, let y):
      Written("\(condition.text) ? \(x.written.inside(.sum)) : \(y.written.text)", .choice)
    case .exception(_, _, let formula): formula.written
    case .call(let function, let arguments):
      Self.written(function, arguments.map { $0.written }) ?? definition!.written
    }
  }

  /// Functions that have a sign of their own.
  private static func written(_ function: Function, _ x: [Written]) -> Written? {
    switch function {
    case .power: Written("\(x[0].inside(.atom)) ^ \(x[1].inside(.atom))", .power)
    case .exp: Written("e^\(x[0].inside(.sign))", .power)
    case .expOfNegativeSquare: Written("e^−\(x[0].inside(.atom))²", .power)
    case .sqrt: Written("√\(x[0].inside(.atom))", .atom)
    case .abs: Written("|\(x[0].text)|", .atom)
    case .log, .sign, .sin, .cos, .atan, .tanh, .erf, .erfc: Written("\(function.rawValue)(\(x[0].text))", .atom)
    case .sigmoid: Written("σ(\(x[0].text))", .atom)
    case .normalDistribution: Written("Φ(\(x[0].text))", .atom)
    case .normalDensity: Written("φ(\(x[0].text))", .atom)
    // As an atom, since −2 ÷ √π needs no brackets.
    case .twoOverRootPi: Written("2 ÷ √π", .atom)
    case .infinity: Written("∞", .atom)
    case .expMinusOne, .logOnePlus, .softplus, .derivativeOfSigmoid, .derivativeOfTanh, .derivativeOfPower: nil
    }
  }
}

extension Expression.Condition {
  package var text: String {
    switch self {
    case .comparison(let a, let relation, let b): "\(a.text) \(relation.rawValue) \(b.text)"
    case .both(let first, let second): "\(first.text) and \(second.text)"
    }
  }
}
