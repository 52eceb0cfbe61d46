import MicrogradEngine

// Folding and sharing, which is no pass of its own but done wherever a node is appended: constants are computed,
// equal nodes are one node, and all that is linear becomes sums of terms `factor · a · b`. It must not come before
// the lanes are known, since two samples may have equal data.
//
// Complexity: constant for each operand.

extension IR {
  mutating func constant(_ value: Double) -> ID { intern(.constant(Number(value))) }

  func constantValue(_ id: ID) -> Double? {
    if case .constant(let number) = kinds[id] { number.value } else { nil }
  }

  /// The result of an operation.
  mutating func apply(_ operation: Operation, _ a: ID, _ b: ID? = nil) -> ID {
    let x = constantValue(a), y = b.flatMap { constantValue($0) }
    if let x, b == nil || y != nil, operation != .straightThrough { return constant(operation.value(x, y ?? 0)) }
    switch (operation, b, y) {
    case (.add, let b?, _): return sum([Term(1, a), Term(1, b)])
    case (.subtract, let b?, _): return sum([Term(1, a), Term(-1, b)])
    case (.multiply, let b?, _): return sum([Term(1, a, b)])
    case (.negate, _, _): return sum([Term(-1, a)])
    case (.divide, _, let y?) where y.isNormal && (1 / y).isNormal: return sum([Term(1 / y, a)])
    case (.constantPower, _, let y?), (.power, _, let y?): return power(a, y)
    default: return intern(.apply(operation, a, b))
    }
  }

  /// The result of an operation on one or two operands.
  mutating func apply(_ operation: Operation, to operands: [ID]) -> ID {
    apply(operation, operands[0], operands.count > 1 ? operands[1] : nil)
  }

  /// `bias + Σ weightsₖ · inputsₖ`.
  mutating func dot(_ weights: [ID], _ inputs: [ID], bias: ID?) -> ID {
    sum(zip(weights, inputs).map { Term(1, $0, $1) } + (bias.map { [Term(1, $0)] } ?? []))
  }

  /// Small whole powers by products, which have kernels.
  private mutating func power(_ a: ID, _ exponent: Double) -> ID {
    switch exponent {
    case 1: return a
    case 2: return sum([Term(1, a, a)])
    case 3, 4:
      let square = sum([Term(1, a, a)])
      return sum([Term(1, square, exponent == 3 ? a : square)])
    case -1: return intern(.apply(.divide, constant(1), a))
    default: return intern(.apply(.constantPower, a, constant(exponent)))
    }
  }

  /// `constant + Σ terms`, from left to right: `1 - p + 1e-12` is not `(1 + 1e-12) - p`.
  mutating func sum(_ terms: [Term], constant start: Double = 0) -> ID {
    var start = start, simplified: [Term] = []
    for term in terms {
      var constant = 0.0
      if let term = self.simplified(term, constant: &constant) {
        if term.factor.value != 0 { simplified.append(term) }
      } else if simplified.isEmpty {
        start += constant
      } else if constant != 0 {
        simplified.append(Term(constant, self.constant(1)))
      }
    }
    if simplified.isEmpty { return constant(start) }
    if start == 0, simplified.count == 1, simplified[0].b == nil, simplified[0].factor.value == 1 {
      return simplified[0].a
    }
    return intern(.sum(simplified, constant: Number(start)))
  }

  /// The same for sums that may be added in any order, over samples or of gradients: equal terms become one.
  mutating func sum(inAnyOrder terms: [Term]) -> ID {
    var start = 0.0, merged: [Term] = [], indices: [Term: Int] = [:]
    for term in terms {
      var constant = 0.0
      guard let term = simplified(term, constant: &constant) else {
        start += constant
        continue
      }
      let key = Term(1, term.a, term.b, gradient: term.gradient)
      if let index = indices[key] {
        merged[index].factor = Number(merged[index].factor.value + term.factor.value)
      } else {
        // A term by itself meets no other: most sums are products of two, which need no dictionary.
        if terms.count > 1 { indices[key] = merged.count }
        merged.append(term)
      }
    }
    return sum(merged, constant: start)
  }

  /// A term without constants among its factors and without multiples such as `2·x`; nil if only a constant is left.
  private func simplified(_ term: Term, constant: inout Double) -> Term? {
    var factor = term.factor.value, first: ID?, second: ID?, gradient: ID?
    for index in 0..<2 {
      guard let operand = index == 0 ? term.a : term.b else { continue }
      if let value = constantValue(operand) {
        factor *= value
        continue
      }
      var name = operand
      if case .sum(let terms, let start) = kinds[operand], terms.count == 1, terms[0].b == nil,
        start.value == 0
      {
        factor *= terms[0].factor.value
        name = terms[0].a
      }
      if first == nil { first = name } else { second = name }
      if operand == term.gradient { gradient = name }
    }
    guard let first else {
      constant = factor
      return nil
    }
    return Term(factor, first, second, gradient: gradient)
  }

  /// `factor · Σ over lanes of weights · a · b`; uniform factors are multiplied by afterwards.
  mutating func reduce(_ factor: Double = 1, weights: ID, _ a: ID? = nil, _ b: ID? = nil) -> ID {
    let operands = [a, b].compactMap { $0 }
    let varying = operands.filter { isLane[$0] }
    let reduction = intern(
      .reduction(
        factor: Number(factor), weights: weights, a: varying.first, b: varying.count > 1 ? varying[1] : nil))
    return operands.filter { !isLane[$0] }.reduce(reduction) { sum([Term(1, $0, $1)]) }
  }
}
