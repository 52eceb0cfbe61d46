import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import Testing

@testable import MicrogradCompiler

/// Losses as people write them, and the samples that are found in them.
@Suite struct RollingTests {
  private let points: [[Double]]
  private let labels: [Double]
  private let classes: [Int]

  init() {
    var random = PythonRandom(seed: 5)
    points = random.rows(20, 2)
    labels = signs(of: points)
    classes = points.map { Int(7 * $0[0].magnitude) % 3 }
  }

  /// Compiles a loss, and expects a given number of samples in it and the values' own results.
  private func expectSamples(
    _ count: Int?, _ parameters: [Value], sourceLocation: SourceLocation = #_sourceLocation, _ record: () -> Value
  ) throws {
    let loss = record()
    let program = try Program(loss, parameters: parameters)
    let found = program.refusal == nil ? program.sampleCount : nil
    #expect(found == count, "\(program)", sourceLocation: sourceLocation)
    expectAgreement(program, loss, "\(program)", sourceLocation: sourceLocation)
    // Again, with parameters that have moved since.
    for parameter in parameters { parameter.data = 0.9 * parameter.data + 0.01 }
    expectAgreement(program, record(), "moved, \(program)", sourceLocation: sourceLocation)
  }

  @Test func termsThatDependOnLabels() throws {
    let model = MLP(2, [5, 3], seed: 1)
    try expectSamples(20, model.parameters) {
      zip(points, classes).map { softmaxCrossEntropy(logits: model($0), label: $1) }.mean()
    }
    try expectSamples(20, model.parameters) {
      zip(points, classes).map { -softmax(model($0))[$1].log() }.mean()
    }
    try expectSamples(20, model.parameters) {
      zip(points, classes).map { -softmax(model($0))[$1].log() * 0.05 }.sum()
    }
  }

  /// Rows of numbers, and slices of one vector of parameters that begin at the same place and end at different ones.
  @Test func slicesAndNumbers() throws {
    let seed = UInt32.random(in: 0..<1_000_000)
    var random = PythonRandom(seed: Int(seed))
    let p = (0..<21).map { _ in Value(random.uniform(-1, 1)) }
    let rows = random.rows(20, 3)
    func score(_ row: [Double]) -> Value {
      let hidden = (0..<4).map { dot(p[3 * $0..<3 * $0 + 3], row, bias: p[12 + $0]).tanh() }
      return dot(hidden, p[16..<20], bias: p[20])
    }
    func loss() -> Value { zip(rows, labels).map { hingeLoss(score($0), label: $1) }.mean() }
    let program = try Program(loss(), parameters: p)
    #expect(program.description.contains("dense 3→4"), "\(program); seed \(seed)")
    expectAgreement(program, loss(), "\(program); seed \(seed)")
    try expectSamples(20, p) { loss() + dot(p[..<3], p[..<3]) - dot(p[..<4], p[1..<5]) }
    try expectSamples(20, p) {
      rows.map { (dot($0[1...], p[..<2]) * dot(p[..<1], $0[..<1]) + dot($0[..<2], p[2..<4])).tanh() }.mean()
    }
  }

  @Test func anyOrderOfRecording() throws {
    let model = MLP(2, [4, 1], seed: 2)
    try expectSamples(20, model.parameters) {
      let scores = points.map { model($0)[0] }
      return zip(scores, labels).reversed().map { hingeLoss($0, label: $1) }.mean()
    }
    try expectSamples(20, model.parameters) {
      let hidden = points.map { model.layers[0]($0.map { Value($0) }) }
      let scores = hidden.map { model.layers[1]($0)[0] }
      return zip(scores, labels).map { hingeLoss($0, label: $1) }.mean()
    }
  }

  @Test func sharedWeights() throws {
    let model = MLP(2, [4, 2], activation: .tanh, seed: 3)
    // Siamese: the same net for both points of a pair.
    try expectSamples(10, model.parameters) {
      (0..<10).map { i in
        let a = model(points[2 * i]), b = model(points[2 * i + 1])
        return zip(a, b).map { ($0 - $1).squared() }.sum()
      }.mean()
    }
    // Over time: the state goes through the same layer again and again.
    let recurrent = MLP(3, [2, 1], activation: .tanh, seed: 9), step = recurrent.layers[0]
    try expectSamples(20, recurrent.parameters) {
      zip(points, labels).map { point, label in
        let state = (0..<4).reduce([Value(0), Value(0)]) { state, time in
          step([Value(point[time % 2])] + state)
        }
        return hingeLoss(recurrent.layers[1](state)[0], label: label)
      }.mean()
    }
    // Tied: a matrix and its transpose.
    let w = (0..<3).map { i in (0..<2).map { Value(0.3 * Double(i) - 0.2 * Double($0)) } }
    try expectSamples(20, w.flatMap { $0 }) {
      points.map { point in
        let code = w.map { dot($0, point.map { Value($0) }).tanh() }
        let decoded = (0..<2).map { k in dot(w.map { $0[k] }, code) }
        return zip(decoded, point).map { squaredError($0, $1) }.sum()
      }.mean()
    }
  }

