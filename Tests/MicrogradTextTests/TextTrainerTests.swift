import Foundation
import MicrogradRandom
import MicrogradTestSupport
import MicrogradText
import Testing

@Suite struct TextTrainerTests {
  @Test(arguments: TextFact.all) func learnsAsANaiveProgramDoes(_ fact: TextFact) throws {
    var (model, names, random) = try fact.start()
    let losses = try fact.settings.fit(model, to: names)
    #expect(losses.count == fact.trainer.steps)
    for (step, expected) in zip([0, 1, losses.count / 2, losses.count - 1], fact.losses) {
      expectClose(losses[step], expected, "loss of step \(step + 1), \(fact.testDescription)", tolerance: 1e-11)
    }
    let samples = try fact.samples.map { _ in try model.sample(using: &random) }
    #expect(samples == fact.samples, "\(fact.testDescription)")
  }

  /// The published losses and names of microgpt, where its names are there to read.
  @Test(.enabled(if: Self.facts != nil)) func givesThePublishedLossesAndNames() throws {
    let (names, published) = try #require(Self.facts)
    var random = PythonRandom(seed: 42), documents = TextModel.documents(of: names)
    random.shuffle(&documents)
    let model = try TextModel(of: documents, using: &random)
    let losses = try TextTrainer(steps: 1000).fit(model, to: documents)
    let lines = published.split(separator: "\n").filter { !$0.hasPrefix("#") }
    for (step, line) in lines.prefix(1000).enumerated() {
      expectClose(losses[step], try #require(Double(line)), "step \(step + 1)", tolerance: 1e-9)
    }
    let samples = try lines.dropFirst(1000).map { _ in try model.sample(using: &random) }
    #expect(samples == lines.dropFirst(1000).map(String.init))
  }

  /// The texts of `names.txt` and `gpt-42.txt` in the folder that the environment names.
  private static let facts: (names: String, published: String)? = {
    guard let folder = ProcessInfo.processInfo.environment["MICROGRAD_FACTS"] else { return nil }
    let texts = ["names.txt", "gpt-42.txt"].map { try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    return texts[0].flatMap { names in texts[1].map { (names, $0) } }
  }()

  @Test func beginsAnewAfterTheLastDocument() throws {
    var random = PythonRandom(seed: 1)
    let model = try TextModel(of: ["ab", "ba"], width: 4, heads: 2, context: 4, using: &random)
    let same = try TextModel(safetensors: model.safetensors())
    let losses = try TextTrainer(steps: 5).fit(model, to: ["ab", "ba"])
    let longer = try TextTrainer(steps: 5).fit(same, to: ["ab", "ba", "ab", "ba", "ab"])
    #expect(losses == longer)
  }

  @Test func reportsEachStep() throws {
    var random = PythonRandom(seed: 1), reports: [(Int, Double)] = []
    let model = try TextModel(of: ["ab"], width: 4, heads: 2, context: 4, using: &random)
    let losses = try TextTrainer(steps: 3) { reports.append(($0, $1)) }.fit(model, to: ["ab"])
    #expect(reports.map(\.0) == [1, 2, 3] && reports.map(\.1) == losses, "\(reports)")
  }

  @Test func settingsThatMakeNoSenseAreErrors() throws {
    var random = PythonRandom(seed: 1)
    let model = try TextModel(of: ["ab"], width: 4, heads: 2, context: 4, using: &random)
    let wrong = [
      TextTrainer(steps: 0), TextTrainer(batchSize: 0), TextTrainer(batchSize: -1), TextTrainer(learningRate: 0),
      TextTrainer(learningRate: .nan), TextTrainer(learningRate: .infinity),
      TextTrainer(optimizer: .adam(betas: (0.9, 1))),
    ]
    for trainer in wrong {
      #expect(throws: TextError.self, "\(trainer)") { try trainer.fit(model, to: ["ab"]) }
    }
    #expect(throws: TextError.noDocuments) { try TextTrainer(steps: 1).fit(model, to: []) }
    #expect(throws: TextError.unknownCharacter("c", in: "abc", known: "ab")) {
      try TextTrainer(steps: 1).fit(model, to: ["ab", "abc"])
    }
  }

  @Test func aLossThatIsNotFiniteIsAnError() throws {
    var random = PythonRandom(seed: 1)
    let model = try TextModel(of: TextModel.names, width: 4, heads: 2, context: 4, using: &random)
    let error = #expect(throws: TextError.self) {
      try TextTrainer(steps: 10, learningRate: 1e200).fit(model, to: TextModel.names)
    }
    guard case .diverged = error else { return #expect(Bool(false), "\(String(describing: error))") }
  }
}
