import MicrogradEngine

/// Forward mode on code: the derivatives of all nodes with respect to a leaf, or in a direction.
///
/// Complexity: linear in the number of terms for each direction.
struct Tangents {
  private(set) var ir: IR
  private let isShared: Bool
  /// The nodes that are differentiated; those behind them are tangents.
  private let count: Int
  /// The derivative of each node; nil for one that does not depend on the leaves.
  private var tangents: [IR.ID?] = []

  /// - Parameter isShared: Whether there are several directions, whose tangents go through the same operations.
  init(_ ir: IR, isShared: Bool) {
    self.ir = ir
    self.isShared = isShared
    count = ir.kinds.count
  }

  /// Appends the derivatives of all nodes.
  ///
  /// - Parameter seed: Returns the derivative of a leaf; nil for 0.
  mutating func append(_ seed: (inout IR, IR.Kind) -> IR.ID?) -> [IR.ID?] {
    tangents = Array(repeating: nil, count: count)
    for id in 0..<count {
      switch ir.kinds[id] {
      case .parameter, .column: tangents[id] = seed(&ir, ir.kinds[id])
      default: tangents[id] = sum(terms(of: ir.kinds[id], id))
      }
    }
    return tangents
  }

  private mutating func sum(_ terms: [IR.Term]) -> IR.ID? {
    guard !terms.isEmpty else { return nil }
    let sum = ir.sum(inAnyOrder: terms)
    return ir.constantValue(sum) == 0 ? nil : sum
  }

  private mutating func terms(of kind: IR.Kind, _ id: IR.ID) -> [IR.Term] {
    switch kind {
    case .constant, .parameter, .column, .laneMask, .maximum, .dense, .denseInputs: return []
    case .sum(let terms, _): return self.terms(ofSum: terms)
    case .apply(.straightThrough, let a, _): return tangents[a].map { [IR.Term(1, $0)] } ?? []
    case .apply(let operation, let a, let b):
      return terms(of: operation, a, b, id, tangents[a], b.flatMap { tangents[$0] })
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      return terms(ofVJP: operation, side, gradient, a, b, y)
    case .reduction(let factor, let weights, let a, let b):
      return terms(ofReduction: factor.value, weights, a, b)
    case .row(let block, let row):
      guard case .dense(let matrix, let inputs, false) = ir.kinds[block] else {
        preconditionFailure("code is differentiated before its layers are fused with others")
      }
      let positions = ir.positions(matrix, inputs: inputs)
      let weights = ir.matrices[matrix].weights[row / positions]
      return weights.enumerated().compactMap { k, weight in
        tangents[inputs[k * positions + row % positions]].map {
          IR.Term(1, ir.intern(.parameter(weight)), $0, gradient: $0)
        }
      }
    }
  }

  private func terms(ofSum terms: [IR.Term]) -> [IR.Term] {
    terms.flatMap { term in
      [(term.a, term.b), (term.b, term.a)].compactMap { operand, other in
        guard let operand, let tangent = tangents[operand] else { return nil }
        return IR.Term(term.factor.value, tangent, other, gradient: term.gradient == other ? other : tangent)
      }
    }
  }

  private mutating func terms(
    of operation: Operation, _ a: IR.ID, _ b: IR.ID?, _ y: IR.ID, _ tangentOfA: IR.ID?, _ tangentOfB: IR.ID?
  ) -> [IR.Term] {
    var terms: [IR.Term] = []
    if let tangentOfA {
      terms.append(ir.derivativeTerm(operation, .left, of: tangentOfA, a, b, y, isShared: isShared))
    }
    if let b, let tangentOfB, !operation.hasConstant {
      terms.append(ir.derivativeTerm(operation, .right, of: tangentOfB, a, b, y, isShared: isShared))
    }
    return terms
  }

  /// A reduction is linear in each of its factors.
  private mutating func terms(
    ofReduction factor: Double, _ weights: IR.ID, _ a: IR.ID?, _ b: IR.ID?
  ) -> [IR.Term] {
    var terms: [IR.Term] = []
    if let tangent = tangents[weights] {
      let row = ir.isLane[tangent] ? tangent : ir.sum([IR.Term(1, tangent, ir.intern(.laneMask))])
      terms.append(IR.Term(1, ir.reduce(factor, weights: row, a, b)))
    }
    if let a, let tangent = tangents[a] {
      terms.append(IR.Term(1, ir.reduce(factor, weights: weights, tangent, b)))
    }
    if let b, let tangent = tangents[b] {
      terms.append(IR.Term(1, ir.reduce(factor, weights: weights, a, tangent)))
    }
    return terms
  }

  /// A vector-Jacobian product `gradient · p` is linear in the gradient; p is a formula of the rules.
  private mutating func terms(
    ofVJP operation: Operation, _ side: IR.Side, _ gradient: IR.ID, _ a: IR.ID, _ b: IR.ID?, _ y: IR.ID
  ) -> [IR.Term] {
    var terms: [IR.Term] = []
    if let tangent = tangents[gradient] {
      terms.append(ir.derivativeTerm(operation, side, of: tangent, a, b, y, isShared: true))
    }
    let needed = operation.operandsOfVJP(side, a: a, b: b, y: y)
    guard needed.contains(where: { tangents[$0] != nil }) else { return terms }
    var formula = FormulaTangent(ir: ir, a: a, b: b, y: y) { [tangents] in tangents[$0] }
    let derivative = formula.derivative(of: operation.rule.partials[side.rawValue])
    ir = formula.ir
    if let derivative { terms.append(IR.Term(1, gradient, derivative, gradient: gradient)) }
    return terms
  }
}