  @Test func severalLosses() throws {
    let model = MLP(2, [3, 1], activation: .tanh, seed: 4), other = MLP(2, [2, 1], activation: .sigmoid, seed: 5)
    // Inputs of as many numbers look alike, whichever net they go to, so that each batch has lanes of its own.
    try expectSamples(27, model.parameters + other.parameters) {
      let first = zip(points, labels).map { hingeLoss(model($0)[0], label: $1) }.mean()
      let second = points.prefix(7).map { squaredError(other($0)[0], $0[1]) }.mean()
      return first + 0.5 * second
    }
    try expectSamples(20, model.parameters) {
      let first = points.prefix(12).map { squaredError(model($0)[0], $0[1]) }.mean()
      let second = points.suffix(8).map { model($0)[0].abs() }.mean()
      return first + 0.5 * second
    }
  }

  @Test func regularization() throws {
    let model = MLP(2, [3, 1], activation: .tanh, seed: 6)
    let squares = { 0.01 * model.parameters.map { $0 * $0 }.sum() }
    try expectSamples(20, model.parameters) {
      points.map { squaredError(model($0)[0], 1) + squares() }.mean()
    }
    try expectSamples(20, model.parameters) {
      points.map { squaredError(model($0)[0], 1) }.mean() + squares().sqrt()
    }
    try expectSamples(20, model.parameters) {
      squares() * points.map { squaredError(model($0)[0], 1) }.mean()
    }
  }

  /// A ReLU is not made part of its layer if the layer's own result is needed as well, nor its mask if the gradient is.
  @Test func layersWhoseResultIsUsedBesideItsReLU() throws {
    var random = PythonRandom(seed: 8)
    let layer = Layer(2, 3, activation: .linear, using: &random)
    let second = Layer(3, 2, activation: .linear, using: &random)
    let parameters = layer.parameters + second.parameters
    try expectSamples(20, parameters) {
      points.map { point in
        let z = layer(point.map { Value($0) })
        return zip(z.map { $0.relu() }, z).map { $0 + 0.5 * $1.squared() }.sum()
      }.mean()
    }
    try expectSamples(20, parameters) {
      points.map { point in
        let z = layer(point.map { Value($0) }), hidden = zip(z, z).map { $0.relu() + 0.5 * $1 }
        return second(hidden).map { $0.tanh() }.sum()
      }.mean()
    }
  }

  @Test func samplesThatDependOnEachOther() throws {
    let model = MLP(2, [3, 1], activation: .tanh, seed: 7)
    try expectSamples(10, model.parameters) {
      let scores = points.map { model($0)[0] }
      return (0..<10).map { i in hingeLoss(scores[2 * i] - scores[2 * i + 1], label: 1) }.mean()
    }
    // Batch statistics. Recorded twice in a sample, what is the same cannot be told apart.
    for (samples, isRecordedTwice) in [(20, false), (nil, true)] {
      try expectSamples(samples, model.parameters) {
        let scores = points.map { model($0)[0] }, mean = scores.mean()
        let centered = scores.map { $0 - mean }
        let deviation = (centered.map { $0.squared() }.mean() + 1e-3).sqrt()
        let others = isRecordedTwice ? scores.map { $0 - mean } : centered
        return zip(others, labels).map { score, label in hingeLoss(score / deviation, label: label) }.mean()
      }
    }
    // All pairs: one sample is in several.
    try expectSamples(nil, model.parameters) {
      let scores = points.prefix(4).map { model($0)[0] }
      let pairs = [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (3, 2)]
      return pairs.map { first, second in (scores[first] - scores[second]).tanh() }.sum()
    }
  }

  @Test func branches() throws {
    let model = MLP(2, [4, 1], seed: 8)
    try expectSamples(20, model.parameters) {
      points.enumerated().map { index, point in
        let score = model(point)[0]
        return hingeLoss(index % 5 == 3 ? score * 0.5 : score, label: labels[index])
      }.mean()
    }
    // Hinge written with `if`: no node where it is satisfied.
    let model2 = MLP(2, [4, 1], seed: 9)
    let recorded = zip(points, labels).compactMap { point, label in
      let margin = 1 - label * model2(point)[0]
      return margin.data > 0 ? margin : nil
    }
    let program = try Program(recorded.sum() * 0.05, parameters: model2.parameters)
    #expect(program.refusal == nil && program.sampleCount == recorded.count, "\(program)")
    expectAgreement(program, recorded.sum() * 0.05, "\(program)")
  }

