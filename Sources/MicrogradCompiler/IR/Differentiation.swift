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
    var pass = Differentiation(compacted(), .parameters, parameters)
    let seed = pass.ir.constant(1)
    let gradients = pass.run(from: pass.ir.loss, seed: seed)
    pass.ir.gradients = gradients
    return pass.ir
  }

  /// The same code with the entries of a Jacobian as further outputs, behind the outputs themselves: the derivatives of
  /// the first output with respect to each input, then those of the second, and so on.
  ///
  /// In reverse mode, output by output, or, where there are fewer inputs, in forward mode, input by input.
  ///
  /// Complexity: linear in the number of terms times the smaller of the two numbers.
  func withJacobian(inputs: Int) -> IR {
    let code = compacted()
    var new: IR, rows: [[ID?]]
    if outputs.count <= inputs {
      var pass = Differentiation(code, .inputs, inputs, sharesDerivatives: outputs.count > 1)
      let seed = pass.ir.constant(1)
      rows = code.outputs.map { pass.run(from: $0, seed: seed) }
      new = pass.ir
    } else {
      var pass = Tangents(code, isShared: inputs > 1)
      let columns = (0..<inputs).map { input in
        pass.append { ir, leaf in leaf == .column(input) ? ir.constant(1) : nil }
      }
      rows = code.outputs.map { output in columns.map { $0[output] } }
      new = pass.ir
    }
    new.outputs += rows.joined().map { $0 ?? new.constant(0) }
    return new
  }
}

extension IR {
  /// Code whose outputs are the products of the loss's matrix of second derivatives with a vector, one for each
  /// parameter; the numbers of the vector are parameters as well, behind the others.
  ///
  /// Forward mode over reverse mode (Pearlmutter, Neural Computation 6, 1994): the gradients' derivatives in the direction
  /// of the vector.
  ///
  /// Complexity: linear in the number of terms.
  ///
  /// - Precondition: The code has no dense layers.
  func withHessianVectorProduct(parameters: Int) -> IR {
    let gradients = differentiated(parameters: parameters)
    var pass = Tangents(gradients, isShared: false)
    let tangents = pass.append { ir, leaf in
      if case .parameter(let index) = leaf { ir.intern(.parameter(parameters + index)) } else { nil }
    }
    var new = pass.ir
    new.loss = -1
    new.outputs = gradients.gradients.map { gradient in gradient.flatMap { tangents[$0] } ?? new.constant(0) }
    new.gradients = []
    return new
  }
}

/// Reverse mode on code.
private struct Differentiation {
  /// The leaves that derivatives are taken with respect to.
  enum Variables { case parameters, inputs }

  var ir: IR
  private let variables: Variables
  private let count: Int
  private let sharesDerivatives: Bool
  /// Whether a gradient that flows into a node reaches a variable.
  private var leadsToVariable: [Bool] = []
  private var parts: [[IR.Term]]
  /// The gradients of a dense layer's rows.
  private var rowGradients: [IR.ID: [Int: IR.ID]] = [:]
  private var gradients: [IR.ID?] = []

  /// - Parameters:
  ///   - count: The number of variables.
  ///   - sharesDerivatives: Whether there are several outputs, whose gradients go through the same operations.
  init(_ ir: IR, _ variables: Variables, _ count: Int, sharesDerivatives: Bool = false) {
    self.ir = ir
    self.variables = variables
    self.count = count
    self.sharesDerivatives = sharesDerivatives
    parts = Array(repeating: [], count: ir.kinds.count)
    for kind in ir.kinds { leadsToVariable.append(leads(kind)) }
  }

  private func leads(_ kind: IR.Kind) -> Bool {
    switch kind {
    case .parameter: return variables == .parameters
    case .column(let index): return variables == .inputs && index < count
    case .apply(.straightThrough, let a, _): return leadsToVariable[a]
    case .dense where variables == .parameters: return true
    default:
      var leads = false
      IR.forEachOperand(of: kind) { leads = leads || leadsToVariable[$0] }
      return leads
    }
  }

  /// Appends the derivatives of a node with respect to each variable; nil for one that it does not depend on.
  mutating func run(from root: IR.ID, seed: IR.ID) -> [IR.ID?] {
    gradients = Array(repeating: nil, count: count)
    rowGradients = [:]
    for id in 0...root { parts[id] = [] }
    parts[root] = [IR.Term(1, seed)]
    for id in (0...root).reversed() where leadsToVariable[id] {
      if case .dense(let matrix, let inputs, _) = ir.kinds[id] {
        appendDenseVJP(id, matrix, inputs)
      } else if !parts[id].isEmpty {
        let gradient = ir.sum(inAnyOrder: parts[id])
        if ir.constantValue(gradient) != 0 { appendVJPs(of: id, gradient: gradient) }
      }
    }
    return gradients
  }

  private mutating func appendVJPs(of id: IR.ID, gradient: IR.ID) {
    switch ir.kinds[id] {
    case .parameter(let index), .column(let index): gradients[index] = gradient
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
    case .constant, .laneMask, .maximum, .dense, .denseInputs, .vjp: break
    }
  }

  private mutating func appendVJP(
    _ operation: Operation, _ side: IR.Side, _ a: IR.ID, _ b: IR.ID?, _ operand: IR.ID, _ y: IR.ID,
    _ gradient: IR.ID
  ) {
    guard leadsToVariable[operand] else { return }
    let part = ir.derivativeTerm(operation, side, of: gradient, a, b, y, isShared: sharesDerivatives)
    if ir.isLane[operand] || !ir.isLane[y] {
      parts[operand].append(part)
    } else {
      parts[operand].append(IR.Term(1, ir.reduce(weights: part.a, part.b)))
    }
  }

  /// Adds `factor · gradient · other` to an operand's gradient.
  private mutating func add(
    _ factor: Double, _ gradient: IR.ID, _ other: IR.ID?, to operand: IR.ID, from node: IR.ID
  ) {
    guard leadsToVariable[operand] else { return }
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
    guard leadsToVariable[operand] else { return }
    // The weights are 0 in lanes without a sample, where not even an infinite gradient counts.
    let scaled = ir.sum([IR.Term(factor, gradient, weights, gradient: weights)])
    parts[operand].append(IR.Term(1, scaled, other, gradient: scaled))
  }

  private mutating func appendDenseVJP(_ id: IR.ID, _ matrix: Int, _ inputs: [IR.ID]) {
    guard let known = rowGradients[id] else { return }
    let zero = ir.sum([IR.Term(0, ir.intern(.laneMask))])
    let rows = ir.matrices[matrix].rows * ir.positions(matrix, inputs: inputs)
    let gradients = (0..<rows).map { known[$0] ?? zero }
    if variables == .parameters {
      ir.matrixGradients.append(IR.MatrixGradient(matrix: matrix, gradients: gradients, inputs: inputs))
    }
    guard inputs.contains(where: { leadsToVariable[$0] }) else { return }
    let block = ir.intern(.denseInputs(matrix: matrix, gradients: gradients, mask: nil))
    for (index, input) in inputs.enumerated() where leadsToVariable[input] {
      parts[input].append(IR.Term(1, ir.intern(.row(block, index))))
    }
  }
}
