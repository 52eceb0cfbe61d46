import MicrogradEngine
import MicrogradNetworks

/// The numbers of a network at one moment, to compute with for many samples at a time, without recording a graph.
///
/// Samples lie side by side: a list holds one number of each of them. All results are those of the network, to the last
/// bit: weighted sums are added up in the order of `dot`, and activations are read from the table of operations.
struct PlainNetwork: Sendable {
  private struct Layer: Sendable {
    let activation: Activation.Definition
    let inputs: Int
    let neurons: Int
  }

  private let layers: [Layer]
  /// The parameters, in the order of `MLP.parameters`.
  var parameters: [Double]

  init(_ model: MLP) {
    layers = model.layers.map { layer in
      Layer(
        activation: layer.neurons.first?.activation.definition ?? .identity,
        inputs: layer.neurons.first?.weights.count ?? 0, neurons: layer.neurons.count)
    }
    parameters = model.parameters.map { $0.data }
  }

  /// The weights, without the biases.
  var weights: [Double] {
    var weights: [Double] = [], first = 0
    for layer in layers {
      for _ in 0..<layer.neurons {
        weights += parameters[first..<first + layer.inputs]
        first += layer.inputs + 1
      }
    }
    return weights
  }

  /// The results of all neurons of a layer, for many samples.
  struct LayerResults: Sendable {
    /// For each neuron, the number of each sample before the activation.
    var sums: [[Double]] = []
    /// For each neuron, the number of each sample.
    var outputs: [[Double]] = []
  }

  /// Returns the results of each layer, for inputs that are given as a list for each of them.
  ///
  /// - Complexity: One multiplication for each sample and weight.
  func results(_ inputs: [[Double]]) -> [LayerResults] {
    var results: [LayerResults] = [], next = inputs, first = 0
    for layer in layers {
      var result = LayerResults()
      for _ in 0..<layer.neurons {
        let sums = weightedSums(next, from: first, count: layer.inputs)
        first += layer.inputs + 1
        result.outputs.append(Self.activated(sums, layer.activation))
        result.sums.append(sums)
      }
      next = result.outputs
      results.append(result)
    }
    return results
  }

  /// bias + Σ weightᵢ · inputᵢ, added up in two sums, as `dot` does.
  private func weightedSums(_ inputs: [[Double]], from first: Int, count: Int) -> [Double] {
    let samples = inputs[0].count, bias = parameters[first + count]
    var even = [Double](repeating: 0, count: samples), odd = even
    for index in 0..<count {
      let weight = parameters[first + index]
      if index % 2 == 0 {
        Self.add(weight, inputs[index], to: &even)
      } else {
        Self.add(weight, inputs[index], to: &odd)
      }
    }
    for sample in 0..<samples { even[sample] = bias + (even[sample] + odd[sample]) }
    return even
  }

  @inline(__always)
  private static func add(_ weight: Double, _ inputs: [Double], to sums: inout [Double]) {
    inputs.withUnsafeBufferPointer { inputs in
      sums.withUnsafeMutableBufferPointer { sums in
        for sample in 0..<sums.count { sums[sample] += weight * inputs[sample] }
      }
    }
  }

  private static func activated(_ sums: [Double], _ activation: Activation.Definition) -> [Double] {
    switch activation {
    case .identity: sums
    case .operation(let operation, let constant): sums.map { operation.value($0, constant ?? 0) }
    }
  }
}
