import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Samples that differ in which parameters they use, and in which of their own values.
@Suite struct LookupTests {
  /// A small block of causal attention over embeddings, in plain operations.
  private struct Attention {
    static let words = 6, width = 4
    let words, positions, query, key, value, scores: [[Value]]

    init(seed: Int) {
      var random = PythonRandom(seed: seed)
      func matrix(_ rows: Int) -> [[Value]] { random.rows(rows, Attention.width).map { $0.map { Value($0) } } }
      words = matrix(Attention.words)
      positions = matrix(8)
      query = matrix(Attention.width)
      key = matrix(Attention.width)
      value = matrix(Attention.width)
      scores = matrix(Attention.words)
    }

    var parameters: [Value] { (words + positions + query + key + value + scores).flatMap { $0 } }

    private func apply(_ matrix: [[Value]], _ x: [Value]) -> [Value] { matrix.map { dot($0, x) } }

    /// The scores of each word at each position.
    func scores(_ sentence: [Int]) -> [[Value]] {
      var keys: [[Value]] = [], values: [[Value]] = []
      return zip(sentence, positions).map { word, position in
        let x = zip(words[word], position).map { $0 + $1 }
        let scale = pow(dot(x, x) / 4 + 1e-5, -0.5)
        let normal = x.map { $0 * scale }
        keys.append(apply(key, normal))
        values.append(apply(value, normal))
        let question = apply(query, normal)
        let weights = softmax(keys.map { dot(question, $0) / 2 })
        let mixed = (0..<Attention.width).map { index in dot(weights, values.map { $0[index] }) }
        return apply(scores, zip(mixed, x).map { ($0 + $1).relu() })
      }
    }

    /// The mean cross-entropy of the words that come next.
    func loss(_ sentence: [Int]) -> Value {
      zip(scores(sentence.dropLast()), sentence.dropFirst()).map { softmaxCrossEntropy(logits: $0, label: $1) }.mean()
    }
  }

  private static func sentences(_ count: Int, length: ClosedRange<Int>, _ random: inout PythonRandom) -> [[Int]] {
    (0..<count).map { _ in
      (0..<random.randint(length.lowerBound, length.upperBound)).map { _ in random.randint(0, Attention.words - 1) }
    }
  }

  private func expectSamples(
    _ count: Int, _ parameters: [Value], _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ record: () -> Value
  ) throws {
    let loss = record(), program = try Program(loss, parameters: parameters)
    #expect(program.refusal == nil, "\(what), \(program)", sourceLocation: sourceLocation)
    #expect(program.sampleCount == count, "\(what), \(program)", sourceLocation: sourceLocation)
    expectAgreement(program, loss, "\(what), \(program)", sourceLocation: sourceLocation)
    for parameter in parameters { parameter.data = 0.9 * parameter.data + 0.01 }
    expectAgreement(program, record(), "moved, \(what), \(program)", sourceLocation: sourceLocation)
  }

