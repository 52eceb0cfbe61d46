import MicrogradEngine

extension IR {
  /// The pass `fusion`: ReLU becomes part of the dense layer before it, its derivative part of the product that brings
  /// the gradient, and a product of a gradient part of the reduction that adds it up, so that none needs a row of its own.
  /// Factors of sums over the lanes become part of them, and maxima of maxima one.
  ///
  /// Complexity: linear.
  func fused() -> IR {
    withReluInLayers().withMasksInProducts().withFactorsInReductions().withProductsInReductions()
      .withMaximaOfSeveral()
  }

  /// Fuses maxima into the maximum that is their only use, from left to right: the order of comparisons stays.
  private func withMaximaOfSeveral() -> IR {
    let uses = useCounts()
    return rewritten { new, id, kind in
      guard isLane[id], case .apply(.maximum, let old, _) = kinds[id], uses[old] == 1,
        case .apply(_, let a, let b?) = kind, new.isLane[b]
      else { return new.append(kind) }
      switch new.kinds[a] {
      case .maximum(let rows): return new.intern(.maximum(rows + [b]))
      case .apply(.maximum, let x, let y?) where new.isLane[x] && new.isLane[y]:
        return new.intern(.maximum([x, y, b]))
      default: return new.append(kind)
      }
    }
  }

  /// Fuses products with a gradient into reductions that are their only use.
  private func withProductsInReductions() -> IR {
    let uses = useCounts()
    return rewritten { new, id, kind in
      guard case .reduction(_, let old, nil, nil) = kinds[id], uses[old] == 1,
        case .reduction(let factor, let row, _, _) = kind, case .sum(let terms, let constant) = new.kinds[row],
        constant.value == 0, terms.count == 1, let gradient = terms[0].gradient, new.isLane[gradient]
      else { return new.append(kind) }
      let other = gradient == terms[0].a ? terms[0].b : terms[0].a
      return new.reduce(factor.value * terms[0].factor.value, weights: gradient, other)
    }
  }

  /// Fuses ReLU into layers of which all rows go through ReLU and nowhere else.
  private func withReluInLayers() -> IR {
    let uses = useCounts()
    var activated: [ID: Int] = [:]
    for id in kinds.indices where uses[id] > 0 {
      if case .apply(.relu, let row, _) = kinds[id], uses[row] == 1, case .row(let block, _) = kinds[row] {
        activated[block, default: 0] += 1
      }
    }
    func isActivated(_ block: ID) -> Bool {
      guard case .dense(let matrix, let inputs, false) = kinds[block] else { return false }
      return activated[block] == matrices[matrix].rows * positions(matrix, inputs: inputs)
    }
    return rewritten { new, id, kind in
      switch (kinds[id], kind) {
      case (_, .dense(let matrix, let inputs, _)) where isActivated(id):
        return new.intern(.dense(matrix: matrix, inputs: inputs, relu: true))
      case (.apply(.relu, let row, _), .apply(_, let renamed, _)):
        if case .row(let block, _) = kinds[row], isActivated(block) { return renamed }
        return new.append(kind)
      default:
        return new.append(kind)
      }
    }
  }

  /// Fuses the derivative of ReLU into products of which it is the only use of each row.
  private func withMasksInProducts() -> IR {
    let uses = useCounts()
    var masks: [ID: [Int: ID]] = [:]
    for id in kinds.indices where uses[id] > 0 {
      if case .vjp(.relu, _, let gradient, _, _, let y) = kinds[id], uses[gradient] == 1,
        case .row(let block, let index) = kinds[gradient], case .denseInputs = kinds[block]
      {
        masks[block, default: [:]][index] = y
      }
    }
    var complete: [ID: [ID]] = [:]
    for (block, found) in masks {
      guard case .denseInputs(let matrix, let gradients, nil) = kinds[block],
        found.count == matrices[matrix].inner * positions(matrix, gradients: gradients)
      else { continue }
      complete[block] = found.sorted { $0.key < $1.key }.map(\.value)
    }
    var names: [ID: ID] = [:]
    return rewritten { new, id, kind in
      var result: ID?
      switch (kinds[id], kind) {
      case (_, .denseInputs(let matrix, let gradients, _)):
        if let mask = complete[id] {
          result = new.intern(.denseInputs(matrix: matrix, gradients: gradients, mask: mask.map { names[$0]! }))
        }
      case (.vjp(.relu, _, let gradient, _, _, _), .vjp(_, _, let renamed, _, _, _)):
        if case .row(let block, _) = kinds[gradient], complete[block] != nil { result = renamed }
      default: break
      }
      names[id] = result ?? new.append(kind)
      return names[id]!
    }
  }
}
