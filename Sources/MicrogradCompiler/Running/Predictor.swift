public import MicrogradEngine
import MicrogradRequirement
public import MicrogradNetworks

/// A model that was written scalar by scalar, applied to many samples at the speed of hand-written kernels.
///
/// ```swift
/// let predict = try Predictor(inputs: 2, parameters: model.parameters) { model($0) }
/// let scores = predict(test.inputs)  // a list of outputs for each sample
/// let score = predict([0.5, -1])[0]
/// ```
///
/// The parameters' values are read at each call, so that a predictor that was made before training follows it.
/// Results agree with the values' own up to rounding: sums are added up in another order. Samples with numbers that
/// are not finite, and all samples if a parameter is not, are computed node by node as the values do it.
public final class Predictor {
  /// The number of inputs of a sample.
  public var inputCount: Int { function.inputCount }
  /// The number of outputs.
  public var outputCount: Int { function.outputCount }
  /// The parameters, without repetitions.
  public var parameters: [Value] { function.parameters }
  /// The type of number that it computes with.
  public var precision: Precision { function.precision }

  private let function: CompiledFunction

  /// Records a model once and compiles it.
  ///
  /// - Parameters:
  ///   - inputs: The number of inputs of a sample.
  ///   - parameters: The values that may change; all other values of the model are constants.
  ///   - precision: The type of number to compute with.
  ///   - model: The outputs, given values that stand for a sample's numbers. They are 1 when it is called, so it must
  ///     not decide anything by them.
  /// - Throws: `ProgramError` if there are no outputs, or a number was assigned by hand to a computed value.
  /// - Complexity: Linear in the number of values that the model records.
  public convenience init(
    inputs: Int, parameters: [Value], precision: Precision = .double, model: ([Value]) -> [Value]
  ) throws(ProgramError) {
    try self.init(inputs: inputs, parameters: parameters, precision: precision, kernels: .best, model: model)
  }

  init(
    inputs: Int, parameters: [Value], precision: Precision, kernels: Kernels, model: ([Value]) -> [Value]
  ) throws(ProgramError) {
    let settings = Settings(precision: precision, kernels: kernels)
    function = try CompiledFunction(inputs: inputs, parameters: parameters, settings: settings, model)
  }

  /// The outputs for each sample.
  ///
  /// - Precondition: Each sample has `inputCount` numbers.
  /// - Complexity: Linear in the number of samples; memory for some of them at a time.
  public func callAsFunction(_ samples: [[Double]]) -> [[Double]] {
    for (index, sample) in samples.enumerated() {
      require(
        sample.count == inputCount,
        "sample \(index + 1) has \(counted(sample.count, "number")); the model takes \(inputCount)")
    }
    let outputs = function.values(at: samples.flatMap { $0 }, count: samples.count)
    return samples.indices.map { Array(outputs[$0 * outputCount..<($0 + 1) * outputCount]) }
  }

  /// The outputs for one sample.
  ///
  /// - Precondition: The sample has `inputCount` numbers.
  public func callAsFunction(_ sample: [Double]) -> [Double] { self([sample])[0] }
}

extension Predictor: CustomStringConvertible {
  /// The findings: `2 inputs → dense 2→16 relu, dense 16→1 → 1 output`.
  public var description: String { function.description }
}

extension MLP {
  /// Compiles the network for many samples.
  ///
  /// - Throws: `ProgramError` if the network has no neurons, or an activation assigns a number to a computed value.
  public func predictor(precision: Precision = .double) throws(ProgramError) -> Predictor {
    try Predictor(inputs: inputCount(), parameters: parameters, precision: precision) { self($0) }
  }

  package func inputCount() throws(ProgramError) -> Int {
    guard let neuron = layers.first?.neurons.first else {
      throw ProgramError(
        "the first layer of the network has no neurons, so the number of inputs is unknown: give it some")
    }
    return neuron.weights.count
  }
}
