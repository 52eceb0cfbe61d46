import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

/// Training and sampling of small GPTs, step by step, against Python.
@Suite struct GPTTrainingTests {
  /// The results of `Tests/Facts/gpt-facts.py`, a GPT in Python that shares no code with this one.
  struct Fact: Sendable {
    let seed, width, heads, layers, context, parameters: Int
    let losses: [Double]
    let words: [String]
    /// The generator's next number after training and words.
    let after: Double
  }

  private static let names =
    "ada ben cleo dora emil fay gus hugo ines jon kira leo mia nora otto pia".split(separator: " ").map(String.init)

  static let facts: [Fact] = [
    Fact(
      seed: 42, width: 8, heads: 2, layers: 1, context: 8, parameters: 1184,
      losses: [
        2.9362668461548838, 3.0659763339943407, 2.9956012207300953, 2.8279958942782857, 3.014560740094562,
        3.143241374203747, 3.244050049188978, 3.1853316306459263,
      ],
      words: ["e", "irhldkib", "sueuankd", "piyoccgd"], after: 0.15286978900592985),
    Fact(
      seed: 1, width: 6, heads: 3, layers: 2, context: 4, parameters: 1152,
      losses: [
        3.048913094156979, 3.144037697556648, 2.934611670219585, 3.022745207681445, 3.2432210583759193,
        3.0701331612277003, 3.0574706819724073, 2.996688138212089,
      ],
      words: ["", "upsu", "ftfo", "ies"], after: 0.31369855569597016),
    Fact(
      seed: 7, width: 4, heads: 1, layers: 1, context: 6, parameters: 392,
      losses: [
        3.04230452591834, 3.084212844812787, 3.077777625909887, 3.078135011635462, 2.8652000008401806,
        3.00204826652359, 3.086956708305644, 2.9796869912234416,
      ],
      words: ["ogdbuu", "ngehmd", "jgy", "leyija"], after: 0.3816266066125822),
  ]

  @Test(arguments: facts) func smallModels(fact: Fact) {
    let what = "seed \(fact.seed), width \(fact.width)"
    var run = NameModel(
      Self.names, seed: fact.seed, width: fact.width, heads: fact.heads, layers: fact.layers, context: fact.context)
    #expect(run.model.parameters.count == fact.parameters, "\(what)")
    for (step, expected) in fact.losses.enumerated() {
      expectClose(run.trainOneStep(of: fact.losses.count), expected, "\(what), step \(step)", tolerance: 1e-10)
    }
    let words = fact.words.map { _ in run.word() }
    #expect(words == fact.words, "\(what)")
    #expect(run.random.random() == fact.after, "\(what)")
  }
}

/// A GPT of letters, which is trained on one name a step.
private struct NameModel {
  let model: GPT
  private let names: [String]
  /// The letters in order; the token after them stands for the beginning and the end of a name.
  private let letters: [Character]
  private var optimizer: Adam
  private var steps = 0
  var random: PythonRandom

  init(_ names: [String], seed: Int, width: Int, heads: Int, layers: Int, context: Int) {
    var random = PythonRandom(seed: seed), shuffled = names
    random.shuffle(&shuffled)
    self.names = shuffled
    letters = Set(names.joined()).sorted()
    model = GPT(
      .init(vocabulary: letters.count + 1, width: width, heads: heads, layers: layers, context: context),
      using: &random)
    optimizer = Adam(model.parameters, betas: (0.85, 0.99))
    self.random = random
  }

  /// The loss of the next name, before the step.
  mutating func trainOneStep(of count: Int) -> Double {
    let end = letters.count
    let tokens = [end] + names[steps % names.count].map { letters.firstIndex(of: $0)! } + [end]
    var memory = model.memory()
    let positions = min(tokens.count - 1, model.configuration.context)
    let losses = (0..<positions).map {
      softmaxCrossEntropy(logits: model(tokens[$0], &memory), label: tokens[$0 + 1])
    }
    let loss = losses.mean()
    model.zeroGrad()
    loss.backward()
    optimizer.learningRate = 0.01 * (1 - Double(steps) / Double(count))
    optimizer.step()
    steps += 1
    return loss.data
  }

  /// A word that the model makes up, at temperature 0.5.
  mutating func word() -> String {
    let end = letters.count
    var memory = model.memory(), token = end, word = ""
    for _ in 0..<model.configuration.context {
      let probabilities = softmax(model(token, &memory).map { $0.data / 0.5 })
      token = random.choices(0...end, weights: probabilities)[0]
      if token == end { break }
      word.append(letters[token])
    }
    return word
  }
}
