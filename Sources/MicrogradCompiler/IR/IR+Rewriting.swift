extension IR {
  /// A new list with the nodes that the results need, each appended by `append`, which is given the node with its
  /// operands already renamed. Folding and sharing happen anew on the way.
  ///
  /// Complexity: linear.
  func rewritten(_ append: (inout IR, ID, Kind) -> ID) -> IR {
    var new = emptied(), names = [ID](repeating: -1, count: kinds.count)
    let uses = useCounts()
    for id in kinds.indices where uses[id] > 0 {
      names[id] = append(&new, id, kinds[id].renamed { $0 < 0 ? -1 : names[$0] })
    }
    return new.withResults(of: self, named: names)
  }

  /// The same list without nodes that no result needs.
  func compacted() -> IR {
    useCounts().contains(0) ? rewritten { new, _, kind in new.append(kind) } : self
  }

  /// The same nodes with the results of another list, whose nodes have these names here.
  func withResults(of old: IR, named names: [ID]) -> IR {
    var new = self
    new.loss = old.loss < 0 ? -1 : names[old.loss]
    new.outputs = old.outputs.map { names[$0] }
    new.gradients = old.gradients.map { $0.map { names[$0] } }
    new.matrixGradients = old.matrixGradients.map {
      MatrixGradient(
        matrix: $0.matrix, gradients: $0.gradients.map { names[$0] }, inputs: $0.inputs.map { names[$0] })
    }
    return new
  }

  /// Appends a node, simplified if its kind can be.
  mutating func append(_ kind: Kind) -> ID {
    switch kind {
    case .apply(let operation, let a, let b): apply(operation, a, b)
    case .sum(let terms, let constant): sum(terms, constant: constant.value)
    case .reduction(let factor, let weights, let a, let b): reduce(factor.value, weights: weights, a, b)
    default: intern(kind)
    }
  }
}

extension IR.Kind {
  /// The same with other operands.
  func renamed(_ name: (IR.ID) -> IR.ID) -> IR.Kind {
    switch self {
    case .constant, .parameter, .column, .laneMask: self
    case .apply(let operation, let a, let b): .apply(operation, name(a), b.map(name))
    case .sum(let terms, let constant):
      .sum(
        terms.map { IR.Term($0.factor.value, name($0.a), $0.b.map(name), gradient: $0.gradient.map(name)) },
        constant: constant)
    case .maximum(let rows): .maximum(rows.map(name))
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      // Operands that the derivative is not computed from may be gone; they keep a name that means nothing.
      .vjp(operation, side, gradient: name(gradient), a: name(a), b: b.map(name), y: name(y))
    case .reduction(let factor, let weights, let a, let b):
      .reduction(factor: factor, weights: name(weights), a: a.map(name), b: b.map(name))
    case .dense(let matrix, let inputs, let relu): .dense(matrix: matrix, inputs: inputs.map(name), relu: relu)
    case .denseInputs(let matrix, let gradients, let mask):
      .denseInputs(matrix: matrix, gradients: gradients.map(name), mask: mask.map { $0.map(name) })
    case .row(let block, let index): .row(name(block), index)
    }
  }
}
