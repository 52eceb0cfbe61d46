import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@Suite struct TransformerTests {
  private func rows(_ count: Int, _ width: Int, _ random: inout PythonRandom) -> [[Double]] {
    (0..<count).map { _ in (0..<width).map { _ in random.uniform(-2, 2) } }
  }

  private func expectClose(_ got: [[Value]], _ expected: [[Double]], _ what: String) {
    #expect(got.map(\.count) == expected.map(\.count), "\(what)")
    for (row, (got, expected)) in zip(got, expected).enumerated() {
      for (column, (got, expected)) in zip(got, expected).enumerated() {
        #expect(
          abs(got.data - expected) < 1e-12 * Swift.max(1, abs(expected)),
          "\(what), row \(row), column \(column): got \(got.data), expected \(expected)")
      }
    }
  }

  // MARK: Matrices and tables

  @Test func aLinearMapIsAProduct() {
    let map = Linear(weights: [[1, 2], [3, 4], [0, -1]])
    #expect(map([10, 1]).map(\.data) == [12, 34, -1])
    #expect(map.parameters.map(\.data) == [1, 2, 3, 4, 0, -1])
  }

  @Test func aTokenIsARow() {
    let table = Embedding(rows: [[1, 2], [3, 4], [5, 6]])
    #expect(table(1).map(\.data) == [3, 4] && table(1)[0].id == table.rows[1][0].id, "the parameters themselves")
    #expect(table(oneHot: [0, 0.5, 2]).map(\.data) == [11.5, 14])
    #expect(table.parameters.map(\.data) == [1, 2, 3, 4, 5, 6])
  }

  // MARK: Normalization

  /// The numbers of PyTorch: see `Tests/Facts/normalization-facts.py`.
  @Test(arguments: NormalizationFact.all) func normalizationsArePyTorchs(fact: NormalizationFact) {
    let layer = LayerNorm(width: fact.x.count, epsilon: fact.epsilon)
    let meanSquare = RMSNorm(width: fact.x.count, epsilon: fact.epsilon)
    for index in fact.x.indices {
      layer.gains[index].data = fact.gains[index]
      meanSquare.gains![index].data = fact.gains[index]
      layer.biases[index].data = fact.biases[index]
    }
    for (name, module, facts) in [
      ("LayerNorm", { layer($0) }, fact.layer), ("RMSNorm", { meanSquare($0) }, fact.meanSquare),
    ] as [(String, ([Value]) -> [Value], NormalizationFact.Results)] {
      let x = fact.x.map { Value($0) }, result = module(x)
      expectClose([result], [facts.outputs], "\(name) of \(fact.x)")
      dot(result, fact.factors).backward()
      let largest = facts.gradients.map(abs).max()!
      for (got, expected) in zip(x.map(\.grad), facts.gradients) {
        #expect(abs(got - expected) < 1e-9 * largest, "\(name) of \(fact.x): got \(got), expected \(expected)")
      }
    }
  }

  @Test func theSpreadIsGone() {
    let x: [Value] = [1, 2, 3, 4], layer = LayerNorm(width: 4)(x).map(\.data), plain = RMSNorm()(x).map(\.data)
    #expect(abs(layer.reduce(0, +)) < 1e-12 && abs(layer.reduce(0) { $0 + $1 * $1 } - 4) < 1e-4, "\(layer)")
    #expect(abs(plain.reduce(0) { $0 + $1 * $1 } - 4) < 1e-4, "\(plain)")
    #expect(RMSNorm()([0, 0]).map(\.data) == [0, 0], "ε keeps zeros from being divided by 0")
    #expect(RMSNorm().parameters.isEmpty && RMSNorm(width: 3).parameters.map(\.data) == [1, 1, 1])
    #expect(LayerNorm(width: 2).parameters.map(\.data) == [1, 1, 0, 0])
  }

  // MARK: Attention and blocks

  @Test(arguments: [(4, 1, 1), (6, 2, 5), (12, 3, 7), (16, 4, 16), (5, 5, 3)])
  func attentionIsTheNaiveOne(width: Int, heads: Int, positions: Int) {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let attention = CausalSelfAttention(width: width, heads: heads, standardDeviation: 0.5, using: &random)
    let x = rows(positions, width, &random), naive = NaiveTransformer.attend(attention, x)
    var memory = CausalSelfAttention.Memory()
    let results = x.map { attention($0.map { Value($0) }, &memory) }
    expectClose(results, naive.results, "attention of \(width), \(heads) heads, seed \(seed)")
    for p in x.indices {
      let expected = naive.weights.map { Array($0[p][...p]) }
      expectClose(memory.weights[p], expected, "weights at position \(p) of \(width), \(heads) heads, seed \(seed)")
    }
  }

  @Test(arguments: [(4, 1), (6, 3), (16, 4)]) func blocksAreTheNaiveOnes(width: Int, heads: Int) {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let block = TransformerBlock(width: width, heads: heads, standardDeviation: 0.4, using: &random)
    let x = rows(6, width, &random)
    var memory = CausalSelfAttention.Memory()
    let results = x.map { block($0.map { Value($0) }, &memory) }
    expectClose(results, NaiveTransformer.apply(block, x), "block of \(width), \(heads) heads, seed \(seed)")
  }

  // MARK: The model

  @Test(arguments: [
    GPT.Configuration(vocabulary: 27), .init(vocabulary: 3, width: 4, heads: 2, layers: 3, context: 9),
    .init(vocabulary: 11, width: 9, heads: 3, layers: 2, context: 5),
    .init(vocabulary: 2, width: 1, heads: 1, layers: 1, context: 1),
  ])
  func modelsAreTheNaiveOnes(configuration: GPT.Configuration) {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let model = GPT(configuration, standardDeviation: 0.3, using: &random)
    let tokens = (0..<configuration.context).map { _ in random.randrange(configuration.vocabulary) }
    let naive = NaiveTransformer.logits(model, tokens)
    var memory = model.memory(), other = model.memory()
    let logits = tokens.map { model($0, &memory) }
    expectClose(logits, naive, "\(configuration), seed \(seed), tokens \(tokens)")
    let oneHot = tokens.map { token in
      model(oneHot: (0..<configuration.vocabulary).map { Value($0 == token ? 1 : 0) }, &other)
    }
    expectClose(oneHot, naive, "one-hot, \(configuration), seed \(seed), tokens \(tokens)")
    #expect(memory.count == configuration.context && memory.blocks.count == configuration.layers)
  }

  @Test func weightsAreDrawnInOrder() {
    var random = PythonRandom(seed: 42), same = random
    let configuration = GPT.Configuration(vocabulary: 27), model = GPT(configuration, using: &random)
    #expect(model.parameters.count == 4192)
    for (index, parameter) in model.parameters.enumerated() {
      let expected = same.gauss(mean: 0, standardDeviation: 0.08)
      #expect(parameter.data == expected, "parameter \(index): got \(parameter.data), expected \(expected)")
    }
    #expect(random == same, "no draw more than parameters")
    let names = [
      model.tokenEmbedding.parameters, model.positionEmbedding.parameters, model.head.parameters,
      model.blocks[0].attention.queries.parameters, model.blocks[0].attention.keys.parameters,
      model.blocks[0].attention.values.parameters, model.blocks[0].attention.output.parameters,
      model.blocks[0].expand.parameters, model.blocks[0].contract.parameters,
    ]
    #expect(names.map(\.count) == [432, 256, 432, 256, 256, 256, 256, 1024, 1024])
    #expect(names.flatMap(\.self).map(\.id) == model.parameters.map(\.id))
  }

  /// A position does not see those after it, neither forward nor backward.
  @Test func laterTokensChangeNothing() {
    var random = PythonRandom(seed: 5)
    let model = GPT(.init(vocabulary: 6, width: 8, heads: 2, layers: 2, context: 6), using: &random)
    func firstLogits(of tokens: [Int]) -> [Value] {
      var memory = model.memory()
      return tokens.map { model($0, &memory) }[1]
    }
    let logits = firstLogits(of: [0, 1, 2, 3])
    #expect(firstLogits(of: [0, 1, 5, 4, 3]).map(\.data) == logits.map(\.data))
    dot(logits, logits.map { _ in 1.0 }).backward()
    for position in 2..<6 {
      #expect(model.positionEmbedding.rows[position].allSatisfy { $0.grad == 0 }, "position \(position)")
    }
    #expect(model.positionEmbedding.rows[0].contains { $0.grad != 0 })
  }

  @Test func labels() {
    var random = PythonRandom(seed: 1)
    let small = GPT(.init(vocabulary: 3, width: 2, heads: 1, layers: 1, context: 2), using: &random)
    let deep = GPT(.init(vocabulary: 3, width: 2, heads: 1, layers: 2, context: 2), using: &random)
    small.labelParameters()
    deep.labelParameters()
    #expect(small.parameters[0].label == "wte.1.1" && small.parameters[5].label == "wte.3.2")
    #expect(small.blocks[0].attention.queries.weights[1][0].label == "wq.2.1")
    #expect(
      deep.blocks[1].contract.weights[0][7].label == "block 2 fc2.1.8"
        && deep.positionEmbedding.rows[1][1].label == "wpe.2.2")
    #expect(deep.parameters.allSatisfy { $0.label != nil })
  }

  @Test func sizesThatMakeNoModel() {
    #expect(GPT.Configuration(vocabulary: 27).complaint == nil)
    #expect(GPT.Configuration(vocabulary: 27, heads: 3).complaint?.contains("16") == true)
    #expect(GPT.Configuration(vocabulary: 0).complaint?.contains("vocabulary") == true)
    #expect(GPT.Configuration(vocabulary: 2, context: -1).complaint?.contains("context") == true)
  }
}

