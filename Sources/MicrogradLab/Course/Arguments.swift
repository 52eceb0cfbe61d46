import Micrograd
import MicrogradQuestions

// Arguments that several tasks ask with.

extension Argument {
  /// The perceptron of task 1, with gradients that an earlier pass has left.
  static var published: Argument {
    .network(
      inputs: 2, sizes: [1], parameters: makePerceptron(seed: 42).parameters.map(\.data),
      gradients: [0.25, -0.5, 0.75])
  }

  /// A random perceptron, with gradients that an earlier pass has left.
  static func perceptron(_ random: inout PythonRandom) -> Argument { network([1], &random) }

  /// A random network with two inputs, whose biases are not 0, with gradients that an earlier pass has left.
  static func network(_ sizes: [Int], _ random: inout PythonRandom) -> Argument {
    let count = MLP(2, sizes, seed: 0).parameters.count
    return .network(
      inputs: 2, sizes: sizes, parameters: random.numbers(count), gradients: random.numbers(count))
  }

  /// A network that has been made already.
  static func network(_ model: MLP) -> Argument {
    .network(
      inputs: model.layers[0].neurons[0].weights.count, sizes: model.layers.map(\.neurons.count),
      parameters: model.parameters.map(\.data), gradients: model.parameters.map(\.grad))
  }
}

extension PythonRandom {
  /// Draws numbers between -1 and 1.
  mutating func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in uniform(-1, 1) } }

  /// Draws the inputs of samples with two inputs each.
  mutating func rows(_ count: Int) -> [[Double]] { (0..<count).map { _ in numbers(2) } }

  /// Draws labels, 0 or 1.
  mutating func labels(_ count: Int) -> [Int] { (0..<count).map { _ in randrange(2) } }
}
