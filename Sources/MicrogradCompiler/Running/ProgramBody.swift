/// The part of a program that does the work: rows of samples on kernels, or a replay.
protocol ProgramBody {
  var sampleCount: Int { get }
  /// The optimizer's numbers after the last step.
  var optimizerSnapshot: OptimizerSnapshot { get set }
  /// Prepares the halves of steps, for batches of up to a given number of samples.
  mutating func halves(_ parameters: [Double], largestBatch: Int) -> any StepHalves
  /// Computes the loss with these parameters.
  mutating func loss(_ parameters: [Double]) -> Double
  /// Computes the loss, and adds its derivatives to `gradients`.
  mutating func gradients(_ parameters: [Double], _ gradients: inout [Double]) -> Double
  /// Moves the parameters; returns the loss before each step.
  mutating func run(_ parameters: inout [Double], steps: Int, rate: (Int) -> Double) -> [Double]
  /// Moves the parameters once for each batch; returns the mean loss.
  mutating func runEpoch(
    _ parameters: inout [Double], _ order: [Int], batchSize: Int, rate: (Int) -> Double
  ) throws(ProgramError) -> Double
  mutating func bind(_ samples: [[Double]]) throws(ProgramError)
  /// Computes the matrix of second derivatives times a vector.
  mutating func hessianVectorProduct(_ parameters: [Double], _ vector: [Double]) throws(ProgramError) -> [Double]
  /// The instructions, if there are any.
  var listing: String? { get }
}

extension ProgramBody {
  mutating func hessianVectorProduct(_ parameters: [Double], _ vector: [Double]) throws(ProgramError) -> [Double] {
    throw ProgramError(
      """
      a graph that is replayed node by node has no second derivatives: take hessianVectorProduct(at:vector:of:) of the \
      values themselves
      """)
  }
}

/// A body that replays a graph node by node.
protocol ReplayBody: ProgramBody {
  /// Throws an error if the loss of these samples alone cannot be computed.
  func checkCanTake(_ samples: [Int]) throws(ProgramError)
  /// Computes the loss of some samples, and adds its derivatives to `gradients`.
  mutating func gradients(_ parameters: [Double], of samples: [Int], _ gradients: inout [Double]) -> Double
  /// Moves the parameters by given gradients.
  mutating func move(_ parameters: inout [Double], gradients: [Double], learningRate: Double)
}

extension ReplayBody {
  mutating func halves(_ parameters: [Double], largestBatch: Int) -> any StepHalves {
    ReplayHalves(self, parameters: parameters, optimizerSnapshot)
  }
}