#if os(Linux) || os(macOS)
  @Suite struct TransformerPreconditionTests {
    @Test func wrongSizes() async {
      await #expect(processExitsWith: .failure) { _ = Linear(weights: [[1, 2], [3]]) }
      await #expect(processExitsWith: .failure) { _ = Linear(weights: [[1, 2]])([1]) }
      await #expect(processExitsWith: .failure) { _ = Embedding(rows: [[1], [2]])(2) }
      await #expect(processExitsWith: .failure) { _ = Embedding(rows: [[1], [2]])(oneHot: [1]) }
      await #expect(processExitsWith: .failure) { _ = RMSNorm()([]) }
      await #expect(processExitsWith: .failure) { _ = LayerNorm(width: 3)([1, 2]) }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 1)
        _ = CausalSelfAttention(width: 6, heads: 4, using: &random)
      }
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 1)
        _ = GPT(.init(vocabulary: 3, heads: 5), using: &random)
      }
    }

    @Test func moreThanTheContext() async {
      await #expect(processExitsWith: .failure) {
        var random = PythonRandom(seed: 1)
        let model = GPT(.init(vocabulary: 3, context: 2), using: &random)
        var memory = model.memory()
        for _ in 0..<3 { _ = model(0, &memory) }
      }
    }
  }
#endif
