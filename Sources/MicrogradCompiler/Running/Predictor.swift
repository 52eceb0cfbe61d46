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
  public let inputCount: Int
  /// The number of outputs.
  public let outputCount: Int
  /// The parameters, without repetitions.
  public let parameters: [Value]
  /// The type of number that it computes with.
  public let precision: Precision

  private let code: HoistedIR
  private let kernels: Kernels
  /// By the number of lanes.
  private var machines: [Int: Machine] = [:]
  private let replay: ScalarReplay

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
    inputCount = inputs
    self.parameters = parameters.withoutRepetitions
    self.precision = precision
    self.kernels = kernels
    var recording = SampleRecording(parameters: self.parameters, inputs: inputs)
    let outputs = model(recording.standIns)
    guard !outputs.isEmpty else { throw ProgramError("the model has no outputs: there is nothing to predict") }
    outputCount = outputs.count
    let (graph, codes) = try recording.append(outputs)
    replay = ScalarReplay(graph.flat, parameters: graph.parameters, inputs: graph.inputs, results: graph.results)
    code = Passes(recording.code(outputs: codes), parameters: self.parameters.count).forward
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
    let numbers = parameters.map(\.data)
    guard numbers.allSatisfy(\.isFinite) else { return samples.map { replayed($0, numbers) } }
    var results: [[Double]] = []
    results.reserveCapacity(samples.count)
    let limit = lanes(for: samples.count)
    for start in stride(from: 0, to: samples.count, by: limit) {
      results += predicted(samples[start..<min(start + limit, samples.count)], numbers)
    }
    for (index, sample) in samples.enumerated() where !sample.allSatisfy(\.isFinite) {
      results[index] = replayed(sample, numbers)
    }
    return results
  }

  /// The outputs for one sample.
  ///
  /// - Precondition: The sample has `inputCount` numbers.
  public func callAsFunction(_ sample: [Double]) -> [Double] { self([sample])[0] }

  // MARK: By kernels

  /// The lanes of a machine for a given number of samples. Doubling keeps the number of machines small.
  private func lanes(for samples: Int) -> Int {
    var lanes = precision.line
    while lanes < samples { lanes *= 2 }
    return min(lanes, Shape.bestLimit(rows: code.ir.rowCount, precision) / precision.line * precision.line)
  }

  private func machine(lanes: Int) -> Machine {
    if let machine = machines[lanes] { return machine }
    let shape = Shape(samples: lanes, line: precision.line, limit: lanes)
    // One block is always possible.
    let code = Lowering.lower(self.code.ir, parameters: parameters.count, shape: shape, goal: .evaluation)!
    let machine = Machine(code, kernels, precision)
    machines[lanes] = machine
    return machine
  }

  private func predicted(_ samples: ArraySlice<[Double]>, _ parameters: [Double]) -> [[Double]] {
    let machine = machine(lanes: lanes(for: samples.count))
    var columns = ColumnData(code, count: 0, weightOfBatch: 1)
    columns.bind(Array(samples))
    machine.load(0..<samples.count, of: columns)
    machine.setParameters(parameters)
    machine.run()
    let outputs = (0..<outputCount).map { machine.output($0, samples: samples.count) }
    return (0..<samples.count).map { sample in outputs.map { $0[sample] } }
  }

  // MARK: Node by node

  private func replayed(_ sample: [Double], _ parameters: [Double]) -> [Double] {
    for (index, number) in sample.enumerated() { replay.setInput(index, to: number) }
    _ = replay.forward(parameters)
    return (0..<outputCount).map(replay.result)
  }
}

extension Predictor: CustomStringConvertible {
  /// The findings: `2 inputs → dense 2→16 relu, dense 16→1 → 1 output`.
  public var description: String {
    let inputs = counted(inputCount, "input"), outputs = counted(outputCount, "output")
    return "\(inputs) → \(code.ir.outline(in: .english)) → \(outputs)"
  }
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
