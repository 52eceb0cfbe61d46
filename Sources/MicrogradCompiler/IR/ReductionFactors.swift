import MicrogradEngine

extension IR {
  /// Makes a multiple of a sum over the lanes, such as a mean, that sum with another factor, if nothing else needs the sum.
  /// It saves an instruction.
  ///
  /// Complexity: linear.
  func withFactorsInReductions() -> IR {
    let uses = useCounts()
    return rewritten { new, id, kind in
      guard case .sum(let old, _) = kinds[id], old.count == 1, uses[old[0].a] == 1,
        case .sum(let terms, let constant) = kind, constant.value == 0, terms[0].b == nil,
        case .reduction(let factor, let weights, let a, let b) = new.kinds[terms[0].a], factor.value == 1
      else { return new.append(kind) }
      return new.append(.reduction(factor: terms[0].factor, weights: weights, a: a, b: b))
    }
  }
}
