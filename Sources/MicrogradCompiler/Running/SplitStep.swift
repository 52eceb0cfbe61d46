import CMicrogradKernels
import MicrogradEngine
import MicrogradNetworks
import MicrogradRequirement

/// The steps of a program taken apart: the gradients of some samples, and the optimizer's update from gradients that are
/// given. Gradients of several processes, or of more samples than memory holds, are summed in between.
///
/// ```swift
/// let step = try SplitStep(program, largestBatch: 64)
/// let gradient = UnsafeMutableBufferPointer<Double>.allocate(capacity: program.parameters.count)
/// try step.load([0, 3, 7])
/// let loss = step.gradient(into: gradient)
/// step.update(by: UnsafeBufferPointer(gradient), learningRate: 0.1)  // as a step of a batch of these samples
/// step.writeBack()
/// ```
///
/// The gradient is that of a batch's loss in `Program.run(epochs:batchSize:schedule:shuffle:)`, a regularization included. If the
/// loss is a mean over samples, plus terms that do not depend on them, the gradient of a batch is therefore the mean of those of its
/// parts, weighted by their counts of samples, and a regularization counts once.
///
/// The parameters' values and the optimizer's numbers are the program's when the object is made, and stay in the memory of
/// the kernels until `writeBack()`. Samples are those that are bound when it is made.
public final class SplitStep {
  private let program: Program
  private let halves: any StepHalves
  private let largestBatch: Int
  private var hasSamples: Bool

  /// Prepares the steps of a program.
  ///
  /// - Parameters:
  ///   - program: The program, whose parameters and optimizer's numbers the steps begin with.
  ///   - largestBatch: The largest number of samples whose gradient is computed at once; nil: all that are bound. Results
  ///     do not depend on it but for rounding; time is that of a batch of this size.
  /// - Throws: `ProgramError` if no samples are bound, or `largestBatch` is not positive.
  public init(_ program: Program, largestBatch: Int? = nil) throws(ProgramError) {
    guard program.refusal != nil || program.sampleCount > 0 else {
      throw ProgramError("a program of one sample's loss needs samples: call bind first")
    }
    if let largestBatch, largestBatch < 1 {
      throw ProgramError("batches of at most \(largestBatch) samples: at least one is needed")
    }
    self.program = program
    self.largestBatch = largestBatch ?? max(program.sampleCount, 1)
    halves = program.halves(largestBatch: self.largestBatch)
    // A graph that is replayed as a whole has no choice.
    hasSamples = program.refusal != nil
  }

  /// The numbers of the parameters, in the order of `Program.parameters`.
  public var parameters: [Double] { halves.parameters }

  /// The optimizer's numbers after the last update, to be saved beside the parameters.
  public var optimizerSnapshot: OptimizerSnapshot { halves.optimizerSnapshot }

  /// Chooses the samples of the next gradient, by their positions among those that are bound.
  ///
  /// - Throws: `ProgramError` if the program is a replay of a graph of all samples, which cannot be taken apart, and these are not
  ///   all.
  /// - Precondition: There is at least one, all of them are bound, and no more of them than `largestBatch`.
  public func load(_ samples: [Int]) throws(ProgramError) {
    require(
      !samples.isEmpty && samples.count <= largestBatch,
      "\(samples.count) samples at once: it must be from 1 to \(largestBatch)")
    let count = program.sampleCount
    if let sample = samples.first(where: { !(0..<count).contains($0) }) {
      stop("sample \(sample) of a batch, where \(count) are bound")
    }
    try halves.load(samples)
    hasSamples = true
  }

  /// Computes the gradient of the loss of the samples that were loaded.
  ///
  /// - Parameters:
  ///   - gradient: Receives the derivative with respect to each parameter, in the order of `Program.parameters`. Numbers of the
  ///     program's precision are copied, others converted.
  ///   - factor: A number to multiply the derivatives by, such as the count of samples.
  /// - Returns: The loss, not multiplied.
  /// - Precondition: Samples were loaded; the numbers are `Double` or `Float`, as many as there are parameters.
  @discardableResult public func gradient<Number: BinaryFloatingPoint>(
    into gradient: UnsafeMutableBufferPointer<Number>, times factor: Double = 1
  ) -> Double {
    require(hasSamples, "no samples are loaded: call load first")
    check(gradient.count)
    return halves.gradient(into: FlatNumbers(gradient), times: factor)
  }

