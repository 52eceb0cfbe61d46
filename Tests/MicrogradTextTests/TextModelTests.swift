import MicrogradEngine
import MicrogradRandom
import MicrogradTestSupport
import MicrogradText
import Testing

@Suite struct TextModelTests {
  private func model(context: Int = 6) throws -> TextModel {
    var random = PythonRandom(seed: 3)
    return try TextModel(of: ["anna", "ben"], width: 4, heads: 2, context: context, using: &random)
  }

  // MARK: Names

  @Test func namesAreDifferentAndOfLetters() {
    let names = TextModel.names
    #expect(names.count == 1000 && Set(names).count == 1000)
    #expect(names == names.sorted())
    let odd = names.filter { !(2...12).contains($0.count) || !$0.allSatisfy { ("a"..."z").contains($0) } }
    #expect(odd.isEmpty, "\(odd)")
    #expect(Vocabulary(of: names).text == "abcdefghijklmnopqrstuvwxyz")
  }

  // MARK: Documents

  @Test func documentsAreTheLinesOfAText() {
    #expect(TextModel.documents(of: "anna\n\n ben \r\n\t\nclara dora") == ["anna", "ben", "clara dora"])
    #expect(TextModel.documents(of: " \n\n").isEmpty && TextModel.documents(of: "").isEmpty)
    #expect(TextModel.documents(of: "\u{FEFF}anna\nben") == ["anna", "ben"])
  }

  // MARK: Sizes

  @Test func sizesThatMakeNoModelAreErrors() {
    var random = PythonRandom(seed: 1)
    for (width, heads, layers, context) in [
      (0, 1, 1, 1), (4, 0, 1, 1), (4, 3, 1, 1), (4, 2, -1, 1), (4, 2, 1, 0), (1 << 40, 1, 1, 1), (4, 2, .max, 1),
      (1, 1, 1, .max),
    ] {
      #expect(throws: TextError.self, "\(width), \(heads), \(layers), \(context)") {
        try TextModel(
          of: ["ab"], width: width, heads: heads, layers: layers, context: context, using: &random)
      }
    }
    #expect(throws: TextError.noDocuments) { try TextModel(of: ["", ""], using: &random) }
    #expect(throws: TextError.noDocuments) { try TextModel(of: [], using: &random) }
  }

  // MARK: Predictions

  /// The loss is the mean of the -log of what `predict` gives for each next token.
  @Test func lossIsThatOfThePredictions() throws {
    let model = try model()
    let prompts = ["", "b", "be", "ben"], next = try model.vocabulary.tokens("ben").dropFirst()
    let terms = try zip(prompts, next).map { -log(try model.predict(after: $0).probabilities[$1].data) }
    expectClose(try model.loss("ben").data, terms.reduce(0, +) / 4, "loss of ben")
  }

  @Test func lossOfALongDocumentIsThatOfItsBeginning() throws {
    let model = try model(context: 3)
    let terms = try zip(["", "a", "an"], try model.vocabulary.tokens("ann").dropFirst()).map {
      -log(try model.predict(after: $0).probabilities[$1].data)
    }
    expectClose(try model.loss("annabenanna").data, terms.reduce(0, +) / 3, "loss of a long document")
  }

  @Test func predictionsHaveTheirParts() throws {
    let model = try model(), prediction = try model.predict(after: "nab")
    #expect(prediction.tokens == [4, 3, 0, 1])
    #expect(prediction.embeddings.map(\.count) == [4, 4, 4, 4])
    #expect(prediction.logits.count == 5 && prediction.probabilities.count == 5)
    expectClose(prediction.probabilities.reduce(0) { $0 + $1.data }, 1, "sum of the probabilities")
    #expect(prediction.memory.count == 4)
    #expect(prediction.memory.blocks[0].weights.map { $0.map(\.count) } == [[1, 1], [2, 2], [3, 3], [4, 4]])
    for weights in prediction.memory.blocks[0].weights.joined() {
      expectClose(weights.reduce(0) { $0 + $1.data }, 1, "sum of a head's weights")
    }
  }

  @Test func promptsThatAreTooLongOrUnknownAreErrors() throws {
    let model = try model(context: 3)
    var random = PythonRandom(seed: 1)
    #expect(try model.predict(after: "an").tokens.count == 3)
    #expect(throws: TextError.promptTooLong(count: 3, context: 3)) { try model.predict(after: "ann") }
    #expect(throws: TextError.promptTooLong(count: 3, context: 3)) { try model.sample(prompt: "ann", using: &random) }
    #expect(throws: TextError.unknownCharacter("x", in: "ax", known: "aben")) { try model.predict(after: "ax") }
    #expect(throws: TextError.unknownCharacter("x", in: "ax", known: "aben")) {
      try model.sample(prompt: "ax", using: &random)
    }
  }

  // MARK: Samples

  @Test func samplesDependOnTheSeedOnly() throws {
    let model = try model()
    func samples(_ seed: Int) throws -> [String] {
      var random = PythonRandom(seed: seed)
      return try (0..<20).map { _ in try model.sample(using: &random) }
    }
    #expect(try samples(5) == samples(5))
    #expect(try samples(5) != samples(6))
  }

  @Test func samplesBeginWithThePromptAndFitTheContext() throws {
    let model = try model(context: 5)
    var random = PythonRandom(seed: 1), lengths: Set<Int> = []
    for _ in 0..<200 {
      let sample = try model.sample(prompt: "be", temperature: 1, using: &random)
      #expect(sample.hasPrefix("be") && sample.count <= 5, "\(sample)")
      lengths.insert(sample.count)
    }
    #expect(lengths == [2, 3, 4, 5])
  }

  @Test func aLowTemperatureTakesTheLikeliest() throws {
    let model = try model()
    var random = PythonRandom(seed: 1), likeliest = "", sample = ""
    while likeliest.count < 6 {
      let probabilities = try model.predict(after: likeliest).probabilities.map(\.data)
      let token = probabilities.firstIndex(of: probabilities.max()!)!
      if token == model.vocabulary.boundary { break }
      likeliest += model.vocabulary.text(of: [token])
      if likeliest.count == 6 { break }
    }
    sample = try model.sample(temperature: 1e-9, using: &random)
    #expect(sample == likeliest)
  }

  @Test func temperaturesThatMakeNoSenseAreErrors() throws {
    let model = try model()
    var random = PythonRandom(seed: 1)
    for temperature in [0, -1, .nan, .infinity, .leastNonzeroMagnitude] {
      #expect(throws: TextError.self, "\(temperature)") {
        try model.sample(temperature: temperature, using: &random)
      }
    }
  }

  /// Weights that are too large for scores are no reason to trap.
  @Test func scoresThatAreNotFiniteAreAnError() throws {
    let model = try model()
    for parameter in model.network.head.parameters { parameter.data = 1e308 }
    var random = PythonRandom(seed: 1)
    #expect(throws: TextError.scoresNotFinite) { try model.sample(temperature: 1e-9, using: &random) }
  }
}
