import MicrogradEngine

extension IR {
  /// The pass `differentiation`: the nodes of the backward pass are appended, and the gradients named.
  ///
  /// Nodes are visited in reverse order, as in the engine, but symbolically: a node's gradient is a sum of terms, and
  /// an ordinary node once it is complete. A gradient that flows from the lanes into a uniform node is reduced over
  /// the lanes. A gradient of 0 propagates nothing, as in the engine.
  ///
  /// Complexity: linear in the number of terms.
  func differentiated(parameters: Int) -> IR {
    var pass = Differentiation(self.rewritten { new, _, kind in new.append(kind) }, parameters)
    pass.run()
    return pass.ir
  }
}

private struct Differentiation {
  private(set) var ir: IR
  private let parameters: Int
  /// Whether a gradient that flows into a node reaches a parameter.
  private var leadsToParameter: [Bool]
  private var parts: [[IR.Term]]
  /// The gradients of a dense layer's rows.
  private var rowGradients: [IR.ID: [Int: IR.ID]] = [:]

  init(_ ir: IR, _ parameters: Int) {
    self.ir = ir
    self.parameters = parameters
    parts = Array(repeating: [], count: ir.kinds.count)
    leadsToParameter = []
    for kind in ir.kinds {
      switch kind {
      case .parameter, .dense: leadsToParameter.append(true)
      case .apply(.straightThrough, let a, _): leadsToParameter.append(leadsToParameter[a])
      default: leadsToParameter.append(IR.operands(of: kind).contains { leadsToParameter[$0] })
      }
    }
  }

  mutating func run() {
    ir.gradients = Array(repeating: nil, count: parameters)
    parts[ir.loss] = [IR.Term(1, ir.constant(1))]
    for id in (0...ir.loss).reversed() where leadsToParameter[id] {
      if case .dense(let matrix, let inputs, _) = ir.kinds[id] {
        appendDenseVJP(id, matrix, inputs)
      } else if !parts[id].isEmpty {
        let gradient = ir.sum(inAnyOrder: parts[id])
        if ir.constantValue(gradient) != 0 { appendVJPs(of: id, gradient: gradient) }
      }
    }
  }

  private mutating func appendVJPs(of id: IR.ID, gradient: IR.ID) {
    switch ir.kinds[id] {
    case .parameter(let index): ir.gradients[index] = gradient
    case .row(let block, let row): rowGradients[block, default: [:]][row] = gradient
    case .sum(let terms, _):
      for term in terms {
        add(term.factor.value, gradient, term.b, to: term.a, from: id)
        if let b = term.b { add(term.factor.value, gradient, term.a, to: b, from: id) }
      }
    case .apply(.straightThrough, let a, _): add(1, gradient, nil, to: a, from: id)
    case .apply(let operation, let a, let b):
      appendVJP(operation, .left, a, b, a, id, gradient)
      if let b, !operation.hasConstant { appendVJP(operation, .right, a, b, b, id, gradient) }
    case .reduction(let factor, let weights, let a, let b):
      if let a { addScaled(factor.value, gradient, weights, b, to: a) }
      if let b { addScaled(factor.value, gradient, weights, a, to: b) }
    case .constant, .column, .laneMask, .dense, .denseInputs, .vjp: break
    }
  }

  private mutating func appendVJP(
    _ operation: Operation, _ side: IR.Side, _ a: IR.ID, _ b: IR.ID?, _ operand: IR.ID, _ y: IR.ID,
    _ gradient: IR.ID
  ) {
    guard leadsToParameter[operand] else { return }
    let part = ir.intern(.vjp(operation, side, gradient: gradient, a: a, b: b, y: y))
    add(1, part, nil, to: operand, from: y)
  }

  /// Adds `factor · gradient · other` to an operand's gradient.
  private mutating func add(
    _ factor: Double, _ gradient: IR.ID, _ other: IR.ID?, to operand: IR.ID, from node: IR.ID
  ) {
    guard leadsToParameter[operand] else { return }
    if ir.isLane[operand] || !ir.isLane[node] {
      parts[operand].append(IR.Term(factor, gradient, other, gradient: gradient))
    } else {
      parts[operand].append(IR.Term(1, ir.reduce(factor, weights: gradient, other)))
    }
  }

  /// Adds the gradient that flows back through a reduction: `gradient`, one number, times the weights.
  private mutating func addScaled(
    _ factor: Double, _ gradient: IR.ID, _ weights: IR.ID, _ other: IR.ID?, to operand: IR.ID
  ) {
    guard leadsToParameter[operand] else { return }
    // The weights are 0 in lanes without a sample, where not even an infinite gradient counts.
    let scaled = ir.sum([IR.Term(factor, gradient, weights, gradient: weights)])
    parts[operand].append(IR.Term(1, scaled, other, gradient: scaled))
  }

  private mutating func appendDenseVJP(_ id: IR.ID, _ matrix: Int, _ inputs: [IR.ID]) {
    guard let known = rowGradients[id] else { return }
    let zero = ir.sum([IR.Term(0, ir.intern(.laneMask))])
    let gradients = (0..<ir.matrices[matrix].rows).map { known[$0] ?? zero }
    ir.matrixGradients.append(IR.MatrixGradient(matrix: matrix, gradients: gradients, inputs: inputs))
    guard inputs.contains(where: { leadsToParameter[$0] }) else { return }
    let block = ir.intern(.denseInputs(matrix: matrix, gradients: gradients, mask: nil))
    for (index, input) in inputs.enumerated() where leadsToParameter[input] {
      parts[input].append(IR.Term(1, ir.intern(.row(block, index))))
    }
  }
}
