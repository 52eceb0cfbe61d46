public import MicrogradEngine
public import MicrogradRandom

/// A block of a transformer: attention, which exchanges between positions, then a small network at each position, both
/// after a normalization and added to what they were given:
///
///     x = x + attention(norm(x))
///     x = x + contract(activation(expand(norm(x))))
///
/// Source: Radford et al., *Language Models are Unsupervised Multitask Learners* (GPT-2), 2019, here with RMSNorm, and
/// without biases.
public struct TransformerBlock: Module {
  /// The normalization before attention and before the network.
  public let norm: RMSNorm
  /// The exchange between positions.
  public let attention: CausalSelfAttention
  /// The first matrix of the network, to four times the width.
  public let expand: Linear
  /// The function of the network's hidden numbers.
  public let activation: Activation
  /// The second matrix of the network, back to the width.
  public let contract: Linear

  /// Creates a block whose matrices are drawn in the order attention, expand, contract.
  ///
  /// - Precondition: `heads` is positive and divides `width`.
  public init(
    width: Int, heads: Int, activation: Activation = .relu, standardDeviation: Double = 0.08,
    using random: inout PythonRandom
  ) {
    norm = RMSNorm()
    attention = CausalSelfAttention(
      width: width, heads: heads, standardDeviation: standardDeviation, using: &random)
    expand = Linear(width, 4 * width, standardDeviation: standardDeviation, using: &random)
    self.activation = activation
    contract = Linear(4 * width, width, standardDeviation: standardDeviation, using: &random)
  }

  /// The result at the next position, whose key and value the memory then holds.
  public func callAsFunction(_ x: [Value], _ memory: inout CausalSelfAttention.Memory) -> [Value] {
    let normalized = namedScope("norm") { norm(x) }
    let exchanged = namedScope("attention") { attention(normalized, &memory) }
    let attended = namedScope("residual") { zip(exchanged, x).map { $0 + $1 } }
    let input = namedScope("norm") { norm(attended) }
    let change = namedScope("MLP") { contract(expand(input).map { activation($0) }) }
    return namedScope("residual") { zip(change, attended).map { $0 + $1 } }
  }

  /// The parameters of attention, then those of the network.
  public var parameters: [Value] { attention.parameters + expand.parameters + contract.parameters }
}
