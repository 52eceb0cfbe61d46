import MicrogradEngine

extension IR {
  /// The pass `fusion`: ReLU becomes part of the dense layer before it, its derivative part of the product that brings
  /// the gradient, and a product of a gradient part of the reduction that adds it up, so that none needs a row of its own.
  /// Factors of sums over the lanes become part of them, and maxima of maxima one.
  ///
  /// Complexity: linear.
  func fused() -> IR {
    withReluAndFactors().withProductsInReductions().withMaximaOfSeveral()
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

  /// Fuses ReLU into layers, its derivative into products, and factors into reductions: parts of the code that have no node in
  /// common, so one list is enough for all of them.
  private func withReluAndFactors() -> IR {
    let uses = useCounts(), activated = activatedLayers(uses), masks = masks(uses)
    var names = [ID](repeating: -1, count: kinds.count)
    return rewritten { new, id, kind in
      names[id] =
        switch (kinds[id], kind) {
        case (.dense, .dense(let matrix, let inputs, _)) where activated.contains(id):
          new.intern(.dense(matrix: matrix, inputs: inputs, relu: true))
        case (.apply(.relu, let row, _), .apply(_, let renamed, _)) where activated.contains(block(of: row)):
          renamed
        case (.denseInputs, .denseInputs(let matrix, let gradients, _)) where masks[id] != nil:
          new.intern(.denseInputs(matrix: matrix, gradients: gradients, mask: masks[id]!.map { names[$0] }))
        case (.vjp(.relu, _, let row, _, _, _), .vjp(_, _, let renamed, _, _, _)) where masks[block(of: row)] != nil:
          renamed
        case (.sum(let terms, _), .sum) where terms.count == 1 && uses[terms[0].a] == 1:
          new.append(new.withFactorInReduction(kind))
        default: new.append(kind)
        }
      return names[id]
    }
  }

  /// The layer or product that a node is a row of; -1 if it is none.
  private func block(of id: ID) -> ID { if case .row(let block, _) = kinds[id] { block } else { -1 } }

  /// Finds layers of which all rows go through ReLU and nowhere else.
  private func activatedLayers(_ uses: [Int]) -> Set<ID> {
    var activated: [ID: Int] = [:]
    for id in kinds.indices where uses[id] > 0 {
      if case .apply(.relu, let row, _) = kinds[id], uses[row] == 1, case .row(let block, _) = kinds[row] {
        activated[block, default: 0] += 1
      }
    }
    return Set(
      activated.keys.filter { block in
        guard case .dense(let matrix, let inputs, false) = kinds[block] else { return false }
        return activated[block] == matrices[matrix].rows * positions(matrix, inputs: inputs)
      })
  }

  /// Finds products of which the derivative of ReLU is the only use of each row: the results of ReLU, in the order of the
  /// rows.
  private func masks(_ uses: [Int]) -> [ID: [ID]] {
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
    return complete
  }

  /// A multiple of a sum over the lanes, such as a mean, as that sum with another factor, which saves an instruction; any
  /// other kind as it is.
  private func withFactorInReduction(_ kind: Kind) -> Kind {
    guard case .sum(let terms, let constant) = kind, constant.value == 0, terms[0].b == nil,
      case .reduction(let factor, let weights, let a, let b) = kinds[terms[0].a], factor.value == 1
    else { return kind }
    return .reduction(factor: terms[0].factor, weights: weights, a: a, b: b)
  }
}
