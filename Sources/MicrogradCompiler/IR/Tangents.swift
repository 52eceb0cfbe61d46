import MicrogradEngine

/// Forward mode on code: the derivatives of all nodes with respect to one, or in one direction.
///
/// Complexity: linear in the number of terms for each direction.
struct Tangents {
  private(set) var ir: IR
  private let isShared: Bool
  /// The nodes that are differentiated; those behind them are tangents.
  private let count: Int

  /// - Parameter isShared: Whether there are several directions, whose tangents go through the same operations.
  init(_ ir: IR, isShared: Bool) {
    self.ir = ir
    self.isShared = isShared
    count = ir.kinds.count
  }

  /// Appends the derivatives of all nodes with respect to a leaf; nil for those that do not depend on it.
  mutating func tangents(from leaf: IR.Kind) -> [IR.ID?] {
    var tangents = [IR.ID?](repeating: nil, count: count)
    for id in 0..<count {
      if ir.kinds[id] == leaf {
        tangents[id] = ir.constant(1)
      } else {
        let terms = terms(of: ir.kinds[id], id, tangents)
        guard !terms.isEmpty else { continue }
        let tangent = ir.sum(inAnyOrder: terms)
        if ir.constantValue(tangent) != 0 { tangents[id] = tangent }
      }
    }
    return tangents
  }

  private mutating func terms(of kind: IR.Kind, _ id: IR.ID, _ tangents: [IR.ID?]) -> [IR.Term] {
    switch kind {
    case .constant, .parameter, .column, .laneMask, .dense, .denseInputs: return []
    case .sum(let terms, _): return self.terms(ofSum: terms, tangents)
    case .apply(.straightThrough, let a, _): return tangents[a].map { [IR.Term(1, $0)] } ?? []
    case .apply(let operation, let a, let b):
      var terms: [IR.Term] = []
      if let tangent = tangents[a] {
        terms.append(ir.derivativeTerm(operation, .left, of: tangent, a, b, id, isShared: isShared))
      }
      if let b, !operation.hasConstant, let tangent = tangents[b] {
        terms.append(ir.derivativeTerm(operation, .right, of: tangent, a, b, id, isShared: isShared))
      }
      return terms
    case .row(let block, let row):
      guard case .dense(let matrix, let inputs, false) = ir.kinds[block] else {
        preconditionFailure("code is differentiated before its layers are fused with others")
      }
      let weights = ir.matrices[matrix].weights[row]
      return zip(weights, inputs).compactMap { weight, input in
        tangents[input].map { IR.Term(1, ir.intern(.parameter(weight)), $0, gradient: $0) }
      }
    case .vjp, .reduction: preconditionFailure("there are none in the code of a function")
    }
  }

  private func terms(ofSum terms: [IR.Term], _ tangents: [IR.ID?]) -> [IR.Term] {
    terms.flatMap { term in
      [(term.a, term.b), (term.b, term.a)].compactMap { operand, other in
        guard let operand, let tangent = tangents[operand] else { return nil }
        return IR.Term(term.factor.value, tangent, other, gradient: tangent)
      }
    }
  }
}
