public import MicrogradEngine
public import MicrogradRandom
import MicrogradRequirement

/// Multi-head attention of each position to itself and to all before it.
///
/// Each position has a query, a key and a value: products of its vector x with three matrices. A head sees a slice of
/// d numbers of each. At position p, for all positions t up to p,
///
///     score(t)  = queryₚ · keyₜ / √d
///     weight(t) = softmax over t of score(t)
///     result    = Σ weight(t) · valueₜ
///
/// and a last matrix mixes the results of the heads.
///
/// Positions are given one after the other, with a ``Memory`` of the ones before:
///
/// ```swift
/// var random = PythonRandom(seed: 1), memory = CausalSelfAttention.Memory()
/// let attention = CausalSelfAttention(width: 8, heads: 2, using: &random)
/// let first = attention([1, 0, 0, 0, 0, 0, 0, 0], &memory)
/// let second = attention([0, 1, 0, 0, 0, 0, 0, 0], &memory)  // sees the first
/// ```
///
/// Source: Vaswani et al., *Attention Is All You Need*, 2017, [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
public struct CausalSelfAttention: Module {
  /// The matrix that makes queries.
  public let queries: Linear
  /// The matrix that makes keys.
  public let keys: Linear
  /// The matrix that makes values.
  public let values: Linear
  /// The matrix that mixes the results of the heads.
  public let output: Linear
  /// The number of heads.
  public let heads: Int

  /// The keys and values of the positions so far, and the weights that they were given.
  public struct Memory {
    /// The key of each position.
    public fileprivate(set) var keys: [[Value]] = []
    /// The values as columns: number j of the value of each position.
    public fileprivate(set) var valueColumns: [[Value]] = []
    /// For each position and head, the weights of the positions up to it. They add up to 1.
    public fileprivate(set) var weights: [[[Value]]] = []

    /// Creates the memory of no positions.
    public init() {}
  }

  /// Creates an attention whose matrices are drawn in the order queries, keys, values, output.
  ///
  /// - Precondition: `heads` is positive and divides `width`.
  public init(width: Int, heads: Int, standardDeviation: Double = 0.08, using random: inout PythonRandom) {
    require(heads > 0 && width > 0 && width % heads == 0, "\(heads) heads do not divide a width of \(width)")
    queries = Linear(width, width, standardDeviation: standardDeviation, using: &random)
    keys = Linear(width, width, standardDeviation: standardDeviation, using: &random)
    values = Linear(width, width, standardDeviation: standardDeviation, using: &random)
    output = Linear(width, width, standardDeviation: standardDeviation, using: &random)
    self.heads = heads
  }

  /// The result at the next position, which the memory then holds too.
  ///
  /// - Precondition: `x` has as many numbers as the matrices have columns.
  /// - Complexity: O(w² + w·p) for a width w and position p.
  public func callAsFunction(_ x: [Value], _ memory: inout Memory) -> [Value] {
    let query = namedScope("queries") { queries(x) }
    memory.append(key: namedScope("keys") { keys(x) }, value: namedScope("values") { values(x) })
    let size = query.count / heads
    var results: [Value] = [], weights: [[Value]] = []
    for first in stride(from: 0, to: query.count, by: size) {
      let slice = first..<first + size
      namedScope("head") {
        let scores = memory.keys.map { dot(query[slice], $0[slice]) / Double(size).squareRoot() }
        let headWeights = namedScope("softmax") { softmax(scores) }
        results += slice.map { dot(headWeights, memory.valueColumns[$0]) }
        weights.append(headWeights)
      }
    }
    memory.weights.append(weights)
    return namedScope("output") { output(results) }
  }

  /// The weights of queries, keys, values and output.
  public var parameters: [Value] { queries.parameters + keys.parameters + values.parameters + output.parameters }
}

extension CausalSelfAttention.Memory {
  fileprivate mutating func append(key: [Value], value: [Value]) {
    keys.append(key)
    if valueColumns.isEmpty { valueColumns = value.map { _ in [] } }
    for index in value.indices { valueColumns[index].append(value[index]) }
  }
}
