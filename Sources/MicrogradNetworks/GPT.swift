public import MicrogradEngine
public import MicrogradRandom
import MicrogradRequirement

/// A generative pretrained transformer: from the tokens so far to a score (logit) for each token that may come next.
///
/// A token's vector and its position's vector are added and normalized, pass the blocks, and a matrix turns the result into
/// logits:
///
///     x      = norm(tokenEmbedding[token] + positionEmbedding[position])
///     x      = block(x), for each block
///     logits = head · x
///
/// With the default sizes and a vocabulary of 27 tokens it has 4,192 parameters, and is the model of Karpathy's microgpt.
///
/// ```swift
/// var random = PythonRandom(seed: 42)
/// let model = GPT(.init(vocabulary: 27), using: &random)
/// var memory = model.memory()
/// let logits = model(26, &memory)   // of the first token
/// let more = model(4, &memory)      // of the second, which sees the first
/// ```
///
/// Source: Karpathy, *microgpt*, 2026.
public struct GPT: Module {
  /// The sizes of a model.
  public struct Configuration: Sendable, Equatable {
    /// The number of tokens.
    public var vocabulary: Int
    /// The count of numbers in the vector of a position.
    public var width: Int
    /// The number of attention's heads, which divides the width.
    public var heads: Int
    /// The number of blocks.
    public var layers: Int
    /// The largest number of positions.
    public var context: Int

    /// Creates sizes; those that are left out are those of microgpt.
    public init(vocabulary: Int, width: Int = 16, heads: Int = 4, layers: Int = 1, context: Int = 16) {
      self.vocabulary = vocabulary
      self.width = width
      self.heads = heads
      self.layers = layers
      self.context = context
    }

    /// The reason why the sizes make no model; nil if they do.
    public var complaint: String? {
      for (name, size) in [
        ("vocabulary", vocabulary), ("width", width), ("heads", heads), ("layers", layers), ("context", context),
      ] where size < 1 {
        return "\(name) is \(size); it must be at least 1"
      }
      return width % heads == 0 ? nil : "a width of \(width) cannot be divided among \(heads) heads"
    }
  }

  /// The keys and values of the positions so far, block by block.
  public struct Memory {
    /// The memory of each block's attention.
    public fileprivate(set) var blocks: [CausalSelfAttention.Memory]
    /// The number of positions so far.
    public fileprivate(set) var count = 0
  }

  /// The sizes.
  public let configuration: Configuration
  /// The vectors of the tokens.
  public let tokenEmbedding: Embedding
  /// The vectors of the positions.
  public let positionEmbedding: Embedding
  /// The matrix that turns a position's vector into logits.
  public let head: Linear
  /// The normalization of the embedded token.
  public let norm = RMSNorm()
  /// The blocks.
  public let blocks: [TransformerBlock]

  /// Creates a model whose weights are normally distributed with mean 0, drawn in the order token embedding, position
  /// embedding, head, blocks.
  ///
  /// - Precondition: The configuration has no ``Configuration/complaint``.
  public init(
    _ configuration: Configuration, standardDeviation: Double = 0.08, using random: inout PythonRandom
  ) {
    if let complaint = configuration.complaint { stop(complaint) }
    let width = configuration.width
    self.configuration = configuration
    tokenEmbedding = Embedding(
      configuration.vocabulary, width: width, standardDeviation: standardDeviation, using: &random)
    positionEmbedding = Embedding(
      configuration.context, width: width, standardDeviation: standardDeviation, using: &random)
    head = Linear(width, configuration.vocabulary, standardDeviation: standardDeviation, using: &random)
    blocks = (0..<configuration.layers).map { _ in
      TransformerBlock(
        width: width, heads: configuration.heads, standardDeviation: standardDeviation, using: &random)
    }
  }

  /// The memory of no positions.
  public func memory() -> Memory { Memory(blocks: blocks.map { _ in CausalSelfAttention.Memory() }) }

  /// The logits after the next token.
  ///
  /// - Precondition: `token` is in the vocabulary, and the memory holds fewer positions than the context.
  public func callAsFunction(_ token: Int, _ memory: inout Memory) -> [Value] {
    callAsFunction(embedding: tokenEmbedding(token), &memory)
  }

  /// The logits after the next token, which is given as a vector that is 1 at the token and 0 elsewhere.
  ///
  /// - Precondition: There is a number for each token, and the memory holds fewer positions than the context.
  public func callAsFunction(oneHot: [Value], _ memory: inout Memory) -> [Value] {
    callAsFunction(embedding: tokenEmbedding(oneHot: oneHot), &memory)
  }

  /// The logits after the next token, of which only the vector is given.
  ///
  /// - Precondition: The vector has the model's width, and the memory holds fewer positions than the context.
  public func callAsFunction(embedding: [Value], _ memory: inout Memory) -> [Value] {
    require(
      memory.count < configuration.context,
      "position \(memory.count + 1) in a context of \(configuration.context)")
    defer { memory.count += 1 }
    return namedScope("position") {
      let sum = namedScope("embedding") { zip(embedding, positionEmbedding(memory.count)).map { $0 + $1 } }
      var x = namedScope("norm") { norm(sum) }
      for index in blocks.indices {
        x = namedScope("block") { blocks[index](x, &memory.blocks[index]) }
      }
      return namedScope("logits") { head(x) }
    }
  }

  /// Labels the parameters for drawings, with the names of microgpt: those of the token embedding `wte`, of the position
  /// embedding `wpe`, of the head `lm_head`, and of each block `wq`, `wk`, `wv`, `wo`, `fc1` and `fc2`. `wq.2.1` is the first
  /// weight in the second row; if there are several blocks, it is `block 1 wq.2.1`.
  public func labelParameters() {
    for matrix in matrices {
      let place = blocks.count == 1 ? "" : matrix.block.map { "block \($0 + 1) " } ?? ""
      for (r, row) in matrix.rows.enumerated() {
        for (c, weight) in row.enumerated() { weight.label = "\(place)\(matrix.name).\(r + 1).\(c + 1)" }
      }
    }
  }

  /// A matrix of the model, with the names that microgpt gives to its part of a block and to itself.
  package struct Matrix {
    /// The index of its block; nil for one of the whole model.
    package let block: Int?
    /// `attn` or `mlp`; empty outside of blocks.
    package let part: String
    package let name: String
    package let rows: [[Value]]
  }

  /// The matrices in the order in which they are drawn.
  package var matrices: [Matrix] {
    let whole = [("wte", tokenEmbedding.rows), ("wpe", positionEmbedding.rows), ("lm_head", head.weights)]
    return whole.map { Matrix(block: nil, part: "", name: $0, rows: $1) }
      + blocks.enumerated().flatMap { index, block in
        let attention = block.attention
        return [
          ("attn", "wq", attention.queries), ("attn", "wk", attention.keys), ("attn", "wv", attention.values),
          ("attn", "wo", attention.output), ("mlp", "fc1", block.expand), ("mlp", "fc2", block.contract),
        ].map { Matrix(block: index, part: $0, name: $1, rows: $2.weights) }
      }
  }

  /// The parameters in the order in which they are drawn.
  public var parameters: [Value] {
    tokenEmbedding.parameters + positionEmbedding.parameters + head.parameters + blocks.flatMap { $0.parameters }
  }
}