  /// Moves the parameters once, by a gradient that is given.
  ///
  /// - Parameters:
  ///   - gradient: The derivative with respect to each parameter, in the order of `Program.parameters`.
  ///   - factor: A number to multiply the derivatives by, such as 1 divided by the count of samples.
  ///   - learningRate: The rate of the step.
  /// - Precondition: The numbers are `Double` or `Float`, as many as there are parameters.
  public func update<Number: BinaryFloatingPoint>(
    by gradient: UnsafeBufferPointer<Number>, times factor: Double = 1, learningRate: Double
  ) {
    check(gradient.count)
    let numbers = FlatNumbers(UnsafeMutableBufferPointer(mutating: gradient))
    halves.update(by: numbers, times: factor, learningRate: learningRate)
  }

  /// Writes the parameters' values, and lets the program continue with the optimizer's numbers.
  ///
  /// - Complexity: A few nanoseconds for each parameter.
  public func writeBack() { program.take(halves) }

  private func check(_ count: Int) {
    let expected = program.parameters.count
    require(count == expected, "a gradient of \(count) numbers for \(expected) parameters: it needs one for each")
  }
}

/// A flat buffer of numbers, of a type that is known.
enum FlatNumbers {
  case doubles(UnsafeMutablePointer<Double>)
  case floats(UnsafeMutablePointer<Float>)

  init<Number>(_ numbers: UnsafeMutableBufferPointer<Number>) {
    guard let start = numbers.baseAddress else { stop("a gradient without numbers: a program has parameters") }
    switch Number.self {
    case is Double.Type: self = .doubles(UnsafeMutableRawPointer(start).assumingMemoryBound(to: Double.self))
    case is Float.Type: self = .floats(UnsafeMutableRawPointer(start).assumingMemoryBound(to: Float.self))
    default: stop("gradients of \(Number.self): Double and Float are known")
    }
  }
}

/// A way to compute the two halves of a step.
protocol StepHalves: AnyObject {
  var parameters: [Double] { get }
  var optimizerSnapshot: OptimizerSnapshot { get }
  func load(_ samples: [Int]) throws(ProgramError)
  /// Writes the derivatives times a factor; returns the loss.
  func gradient(into gradient: FlatNumbers, times factor: Double) -> Double
  func update(by gradient: FlatNumbers, times factor: Double, learningRate: Double)
}

// MARK: - On the kernels

/// The halves on one machine, which keeps the parameters and the optimizer's numbers.
final class MachineHalves: StepHalves {
  private let machine: Machine
  private let columns: ColumnData
  private let team: Team?
  private let rule: UpdateRule
  private var optimizer: MGOptimizer
  private var stepCount: Int
  private let stretches: [Stretch]

  /// - Parameter machine: One whose code has the goal `gradients`, with the numbers that the optimizer keeps.
  init(
    _ machine: Machine, _ columns: ColumnData, _ team: Team?, _ rule: UpdateRule, parameters: [Double],
    _ snapshot: OptimizerSnapshot
  ) {
    self.machine = machine
    self.columns = columns
    self.team = team
    self.rule = rule
    stepCount = snapshot.stepCount
    optimizer = MGOptimizer(UpdateStep(rule, learningRate: 0, number: max(stepCount, 1)))
    stretches = Stretch.all(machine.code.parameters)
    machine.setParameters(parameters)
    machine.setOptimizerNumbers(snapshot.numbers)
  }

  var parameters: [Double] { machine.parameters() }
  var optimizerSnapshot: OptimizerSnapshot {
    OptimizerSnapshot(stepCount: stepCount, numbers: machine.optimizerNumbers)
  }

  func load(_ samples: [Int]) { machine.load(samples, of: columns) }