  @Test func valuesSharedBySamples() throws {
    let model = MLP(4, [4, 1], activation: .tanh, seed: 10), w = Value(0.3), one = Value(1), half = Value(0.5)
    try expectSamples(20, model.parameters + [w]) {
      zip(points, labels).map { point, label in
        let x = point.map { Value($0) }
        return (one - label * model([x[0], x[1], x[0] * x[0], half])[0] * (2 * w)).relu()
      }.mean()
    }
    try expectSamples(20, model.parameters + [w]) {
      let shared = half * w.exp() + 1
      return points.map { (model($0 + $0)[0] * shared).squared() }.mean()
    }
  }

  @Test func gradientsSentElsewhere() throws {
    let model = MLP(2, [3, 1], activation: .tanh, seed: 11)
    try expectSamples(20, model.parameters) {
      zip(points, labels).map { point, label in
        let score = model(point)[0]
        return squaredError(score.sigmoid().straightThrough(to: score), label)
      }.mean()
    }
    try expectSamples(20, model.parameters) { points.map { Value(3).straightThrough(to: model($0)[0]) }.mean() }
    try expectSamples(20, model.parameters) {
      points.map { point in
        let score = model(point)[0], w = model.parameters[0]
        return w.straightThrough(to: score) * score
      }.mean()
    }
  }

  @Test func rowsThatNobodyUsesOrLearnsFrom() throws {
    let model = MLP(2, [4, 3], activation: .tanh, seed: 12)
    try expectSamples(20, model.parameters) { points.map { model($0)[1].squared() }.mean() }
    try expectSamples(20, model.parameters) {
      points.map { point in
        let outputs = model(point)
        return outputs[0].squared() * outputs[1].detached()
      }.mean()
    }
  }

  @Test func parametersThatAreNotUsed() throws {
    let model = MLP(2, [3, 1], activation: .tanh, seed: 14), unused = Value(0.7)
    let record = { zip(points, labels).map { hingeLoss(model($0)[0], label: $1) }.mean() }
    try expectSamples(20, [unused] + model.parameters, record)
    for rule in TrainingTests.rules {
      unused.data = 0.7
      let twin = Value(0.7)
      let program = try Program(record(), parameters: model.parameters + [unused], optimizer: rule.update)
      program.run(steps: 5, schedule: TrainingTests.schedule)
      // Its loss is 0, which leaves what the optimizer does by itself: weight decay.
      _ = TrainingTests.train([twin], rule, steps: 5) { _ in twin * 0 }
      expectClose([unused.data], [twin.data], "an unused parameter, \(rule.testDescription)")
    }
  }

  @Test func oneValueInSeveralPlaces() throws {
    let w = Value(0.4), v = Value(-0.3)
    try expectSamples(20, [w, v]) {
      points.map { point in
        let x = Value(point[0])
        let neuron = dot([w, v, w], [x, x, Value(point[1])], bias: w)
        return (neuron * neuron - neuron / (neuron * neuron + 1)).tanh() + max(neuron, neuron) + (neuron - neuron)
      }.mean()
    }
    let list = [w, v]
    try expectSamples(20, list) {
      points.map { point in
        let scaled = list.map { $0 * point[0] }
        return dot(scaled, scaled) + dot(list, list) * point[1]
      }.mean()
    }
  }

  @Test func samplesThatCountSeveralTimes() throws {
    let model = MLP(2, [3, 1], activation: .tanh, seed: 15)
    try expectSamples(20, model.parameters) {
      let losses = zip(points, labels).map { squaredError(model($0)[0], $1) }
      return ([losses[0], losses[7]] + losses + [losses[7]]).sum() - 2 * losses[3]
    }
  }

  @Test func neuronsThatTakeTheirInputsInAnyOrder() throws {
    let model = MLP(2, [4, 1], activation: .tanh, seed: 16)
    try expectSamples(20, model.parameters) {
      points.map { point in
        let x = point.map { Value($0) }
        let hidden = model.layers[0].neurons.enumerated().map { index, neuron in
          let terms = zip(neuron.weights, x).map { $0 * $1 } + [neuron.bias]
          return (index % 2 == 0 ? terms : terms.reversed()).sum().tanh()
        }
        return model.layers[1](hidden)[0].squared()
      }.mean()
    }
  }

  @Test func lossesThatNoParameterReaches() throws {
    let w = Value(0.4)
    try expectSamples(20, [w]) { points.map { (Value($0[0]) - $0[1]).squared() }.mean() }
    try expectSamples(20, [w]) { points.map { (w * $0[0]).detached() * $0[1] }.mean() }
    try expectSamples(20, [w]) { points.map { w * $0[0] * 0 + 1 }.mean() }
  }

  @Test func singleSamplesAreReplayed() throws {
    let model = MLP(2, [3, 1], seed: 13)
    try expectSamples(nil, model.parameters) { (1 - model(points[0])[0]).squared() }
  }
}
