import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom
import MicrogradTestSupport
import Testing

@Suite struct NetworkTests {
  @Test func aPerceptronIsMicrograds() {
    let model = MLP(2, [1], seed: 42)
    #expect("\(model)" == "MLP of [Layer of [LinearNeuron(2)]]")
    #expect(model.parameters.map(\.data) == [0.2788535969157675, -0.9499784895546661, 0])
    #expect(model.parameters.map(\.grad) == [0, 0, 0])
  }

  /// Weights neuron by neuron, in the order of the inputs; biases draw nothing.
  @Test func drawsAndParametersAreInMicrogradsOrder() {
    var random = PythonRandom(seed: 7), same = random
    let model = MLP(3, [2, 1], using: &random)
    let draws = (0..<8).map { _ in same.uniform(-1, 1) }
    let neurons = [draws[0..<3], draws[3..<6], draws[6..<8]]
    #expect(model.parameters.map(\.data) == neurons.flatMap { Array($0) + [0] })
    #expect(random == same, "no draw more than weights")
    #expect("\(model)" == "MLP of [Layer of [ReLUNeuron(3), ReLUNeuron(3)], Layer of [LinearNeuron(2)]]")
  }

  @Test func outputsAreTheFormula() {
    let neuron = Neuron(weights: [2, -1], bias: 0.5, activation: .relu)
    #expect(neuron([3, 1]).data == 5.5 && neuron([-3, 1]).data == 0)
    let linear = Neuron(weights: neuron.weights, bias: neuron.bias, activation: .linear)
    #expect(linear([-3, 1]).data == -6.5)
    let model = MLP([Layer([neuron, linear]), Layer([Neuron(weights: [1, 10], bias: 0, activation: .linear)])])
    #expect(model([3.0, 1.0]).map(\.data) == [5.5 + 55])
  }

  @Test func activationsPerLayer() {
    var random = PythonRandom(seed: 1)
    let model = MLP(1, [2, 2, 1], activations: [.tanh, .gelu, .sigmoid], using: &random)
    #expect(
      "\(model)" == "MLP of [Layer of [TanhNeuron(1), TanhNeuron(1)], Layer of [GELUNeuron(2), GELUNeuron(2)], "
        + "Layer of [SigmoidNeuron(2)]]")
    let output = model([0.3])[0].data
    #expect(output > 0 && output < 1)
  }

  @Test(arguments: [
    (Activation.linear, -2.0, -2.0), (.relu, -2, 0), (.tanh, 0.5, 0.46211715726000973), (.sigmoid, 0, 0.5),
    (.gelu, 1, 0.8413447460685429), (.silu, 1, 0.7310585786300049), (.softplus, 0, 0.6931471805599453),
    (.leakyReLU(), -2, -0.02), (.leakyReLU(slope: 0.2), -2, -0.4), (.elu(), -1, -0.6321205588285577),
  ])
  func activationsAreTheirFunctions(_ activation: Activation, _ x: Double, _ expected: Double) {
    expectClose(activation(Value(x)).data, expected, activation.name)
  }

  @Test(arguments: [WeightInitialization.xavier, .he])
  func initialWeightsStayWithinTheirLimit(_ initialization: WeightInitialization) {
    var random = PythonRandom(seed: 3)
    let layer = Layer(24, 30, initialization: initialization, using: &random)
    let largest = layer.neurons.flatMap(\.weights).map { abs($0.data) }.max()!
    let limit = if case .he = initialization { 0.5 } else { (6.0 / 54).squareRoot() }
    #expect(largest <= limit && largest > 0.95 * limit, "largest of 720 weights: \(largest), limit \(limit)")
  }

  @Test func labels() {
    let single = MLP(2, [1], seed: 1), deep = MLP(2, [2, 1], seed: 1)
    single.labelParameters()
    deep.labelParameters()
    #expect(single.parameters.map(\.label) == ["w1", "w2", "b"])
    #expect(deep.layers[0].neurons[1].parameters.map(\.label) == ["w1.2.1", "w1.2.2", "b1.2"])
  }

  @Test func zeroGradClearsEveryParameter() {
    let model = MLP(2, [3, 1], seed: 1)
    model([1.0, 2.0])[0].backward()
    #expect(model.parameters.contains { $0.grad != 0 })
    model.zeroGrad()
    #expect(model.parameters.allSatisfy { $0.grad == 0 })
  }
}
