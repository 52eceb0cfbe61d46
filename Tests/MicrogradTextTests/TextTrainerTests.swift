import Foundation
import MicrogradRandom
import MicrogradTestSupport
import MicrogradText
import Testing

@Suite struct TextTrainerTests {
  @Test(arguments: TextFact.all, [TextTrainer.Execution.eager, .compiled(.double)])
  func learnsAsANaiveProgramDoes(_ fact: TextFact, _ execution: TextTrainer.Execution) throws {
    var (model, names, random) = try fact.start(), settings = fact.settings
    settings.execution = execution
    let losses = try settings.fit(model, to: names)
    #expect(losses.count == fact.trainer.steps)
    for (step, expected) in zip([0, 1, losses.count / 2, losses.count - 1], fact.losses) {
      expectClose(
        losses[step], expected, "loss of step \(step + 1), \(execution), \(fact.testDescription)", tolerance: 1e-11)
    }
    let samples = try fact.samples.map { _ in try model.sample(using: &random) }
    #expect(samples == fact.samples, "\(execution), \(fact.testDescription)")
  }

  /// The published losses and names of microgpt, where its names are there to read.
  @Test(.enabled(if: Self.facts != nil), arguments: [TextTrainer.Execution.eager, .compiled(.double)])
  func givesThePublishedLossesAndNames(_ execution: TextTrainer.Execution) throws {
    let (names, published) = try #require(Self.facts)
    var random = PythonRandom(seed: 42), documents = TextModel.documents(of: names)
    random.shuffle(&documents)
    let model = try TextModel(of: documents, using: &random)
    let losses = try TextTrainer(steps: 1000, execution: execution).fit(model, to: documents)
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

  /// The loss after each step is the one before the next.
  @Test(arguments: [TextTrainer.Execution.eager, .compiled(.double)])
  func reportsEachStep(_ execution: TextTrainer.Execution) throws {
    var random = PythonRandom(seed: 1), reports: [(Int, Double)] = [], after: [Double] = []
    let model = try TextModel(of: ["ab"], width: 4, heads: 2, context: 4, using: &random)
    let losses = try TextTrainer(
      steps: 3, execution: execution,
      progress: { step, loss in
        reports.append((step, loss))
        after.append((try? model.loss("ab").data) ?? .nan)
      }
    ).fit(model, to: ["ab"])
    #expect(reports.map(\.0) == [1, 2, 3] && reports.map(\.1) == losses, "\(execution): \(reports)")
    for step in 0..<2 { expectClose(after[step], losses[step + 1], "\(execution), after step \(step + 1)") }
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

  @Test(arguments: [TextTrainer.Execution.eager, .compiled(.double), .compiled(.float)])
  func aLossThatIsNotFiniteIsAnError(_ execution: TextTrainer.Execution) throws {
    var random = PythonRandom(seed: 1)
    let model = try TextModel(of: TextModel.names, width: 4, heads: 2, context: 4, using: &random)
    let error = #expect(throws: TextError.self) {
      try TextTrainer(steps: 10, learningRate: 1e200, execution: execution).fit(model, to: TextModel.names)
    }
    guard case .diverged = error else { return #expect(Bool(false), "\(execution): \(String(describing: error))") }
  }
}
