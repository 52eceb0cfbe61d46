import MicrogradRequirement

extension Operation {
  /// The names that functions of the table are called by, with the operations that they stand for: `pow` has two.
  package static let functions: [String: [Operation]] = Dictionary(
    grouping: allCases.filter {
      $0.rule.form != .none && $0.rule.form != .estimator && ("a"..."z").contains($0.name.first!)
    },
    by: { $0.name })

  /// The number of arguments that users write between the brackets. One that belongs to an activation has a usual value, and may be left
  /// out.
  package var argumentCounts: ClosedRange<Int> {
    switch rule.form {
    case .none: 0...0
    case .function, .activation, .estimator: 1...1
    case .parametricActivation: 1...2
    case .parametricFunction, .commutative, .ordered: 2...2
    }
  }

  /// Records the operation.
  ///
  /// - Precondition: There are as many operands as `argumentCounts` allows.
  package func record(_ operands: [Value]) -> Value {
    require(argumentCounts.contains(operands.count), "\(operands.count) operands for \(self)")
    switch (self, operands.count) {
    case (.leakyReLU, 1): return operands[0].leakyReLU()
    case (.elu, 1): return operands[0].elu()
    case (_, 1): return Value.record(self, operands[0])
    default: return Value.record(self, operands[0], operands[1])
    }
  }
}
