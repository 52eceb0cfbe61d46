import MicrogradRequirement

extension Operation {
  /// The names that functions of the table are called by, with the operations that they stand for: `pow` has two.
  package static let functions: [String: [Operation]] = Dictionary(
    grouping: allCases.filter {
      !$0.definition.partials.isEmpty && ![.dot, .straightThrough].contains($0) && $0.definition.name.first!.isLetter
    },
    by: { $0.definition.name })

  /// How many numbers users write between the brackets. One that belongs to the operation may be left out if there is a
  /// usual one.
  package var argumentCounts: ClosedRange<Int> {
    let operands = definition.partials.count
    switch self {
    case .leakyReLU, .elu: return operands...operands + 1
    case .constantPower: return operands + 1...operands + 1
    default: return operands...operands
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
