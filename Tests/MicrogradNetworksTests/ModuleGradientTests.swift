import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

/// The gradients of all parameters and inputs against central differences.
@Suite struct ModuleGradientTests {
  /// Compares the gradients of a sum of all outputs, each times a number of its own.
  private func check(
    _ name: String, _ parameters: [Value], _ random: inout PythonRandom, seed: Int, outputs: () -> [Value]
  ) {
    let factors = outputs().map { _ in random.uniform(-1, 1) }
    func result() -> Value { dot(outputs(), factors) }
    for parameter in parameters { parameter.grad = 0 }
    result().backward()
    let gradients = parameters.map(\.grad)
    #expect(gradients.contains { $0 != 0 }, "\(name), seed \(seed): all gradients are 0")
    for (index, parameter) in parameters.enumerated() {
      let number = parameter.data, expected = slope(at: parameter) { result().data }
      parameter.data = number
      #expect(
        abs(gradients[index] - expected) < 1e-7 * Swift.max(abs(expected), 1),
        "\(name), seed \(seed), number \(index) at \(number): got \(gradients[index]), expected \(expected)")
    }
  }

  /// The derivative by central differences with two step lengths, extrapolated to 0 (Richardson).
  private func slope(at parameter: Value, _ function: () -> Double) -> Double {
    let number = parameter.data
    func difference(_ step: Double) -> Double {
      parameter.data = number + step
      let above = function()
      parameter.data = number - step
      return (above - function()) / (2 * step)
    }
    return (4 * difference(5e-5) - difference(1e-4)) / 3
  }

  private func vector(_ count: Int, _ random: inout PythonRandom) -> [Value] {
    (0..<count).map { _ in Value(random.uniform(-2, 2)) }
  }

  private func spread(_ parameters: [Value], _ random: inout PythonRandom) {
    for parameter in parameters { parameter.data = random.uniform(-1, 1) }
  }

  @Test func linear() {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let module = Linear(3, 4, using: &random), x = vector(3, &random)
    check("linear", module.parameters + x, &random, seed: seed) { module(x) }
  }

  @Test func embedding() {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let module = Embedding(5, width: 3, using: &random), mixture = vector(5, &random)
    check("embedding of a token", module.parameters, &random, seed: seed) { module(2) + module(4) }
    check("embedding of a mixture", module.parameters + mixture, &random, seed: seed) { module(oneHot: mixture) }
  }

  @Test func normalizations() {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let plain = RMSNorm(epsilon: 0.1), withGains = RMSNorm(width: 5), layer = LayerNorm(width: 5),
      x = vector(5, &random)
    spread(withGains.parameters + layer.parameters, &random)
    check("RMS norm without gains", x, &random, seed: seed) { plain(x) }
    check("RMS norm", withGains.parameters + x, &random, seed: seed) { withGains(x) }
    check("layer norm", layer.parameters + x, &random, seed: seed) { layer(x) }
  }

  @Test func attention() {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let module = CausalSelfAttention(width: 6, heads: 2, using: &random)
    spread(module.parameters, &random)
    let x = (0..<3).map { _ in vector(6, &random) }
    check("attention", module.parameters + x.flatMap(\.self), &random, seed: seed) {
      var memory = CausalSelfAttention.Memory()
      return x.flatMap { module($0, &memory) }
    }
  }

  /// With a smooth activation: the differences would meet the kinks of ReLU.
  @Test func block() {
    let seed = newSeed()
    var random = PythonRandom(seed: seed)
    let module = TransformerBlock(width: 4, heads: 2, activation: .gelu, using: &random)
    spread(module.parameters, &random)
    let x = (0..<3).map { _ in vector(4, &random) }
    check("block", module.parameters + x.flatMap(\.self), &random, seed: seed) {
      var memory = CausalSelfAttention.Memory()
      return x.flatMap { module($0, &memory) }
    }
  }

  /// ReLU's kinks lie somewhere else: the weights of this seed keep all hidden numbers off 0.
  @Test func gpt() {
    let seed = 11
    var random = PythonRandom(seed: seed)
    let model = GPT(
      .init(vocabulary: 5, width: 4, heads: 2, layers: 2, context: 4), standardDeviation: 0.5, using: &random)
    let tokens = [4, 0, 3]
    check("GPT", model.parameters, &random, seed: seed) {
      var memory = model.memory()
      return tokens.flatMap { model($0, &memory) }
    }
    check("GPT of one-hot tokens", model.parameters, &random, seed: seed) {
      var memory = model.memory()
      return tokens.flatMap { token in
        model(oneHot: (0..<5).map { Value($0 == token ? 1 : 0) }, &memory)
      }
    }
  }
}
