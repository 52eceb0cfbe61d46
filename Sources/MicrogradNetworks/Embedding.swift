public import MicrogradEngine
public import MicrogradRandom
import MicrogradRequirement

/// A table of vectors, one for each token or position.
///
/// Looking a vector up is the product of the table with a vector that is 1 at the token and 0 elsewhere. Compiled programs
/// need that spelling, `callAsFunction(oneHot:)`, since their samples must all use the same parameters.
public struct Embedding: Module {
  /// The vectors.
  public let rows: [[Value]]

  /// Creates a table from vectors, which are shared with whoever else holds their values.
  ///
  /// - Precondition: All vectors have the same length.
  public init(rows: [[Value]]) {
    require(rows.allSatisfy { $0.count == rows[0].count }, "the vectors of an embedding have different lengths")
    self.rows = rows
  }

  /// Creates a table of `count` vectors of normally distributed numbers with mean 0, drawn vector by vector.
  ///
  /// - Precondition: Neither number is negative.
  public init(_ count: Int, width: Int, standardDeviation: Double = 0.08, using random: inout PythonRandom) {
    rows = Linear.rows(count, of: width, standardDeviation: standardDeviation, using: &random)
  }

  /// The vector of a token: its parameters themselves.
  ///
  /// - Precondition: `token` is the index of a vector.
  public func callAsFunction(_ token: Int) -> [Value] {
    require(rows.indices.contains(token), "token \(token) in an embedding of \(rows.count)")
    return rows[token]
  }

  /// The sum of all vectors, each times its number of a list: `yⱼ = Σ oneHotᵢ · rowsᵢⱼ`.
  ///
  /// - Precondition: There is a number for each vector, and at least one vector.
  public func callAsFunction(oneHot: [Value]) -> [Value] {
    require(
      oneHot.count == rows.count && !rows.isEmpty, "\(oneHot.count) numbers for an embedding of \(rows.count)")
    return rows[0].indices.map { column in dot(rows.map { $0[column] }, oneHot) }
  }

  /// The numbers, vector by vector.
  public var parameters: [Value] { rows.flatMap { $0 } }
}
