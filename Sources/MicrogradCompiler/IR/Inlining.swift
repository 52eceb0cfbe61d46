extension IR {
  /// Pass 6, inlining: a sum or product that is used once becomes part of the sum that uses it.
  ///
  /// `relu(1 - y·(w·x + b))` was recorded as five operations; the argument becomes one sum of products. A neuron written
  /// out as products and additions becomes the same sum that `dot` gives.
  ///
  /// Complexity: linear in the number of terms.
  func inlined() -> IR {
    let uses = useCounts()
    return rewritten { new, id, kind in
      switch (kinds[id], kind) {
      case (.sum(let old, let constant), .sum(let terms, _)):
        let parts = zip(old, terms).map { inlined($0, as: $1, in: new, uses, isLane: isLane[id]) }
        return new.sum(parts.flatMap(\.terms), constant: parts.reduce(constant.value) { $0 + $1.constant })
      case (.total(let factor, _, let a?, nil), .total(_, let weights, let row?, nil)) where uses[a] == 1:
        if case .sum(let terms, let constant) = new.kinds[row], terms.count == 1, constant.value == 0 {
          return new.total(factor.value * terms[0].factor.value, weights: weights, terms[0].a, terms[0].b)
        }
      default: break
      }
      return new.append(kind)
    }
  }

  /// What takes the place of a term: itself, or the terms of the sum that it refers to, times its factor.
  private func inlined(
    _ old: Term, as term: Term, in new: IR, _ uses: [Int], isLane: Bool
  ) -> (terms: [Term], constant: Double) {
    guard old.b == nil, uses[old.a] == 1, self.isLane[old.a] == isLane,
      case .sum(let terms, let constant) = new.kinds[term.a]
    else { return ([term], 0) }
    let factor = term.factor.value
    return (terms.map { Term(factor * $0.factor.value, $0.a, $0.b) }, factor * constant.value)
  }
}
