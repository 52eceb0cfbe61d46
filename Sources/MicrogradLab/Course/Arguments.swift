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
}

extension PythonRandom {
  /// Draws numbers between -1 and 1.
  mutating func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in uniform(-1, 1) } }
}
