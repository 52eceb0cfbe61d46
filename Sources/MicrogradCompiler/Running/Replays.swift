import MicrogradEngine
import MicrogradNetworks

/// A graph of all samples, replayed.
struct GraphReplay: ReplayBody {
  private let replay: ScalarReplay
  private let rule: UpdateRule
  var optimizerSnapshot: OptimizerSnapshot
  /// The sample and the feature of each input of the replay.
  private let positions: [InputPositions.Value]
  let sampleCount: Int
  let listing: String? = nil

  init(
    _ graph: FlatGraph, parameters: [Int32], inputs: InputPositions, samples: Int,
    optimizer: UpdateRule
  ) {
    replay = ScalarReplay(graph, parameters: parameters, inputs: Array(inputs.keys))
    positions = Array(inputs.values)
    rule = optimizer
    optimizerSnapshot = OptimizerSnapshot(startOf: optimizer, parameters: parameters.count)
    sampleCount = samples
  }

  mutating func loss(_ parameters: [Double]) -> Double {
    replay.forward(parameters)
  }

  mutating func gradients(_ parameters: [Double], _ gradients: inout [Double]) -> Double {
    let loss = loss(parameters)
    replay.backward(into: &gradients)
    return loss
  }

  mutating func run(_ parameters: inout [Double], steps: Int, rate: (Int) -> Double) -> [Double] {
    (0..<steps).map { step in
      var gradients = [Double](repeating: 0, count: parameters.count)
      let loss = self.gradients(parameters, &gradients)
      move(&parameters, gradients: gradients, learningRate: rate(step))
      return loss
    }
  }

  mutating func runEpoch(
    _ parameters: inout [Double], _ order: [Int], batchSize: Int, rate: (Int) -> Double
  ) throws(ProgramError) -> Double {
    throw ProgramError(Self.cannotBeTakenApart)
  }

  private static let cannotBeTakenApart =
    "a graph that is replayed node by node cannot be taken in batches: record the loss of one sample"

  /// The order does not matter, and samples that were not declared have no numbers.
  func checkCanTake(_ samples: [Int]) throws(ProgramError) {
    guard samples.sorted().elementsEqual(0..<sampleCount) else { throw ProgramError(Self.cannotBeTakenApart) }
  }

  mutating func gradients(_ parameters: [Double], of samples: [Int], _ gradients: inout [Double]) -> Double {
    self.gradients(parameters, &gradients)
  }

  mutating func move(_ parameters: inout [Double], gradients: [Double], learningRate: Double) {
    optimizerSnapshot.move(&parameters, by: rule, gradients: gradients, learningRate: learningRate)
  }

  mutating func bind(_ samples: [[Double]]) throws(ProgramError) {
    guard samples.count == sampleCount else {
      throw ProgramError(
        "\(samples.count) samples to bind to a graph of \(sampleCount) that is replayed node by node")
    }
    for (index, position) in positions.enumerated() {
      replay.setInput(index, to: samples[position.sample][position.feature])
    }
  }
}

/// The graph of one sample, replayed for each of them.
struct SampleReplay: ReplayBody {
  private let replay: ScalarReplay
  private let regularization: ScalarReplay?
  private let rule: UpdateRule
  var optimizerSnapshot: OptimizerSnapshot
  private var samples: [[Double]] = []
  let listing: String? = nil

  /// - Parameter regularization: The graph of the value that is added to the mean once.
  init(_ loss: SampleGraph, regularization: SampleGraph? = nil, optimizer: UpdateRule) {
    replay = ScalarReplay(loss.flat, parameters: loss.parameters, inputs: loss.inputs)
    self.regularization = regularization.map { ScalarReplay($0.flat, parameters: $0.parameters, inputs: []) }
    rule = optimizer
    optimizerSnapshot = OptimizerSnapshot(startOf: optimizer, parameters: loss.parameters.count)
  }

  var sampleCount: Int { samples.count }

  mutating func bind(_ samples: [[Double]]) throws(ProgramError) { self.samples = samples }

  mutating func loss(_ parameters: [Double]) -> Double {
    var none: [Double]?
    return sweep(parameters, samples.indices, &none)
  }

  mutating func gradients(_ parameters: [Double], _ gradients: inout [Double]) -> Double {
    self.gradients(parameters, of: Array(samples.indices), &gradients)
  }

  func checkCanTake(_ samples: [Int]) {}

  mutating func gradients(_ parameters: [Double], of samples: [Int], _ gradients: inout [Double]) -> Double {
    var sums: [Double]? = gradients
    let loss = sweep(parameters, samples, &sums)
    gradients = sums ?? []
    return loss
  }

  mutating func run(_ parameters: inout [Double], steps: Int, rate: (Int) -> Double) -> [Double] {
    (0..<steps).map { move(&parameters, Array(samples.indices), rate: rate($0)) }
  }

  mutating func runEpoch(
    _ parameters: inout [Double], _ order: [Int], batchSize: Int, rate: (Int) -> Double
  ) throws(ProgramError) -> Double {
    var total = 0.0
    for (step, start) in stride(from: 0, to: order.count, by: batchSize).enumerated() {
      let batch = Array(order[start..<min(start + batchSize, order.count)])
      total += move(&parameters, batch, rate: rate(step)) * Double(batch.count)
    }
    return total / Double(order.count)
  }

  private mutating func move(_ parameters: inout [Double], _ batch: [Int], rate: Double) -> Double {
    var gradients = [Double](repeating: 0, count: parameters.count)
    let loss = self.gradients(parameters, of: batch, &gradients)
    move(&parameters, gradients: gradients, learningRate: rate)
    return loss
  }

  mutating func move(_ parameters: inout [Double], gradients: [Double], learningRate: Double) {
    optimizerSnapshot.move(&parameters, by: rule, gradients: gradients, learningRate: learningRate)
  }

  private mutating func sweep(
    _ parameters: [Double], _ batch: some Collection<Int>, _ gradients: inout [Double]?
  ) -> Double {
    let weight = 1 / Double(batch.count)
    var loss = 0.0
    for sample in batch {
      for (index, number) in samples[sample].enumerated() { replay.setInput(index, to: number) }
      loss += weight * replay.forward(parameters)
      if gradients != nil { replay.backward(seed: weight, into: &gradients!) }
    }
    if let regularization {
      loss += regularization.forward(parameters)
      if gradients != nil { regularization.backward(into: &gradients!) }
    }
    return loss
  }
}
