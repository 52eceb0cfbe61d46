public import MicrogradEngine
public import MicrogradRandom
import MicrogradRequirement

/// A product of a matrix of parameters with its inputs, without a bias: `yᵣ = Σ weightsᵣₖ · xₖ`.
///
/// A `Layer` without biases and activation, as transformers use it.
public struct Linear: Module {
  /// The matrix: a row for each output, in it a weight for each input.
  public let weights: [[Value]]

  /// Creates a matrix from rows, which are shared with whoever else holds their values.
  ///
  /// - Precondition: All rows have the same length.
  public init(weights: [[Value]]) {
    require(weights.allSatisfy { $0.count == weights[0].count }, "the rows of a matrix have different lengths")
    self.weights = weights
  }

  /// Creates a matrix of normally distributed weights with mean 0, drawn row by row.
  ///
  /// - Precondition: Neither number is negative.
  public init(
    _ inputs: Int, _ outputs: Int, standardDeviation: Double = 0.08, using random: inout PythonRandom
  ) {
    weights = Linear.rows(outputs, of: inputs, standardDeviation: standardDeviation, using: &random)
  }

  /// The products, one for each row.
  ///
  /// - Precondition: There is one input for each column.
  public func callAsFunction(_ inputs: [Value]) -> [Value] { dot(weights, inputs) }

  /// The weights, row by row.
  public var parameters: [Value] { weights.flatMap { $0 } }

  static func rows(
    _ count: Int, of width: Int, standardDeviation: Double, using random: inout PythonRandom
  ) -> [[Value]] {
    require(count >= 0 && width >= 0, "a matrix of \(count) rows and \(width) columns")
    return (0..<count).map { _ in
      (0..<width).map { _ in Value(random.gauss(mean: 0, standardDeviation: standardDeviation)) }
    }
  }
}
