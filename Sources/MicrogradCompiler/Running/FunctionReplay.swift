import MicrogradEngine

/// A function of several results computed node by node, as the engine computes it: for numbers that are not finite, and for
/// graphs that cannot run over rows.
///
/// Complexity: linear in the number of nodes, and again for each result's derivatives.
final class FunctionReplay {
  /// The replay, with the inputs as its parameters: derivatives are taken with respect to them.
  private let replay: ScalarReplay
  private let inputCount: Int
  private let resultCount: Int

  /// - Parameters: The nodes of each; -1 for one that is not in the graph.
  init(_ graph: FlatGraph, parameters: [Int32], inputs: [Int32], results: [Int32]) {
    replay = ScalarReplay(graph, parameters: inputs, inputs: parameters, results: results)
    inputCount = inputs.count
    resultCount = results.count
  }

  /// Computes the results.
  func run(_ parameters: [Double], _ inputs: [Double]) {
    for (index, number) in parameters.enumerated() { replay.setInput(index, to: number) }
    _ = replay.forward(inputs)
  }

  /// Writes the results that were computed last.
  func store(to results: UnsafeMutablePointer<Double>) {
    for index in 0..<resultCount { results[index] = replay.result(index) }
  }

  /// Writes their derivatives with respect to the inputs, result by result.
  func storeJacobian(to jacobian: UnsafeMutablePointer<Double>) {
    for index in 0..<resultCount {
      var gradient = [Double](repeating: 0, count: inputCount)
      replay.backward(fromResult: index, into: &gradient)
      (jacobian + index * inputCount).update(from: gradient, count: inputCount)
    }
  }
}