  func gradient(into gradient: FlatNumbers, times factor: Double) -> Double {
    machine.run(team: team)
    let memory = machine.memory + (machine.code.gradientDistance ?? 0) * machine.precision.size
    switch (machine.precision, gradient) {
    case (.double, .doubles(let target)): copy(from: memory.assumingMemoryBound(to: Double.self), to: target, factor)
    case (.double, .floats(let target)): copy(from: memory.assumingMemoryBound(to: Double.self), to: target, factor)
    case (.float, .doubles(let target)): copy(from: memory.assumingMemoryBound(to: Float.self), to: target, factor)
    case (.float, .floats(let target)): copy(from: memory.assumingMemoryBound(to: Float.self), to: target, factor)
    }
    return machine.loss
  }

  func update(by gradient: FlatNumbers, times factor: Double, learningRate: Double) {
    let memory = machine.memory + (machine.code.gradientDistance ?? 0) * machine.precision.size
    switch (machine.precision, gradient) {
    case (.double, .doubles(let source)): copy(to: memory.assumingMemoryBound(to: Double.self), from: source, factor)
    case (.double, .floats(let source)): copy(to: memory.assumingMemoryBound(to: Double.self), from: source, factor)
    case (.float, .doubles(let source)): copy(to: memory.assumingMemoryBound(to: Float.self), from: source, factor)
    case (.float, .floats(let source)): copy(to: memory.assumingMemoryBound(to: Float.self), from: source, factor)
    }
    stepCount += 1
    optimizer.advance(to: stepCount, by: rule, rate: learningRate)
    machine.move(by: optimizer, team: team)
  }

  /// Parameters that follow each other in memory too.
  private struct Stretch {
    let parameter, offset: Int
    var count: Int

    static func all(_ offsets: [Int]) -> [Stretch] {
      var stretches: [Stretch] = []
      for (parameter, offset) in offsets.enumerated() {
        if let last = stretches.last, last.offset + last.count == offset {
          stretches[stretches.count - 1].count += 1
        } else {
          stretches.append(Stretch(parameter: parameter, offset: offset, count: 1))
        }
      }
      return stretches
    }
  }

  private func copy<Source: BinaryFloatingPoint, Target: BinaryFloatingPoint>(
    from memory: UnsafePointer<Source>, to flat: UnsafeMutablePointer<Target>, _ factor: Double
  ) {
    let factor = Source(factor)
    for stretch in stretches {
      let source = memory + stretch.offset, target = flat + stretch.parameter
      for index in 0..<stretch.count { target[index] = Target(source[index] * factor) }
    }
  }

  private func copy<Source: BinaryFloatingPoint, Target: BinaryFloatingPoint>(
    to memory: UnsafeMutablePointer<Target>, from flat: UnsafePointer<Source>, _ factor: Double
  ) {
    let factor = Source(factor)
    for stretch in stretches {
      let source = flat + stretch.parameter, target = memory + stretch.offset
      for index in 0..<stretch.count { target[index] = Target(source[index] * factor) }
    }
  }
}

// MARK: - Replayed

/// The halves of a program that is replayed node by node.
final class ReplayHalves: StepHalves {
  private var replay: any ReplayBody
  private(set) var parameters: [Double]
  private var samples: [Int] = []

  init(_ replay: any ReplayBody, parameters: [Double], _ snapshot: OptimizerSnapshot) {
    self.replay = replay
    self.parameters = parameters
    self.replay.optimizerSnapshot = snapshot
  }

  var optimizerSnapshot: OptimizerSnapshot { replay.optimizerSnapshot }

  func load(_ samples: [Int]) throws(ProgramError) {
    try replay.checkCanTake(samples)
    self.samples = samples
  }

  func gradient(into gradient: FlatNumbers, times factor: Double) -> Double {
    var sums = [Double](repeating: 0, count: parameters.count)
    let loss = replay.gradients(parameters, of: samples, &sums)
    for (index, sum) in sums.enumerated() {
      switch gradient {
      case .doubles(let target): target[index] = sum * factor
      case .floats(let target): target[index] = Float(sum * factor)
      }
    }
    return loss
  }

  func update(by gradient: FlatNumbers, times factor: Double, learningRate: Double) {
    let gradients = parameters.indices.map { index in
      switch gradient {
      case .doubles(let source): source[index] * factor
      case .floats(let source): Double(source[index]) * factor
      }
    }
    replay.move(&parameters, gradients: gradients, learningRate: learningRate)
  }
}
