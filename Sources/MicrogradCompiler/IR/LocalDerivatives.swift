import MicrogradEngine

extension IR {
  /// Returns `flow · ∂y/∂a`, or `∂y/∂b`, for y = operation(a, b): the part of a gradient that goes to an operand, or the
  /// part of a tangent that comes from one.
  ///
  /// - Parameters:
  ///   - flow: The gradient or the tangent.
  ///   - isShared: Whether other flows go through the same operation, so that its local derivative is worth a row of
  ///     its own.
  mutating func derivativeTerm(
    _ operation: Operation, _ side: Side, of flow: ID, _ a: ID, _ b: ID?, _ y: ID, isShared: Bool
  ) -> Term {
    let isLaneOfUniform = isLane[y] && !isLane[flow]
    guard isLaneOfUniform || isShared && operation.multipliesGradient(side) else {
      return Term(1, intern(.vjp(operation, side, gradient: flow, a: a, b: b, y: y)))
    }
    let one = isLane[y] ? ones() : constant(1)
    let derivative = intern(.vjp(operation, side, gradient: one, a: a, b: b, y: y))
    return Term(1, flow, derivative, gradient: flow)
  }

  /// Returns the row that is 1 in each lane. The lane mask is not: where the loss is a mean, it has the weight of a sample.
  mutating func ones() -> ID { intern(.apply(.straightThrough, intern(.laneMask), constant(1))) }
}

extension Operation {
  /// Whether the rule multiplies the gradient by a local derivative. If it selects the gradient or 0 instead, a product with
  /// the derivative would differ where the gradient is infinite.
  func multipliesGradient(_ side: IR.Side) -> Bool { Self.multiplying[2 * Int(rawValue) + side.rawValue] }

  private static let multiplying: [Bool] = {
    var multiplying = [Bool](repeating: false, count: 2 * 256)
    for operation in allCases {
      for (side, part) in operation.ruleOfGradient.partials.enumerated() {
        if case .product(.letter(.d), _) = part { multiplying[2 * Int(operation.rawValue) + side] = true }
      }
    }
    return multiplying
  }()
}
