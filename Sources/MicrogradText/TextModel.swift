public import MicrogradEngine
public import MicrogradNetworks
public import MicrogradRandom

/// A GPT that writes texts character by character: a vocabulary and a network.
///
/// ```swift
/// var random = PythonRandom(seed: 42), names = ["anna", "emma", "ella", "hanna"]
/// random.shuffle(&names)
/// let model = try TextModel(of: names, using: &random)
/// try TextTrainer(steps: 200).fit(model, to: names)
/// model.sample(using: &random)  // a name
/// ```
///
/// The order of random numbers is that of Karpathy's microgpt: the documents are shuffled first, then the weights are drawn,
/// then samples. The same seed gives the same losses and samples.
public struct TextModel {
  /// The characters.
  public let vocabulary: Vocabulary
  /// The network.
  public let network: GPT

  /// Creates a model from its parts.
  ///
  /// - Throws: ``TextError`` if the network has not as many tokens as the vocabulary.
  public init(vocabulary: Vocabulary, network: GPT) throws(TextError) {
    guard network.configuration.vocabulary == vocabulary.count else {
      throw .sizes(
        "the network has \(network.configuration.vocabulary) tokens, and the vocabulary \(vocabulary.count)")
    }
    self.init(unchecked: vocabulary, network)
  }

  init(unchecked vocabulary: Vocabulary, _ network: GPT) {
    self.vocabulary = vocabulary
    self.network = network
  }

  /// Creates an untrained model of the characters of some documents.
  ///
  /// - Throws: ``TextError`` if the documents have no characters, or the sizes make no model.
  public init(
    of documents: [String], width: Int = 16, heads: Int = 4, layers: Int = 1, context: Int = 16,
    using random: inout PythonRandom
  ) throws(TextError) {
    let vocabulary = Vocabulary(of: documents)
    if vocabulary.characters.isEmpty { throw .noDocuments }
    let sizes = GPT.Configuration(
      vocabulary: vocabulary.count, width: width, heads: heads, layers: layers, context: context)
    if let complaint = sizes.complaint ?? sizes.complaintAboutSize { throw .sizes(complaint) }
    self.init(unchecked: vocabulary, GPT(sizes, using: &random))
  }
}

// MARK: - Losses and predictions

extension TextModel {
  /// The mean over a document's positions of `-log p`, where p is the probability that the model gives to the token that
  /// comes next. Of a document that is longer than the context, the beginning counts.
  ///
  /// - Throws: ``TextError`` if a character is not in the vocabulary.
  public func loss(_ document: String) throws(TextError) -> Value { loss(tokens: try vocabulary.tokens(document)) }

  /// The same of tokens, the first and the last of which are the boundary.
  ///
  /// - Precondition: There are at least two tokens, all of them in the vocabulary.
  public func loss(tokens: [Int]) -> Value {
    var memory = network.memory()
    return zip(tokens, tokens.dropFirst()).prefix(network.configuration.context).map { token, next in
      let logits = network(token, &memory)
      return namedScope("loss") { softmaxCrossEntropy(logits: logits, label: next) }
    }.mean()
  }

  /// A prediction of the token after a prompt, and all that it was made from.
  public struct Prediction {
    /// The tokens of the prompt, of which the first is the boundary.
    public let tokens: [Int]
    /// The vector of each token, as the network was given it: values of their own, whose gradients tell how each token moves
    /// the prediction.
    public let embeddings: [[Value]]
    /// The score of each token that may come next.
    public let logits: [Value]
    /// The probability of each token that may come next.
    public let probabilities: [Value]
    /// The keys, values and attention weights of all positions.
    public let memory: GPT.Memory
  }

  /// Returns the tokens of a prompt.
  ///
  /// - Throws: ``TextError`` if a character is not in the vocabulary, or the prompt is longer than the context allows.
  package func tokens(ofPrompt prompt: String) throws(TextError) -> [Int] {
    let tokens = try vocabulary.prompt(prompt), context = network.configuration.context
    guard tokens.count <= context else { throw .promptTooLong(count: tokens.count - 1, context: context) }
    return tokens
  }

  /// Predicts the token after a prompt.
  ///
  /// - Throws: ``TextError`` if a character is not in the vocabulary, or the prompt is longer than the context allows.
  public func predict(after prompt: String) throws(TextError) -> Prediction {
    let tokens = try tokens(ofPrompt: prompt)
    var memory = network.memory(), logits: [Value] = []
    let embeddings = tokens.map { token in
      namedScope(token == vocabulary.boundary ? "token" : "“\(vocabulary.text(of: [token]))”") {
        network.tokenEmbedding(token).map { $0 + 0 }
      }
    }
    for embedding in embeddings { logits = network(embedding: embedding, &memory) }
    return Prediction(
      tokens: tokens, embeddings: embeddings, logits: logits,
      probabilities: namedScope("softmax") { softmax(logits) }, memory: memory)
  }
}

// MARK: - Sampling

extension TextModel {
  /// Writes a text: draws one character after the other, each by the probabilities of the model, up to the boundary or the
  /// end of the context.
  ///
  /// - Parameters:
  ///   - prompt: The beginning of the text.
  ///   - temperature: What the logits are divided by: below 1, likely characters become likelier.
  ///   - random: The generator.
  /// - Throws: ``TextError`` if a character of the prompt is not in the vocabulary, or the prompt is longer than the context
  ///   allows, or the temperature is not positive, or there are no probabilities since numbers are not finite.
  public func sample(
    prompt: String = "", temperature: Double = 0.5, using random: inout PythonRandom
  ) throws(TextError) -> String {
    guard temperature > 0, temperature.isFinite else {
      throw .setting("the temperature is \(temperature); it must be a positive number, such as 0.5")
    }
    let context = network.configuration.context
    var memory = network.memory(), logits: [Value] = [], tokens = try tokens(ofPrompt: prompt)
    for token in tokens { logits = network(token, &memory) }
    while true {
      let scores = logits.map { $0.data / temperature }
      guard scores.allSatisfy(\.isFinite) else { throw .scoresNotFinite }
      let weights = softmax(scores)
      let next = random.choices(0..<vocabulary.count, weights: weights)[0]
      if next == vocabulary.boundary { break }
      tokens.append(next)
      if tokens.count > context { break }
      logits = network(next, &memory)
    }
    return vocabulary.text(of: tokens)
  }
}

extension GPT.Configuration {
  /// The largest number of parameters; training more of them scalar by scalar would take days.
  private static let largestParameterCount = 1e7

  /// The number of parameters, which may be larger than integers are.
  private var parameterCount: Double {
    let width = Double(width)
    return width * (2 * Double(vocabulary) + Double(context) + 12 * width * Double(layers))
  }

  /// The reason why the sizes are too large; nil if they are not.
  var complaintAboutSize: String? {
    parameterCount <= Self.largestParameterCount
      ? nil : "a model of these sizes has more than ten million parameters: take a smaller width, or fewer layers"
  }
}
