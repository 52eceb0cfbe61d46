/// What an operation gives for some numbers, and its derivatives, rounded once: to measure errors by.
public struct OperationFact: Sendable {
  /// The operation's case in the engine's table.
  public let operation: String
  /// The operands; of operations of one operand, `b` is 0.
  public let a: Double, b: Double
  /// The result.
  public let value: Double
  /// The derivatives by the operands that a gradient flows into.
  public let partials: [Double]

  /// All facts, by operation.
  public static let all: [String: [OperationFact]] = Dictionary(
    grouping: operationFacts.split(separator: "\n").map { line in
      let words = line.split(separator: " "), numbers = words.dropFirst().map { Double($0)! }
      return OperationFact(
        operation: String(words[0]), a: numbers[0], b: numbers[1], value: numbers[2],
        partials: Array(numbers.dropFirst(3)))
    }, by: \.operation)
}

/// How far a number may be off.
public struct ErrorBound: Sendable {
  private let ulps: Double
  private let ulpsOfOne: Double
  private let range: ClosedRange<Double>

  /// Units in the last place of the right number.
  public static func ulps(_ ulps: Double) -> ErrorBound {
    ErrorBound(ulps: ulps, ulpsOfOne: 0, range: -.infinity ... .infinity)
  }

  /// The same, and for operands `a` in a range, where the formula cannot do better, units in the last place of 1 if these
  /// are more. The reason belongs into the list.
  public static func ulps(
    _ ulps: Double, orOfOne ulpsOfOne: Double, for range: ClosedRange<Double>, since reason: String
  ) -> ErrorBound {
    ErrorBound(ulps: ulps, ulpsOfOne: ulpsOfOne, range: range)
  }

  /// Whether a number is within the bound.
  public func holds<N: BinaryFloatingPoint>(_ got: N, for expected: Double, at a: Double) -> Bool {
    let right = N(expected)
    if got == right { return true }
    let absolute = range.contains(a) ? N(ulpsOfOne) * N.ulpOfOne : 0
    // What is multiplied by up to 745, the logarithm of the smallest number, may be denormal and have lost digits.
    return (got - right).magnitude <= Swift.max(N(ulps) * right.ulp, absolute) + 400 * N.leastNonzeroMagnitude
  }
}