  @Test func attentionOverWordsThatAreLookedUp() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let block = Attention(seed: seed), sentences = Self.sentences(32, length: 6...6, &random)
    try expectSamples(32, block.parameters, "seed \(seed)") { sentences.map { block.loss($0) }.mean() }
    let program = try Program(sentences.map { block.loss($0) }.mean(), parameters: block.parameters)
    #expect(program.description.contains("dense 6→4"), "the table of words, seed \(seed): \(program)")
    let penalized = { sentences.map { block.loss($0) }.sum() / 32 + 0.01 * block.parameters.map { $0 * $0 }.sum() }
    try expectSamples(32, block.parameters, "with regularization, seed \(seed)", penalized)
    try expectSamples(32, block.parameters, "the probability of the next word, seed \(seed)") {
      sentences.map { -softmax(block.scores($0)[5])[$0[0]].log() }.mean()
    }
  }

  @Test func sentencesOfUnequalLength() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let block = Attention(seed: seed), sentences = Self.sentences(40, length: 3...5, &random)
    let loss = sentences.map { block.loss($0) }.mean()
    let program = try Program(loss, parameters: block.parameters)
    #expect(program.refusal == nil, "seed \(seed): \(program)")
    expectAgreement(program, loss, "seed \(seed): \(program)")
  }

  /// Two samples that are equal have more in common than others: colours find these two alone.
  @Test func equalSentences() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let block = Attention(seed: seed)
    var sentences = Self.sentences(20, length: 5...5, &random)
    sentences[19] = sentences[0]
    try expectSamples(20, block.parameters, "seed \(seed)") { sentences.map { block.loss($0) }.mean() }
    let program = try Program(sentences.map { block.loss($0) }.mean(), parameters: block.parameters)
    #expect(program.description.contains("→4"), "seed \(seed): \(program)")
  }

  @Test func trainingInBatches() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let block = Attention(seed: seed), twin = Attention(seed: seed)
    let sentences = Self.sentences(24, length: 5...5, &random), rule = TrainingTests.rules[4]
    let program = try Program(
      sentences.map { block.loss($0) }.mean(), parameters: block.parameters, optimizer: rule.update)
    let expected = TrainingTests.train(twin.parameters, rule, steps: 3) { step in
      sentences[8 * step..<8 * step + 8].map { twin.loss($0) }.mean()
    }
    let losses = try program.run(epochs: 1, batchSize: 8, schedule: TrainingTests.schedule)
    expectClose(losses, [expected.reduce(0, +) / 3], "seed \(seed)", tolerance: 1e-10)
    expectClose(block.parameters.map(\.data), twin.parameters.map(\.data), "seed \(seed)", tolerance: 1e-10)
  }

  /// Ratings: factors and a bias for each user and each item, beside numbers of the sample.
  @Test func factorsOfUsersAndItems() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let users = random.rows(5, 3).map { $0.map { Value($0) } }, items = random.rows(4, 3).map { $0.map { Value($0) } }
    let biases = random.rows(1, 5)[0].map { Value($0) }, slope = Value(0.3)
    let ratings = (0..<60).map { _ in
      (
        user: random.randint(0, 4), item: random.randint(0, 3), age: random.uniform(-1, 1),
        rating: random.uniform(0, 5)
      )
    }
    let parameters = (users + items).flatMap { $0 } + biases + [slope]
    try expectSamples(60, parameters, "seed \(seed)") {
      ratings.map { rating in
        let product = dot(users[rating.user], items[rating.item], bias: biases[rating.user])
        return squaredError(product + slope * rating.age, rating.rating)
      }.mean()
    }
    // Every pair of a user and an item several times: these are found to be alike without lookups.
    let loss = ratings.map { squaredError(dot(users[$0.user], items[$0.item]) + slope, $0.rating) }.mean()
    let program = try Program(loss, parameters: parameters)
    expectAgreement(program, loss, "without age, seed \(seed): \(program)")
    // In another order of recording.
    try expectSamples(60, parameters, "recorded in parts, seed \(seed)") {
      let biased = ratings.map { biases[$0.user] + slope * $0.age }
      let products = ratings.map { zip(users[$0.user], items[$0.item]).map { $0 * $1 }.sum() }
      return ratings.indices.reversed().map { squaredError(products[$0] + biased[$0], ratings[$0].rating) }.mean()
    }
  }

  /// The gradient of what is looked up is the weight of the sample, a column that nothing else uses.
  @Test func biasesOfWeightedSamples() throws {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let words = random.rows(2, 3).map { $0.map { Value($0) } }, biases = [Value(0.5), Value(-0.25)]
    let weights = random.rows(3, 3).map { $0.map { Value($0) } }, out = random.rows(1, 3)[0].map { Value($0) }
    let sentences = Self.sentences(13, length: 2...3, &random).map { $0.map { $0 % 2 } }
    let factors = sentences.map { _ in random.choice([0, 0.5, 1, 2]) }
    func loss(_ sentence: [Int]) -> Value {
      let hidden = sentence.map { word in weights.map { dot($0, words[word]).tanh() } }
      let sums = (0..<3).map { k in hidden.map { $0[k] }.sum() }
      return dot(out, sums).squared() + biases[sentence[0]]
    }
    let parameters = (words + weights + [out, biases]).flatMap { $0 }
    let total = zip(factors, sentences).map { $0 * loss($1) }.sum()
    let program = try Program(total, parameters: parameters)
    expectAgreement(program, total, "seed \(seed): \(program)")
  }

  @Test func tablesThatAreTooLargeAreRefused() throws {
    var random = PythonRandom(seed: 1)
    let words = random.rows(40, 2).map { $0.map { Value($0) } }, w = Value(0.5)
    let loss = words.map { (dot($0, $0) * w + 1).tanh() }.mean()
    let program = try Program(loss, parameters: words.flatMap { $0 } + [w])
    let reason = program.refusal ?? ""
    #expect(reason.contains("such as parameters 1 and 3"), "got: \(reason)")
    #expect(reason.contains("one-hot"), "got: \(reason)")
    expectAgreement(program, loss, "replayed")
  }

  /// A graph without lookups is refused with the same reason as before.
  @Test func otherGraphsAreRefusedAsBefore() throws {
    let a = Value(0.5), b = Value(-1.5)
    let loss = (a * b - 1).squared() + a.exp()
    let reason = try Program(loss, parameters: [a, b]).refusal
    #expect(reason?.contains("nothing in it was computed twice") == true, "got: \(reason ?? "none")")
  }
}
