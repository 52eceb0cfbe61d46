extension IR {
  /// The pass `inlining`: a sum or product that is used once becomes part of the sum that uses it.
  ///
  /// `relu(1 - y·(w·x + b))` was recorded as five operations; the argument becomes one sum of products. A neuron
  /// written out as products and additions becomes the same sum that `dot` gives. The order of additions stays as it
  /// was written, but for weighted sums: `b + (w₁·x₁ + w₂·x₂)` becomes a neuron as well.
  ///
  /// Complexity: linear in the number of terms.
  func inlined() -> IR {
    let uses = useCounts()
    return rewritten { new, id, kind in
      switch (kinds[id], kind) {
      case (.sum(let old, let constant), .sum(let terms, _))
      where old.contains(where: { mayDissolve($0, uses, isLane: isLane[id]) }):
        let parts = zip(old, terms).enumerated().flatMap { index, term in
          inlined(
            term.0, as: term.1, in: &new, uses, isLane: isLane[id], isFirst: index == 0 && constant.value == 0)
        }
        return new.sum(parts, constant: constant.value)
      case (.reduction(let factor, _, let a?, nil), .reduction(_, let weights, let row?, nil)) where uses[a] == 1:
        if case .sum(let terms, let constant) = new.kinds[row], terms.count == 1, constant.value == 0 {
          return new.reduce(factor.value * terms[0].factor.value, weights: weights, terms[0].a, terms[0].b)
        }
      default: break
      }
      return new.append(kind)
    }
  }

  /// Returns the replacement of a term: itself, or the terms of the sum that it refers to, times its factor.
  private func inlined(
    _ old: Term, as term: Term, in new: inout IR, _ uses: [Int], isLane: Bool, isFirst: Bool
  ) -> [Term] {
    guard mayDissolve(old, uses, isLane: isLane), case .sum(let terms, let constant) = new.kinds[term.a] else {
      return [term]
    }
    let factor = term.factor.value
    let isProduct = terms.count == 1 && constant.value == 0
    let isReordered = new.isWeightedSum(terms, constant) && (factor == 1 || !isLane)
    guard isProduct || isFirst && factor == 1 || isReordered else { return [term] }
    let start = constant.value == 0 ? [] : [Term(constant.value, new.constant(1))]
    return start + terms.map { Term(factor * $0.factor.value, $0.a, $0.b, gradient: $0.gradient) }
  }

  /// Whether a term of a sum is used by this sum alone, and varies as the sum does.
  private func mayDissolve(_ term: Term, _ uses: [Int], isLane: Bool) -> Bool {
    term.b == nil && uses[term.a] == 1 && self.isLane[term.a] == isLane
  }

  /// Whether a sum is `Σ wₖ·xₖ + b` with parameters w and b. Dense layers and penalties such as Σ wₖ² compute these,
  /// in an order of their own.
  private func isWeightedSum(_ terms: [Term], _ constant: Number) -> Bool {
    func isParameter(_ id: ID) -> Bool { if case .parameter = kinds[id] { true } else { false } }
    let products = terms.filter { $0.b != nil }
    // The number that a weight belongs to; the weights of one number twice are an ordinary sum.
    let inputs = Set(products.map { isParameter($0.a) ? $0.b! : $0.a })
    return constant.value == 0 && inputs.count > 1 && inputs.count == products.count
      && terms.allSatisfy { $0.factor.value == 1 && (isParameter($0.a) || $0.b.map(isParameter) ?? false) }
  }
}
