public import MicrogradCompiler
public import MicrogradNetworks

/// One program, trained by several ranks, each of which holds a part of the rows.
///
/// ```swift
/// try program.bind(rowsOfThisRank)
/// let training = try DataParallel(program, partSizes: [1200, 1180], on: communicator, batchSize: 256)
/// let losses = try training.run(epochs: 10, schedule: .constant(0.01))
/// ```
///
/// All ranks make the same program, with parameters that begin with the same numbers, and take the same steps: each computes the
/// gradient of its rows of a batch, times their count; one `allreduce` adds these up; each divides by the count of all rows and
/// moves its parameters by its copy of the optimizer. So the loss must be a mean over samples, to which a regularization may be
/// added: a program of one sample's loss, `Program(inputs:parameters:…)`.
///
/// The rows of a batch do not depend on the number of ranks. The table consists of *parts* of consecutive rows, of which a rank
/// holds some that follow each other; each part is shuffled by itself, and a step takes its share from every part. Results for
/// different numbers of ranks are equal up to rounding, and to the last bit with ``Summation/reproducible``, if all ranks have
/// the same instruction set (or the same `MICROGRAD_KERNELS`).
public final class DataParallel {
  /// The order in which the gradients of a step are added.
  public enum Summation: String, Sendable, CaseIterable {
    /// A rank computes the gradient of all of its rows at once, and MPI adds those of the ranks.
    case fast
    /// The gradient of each part is computed apart, and they are added in pairs of halves of the parts, whoever holds them: the same
    /// bits for any number of ranks. Small batches take longer, since those of a part are smaller, and ranks gather each other's sums
    /// rather than one.
    case reproducible
  }

  /// The program that is trained.
  public let program: Program
  /// The count of steps in an epoch.
  public var stepsPerEpoch: Int { plan.stepsPerEpoch }
  /// The count of rows of all ranks.
  public var rowCount: Int { plan.partSizes.reduce(0, +) }
  /// The mean loss of each epoch so far, each batch before its step and weighted by its rows.
  public internal(set) var losses: [Double] = []

  let communicator: Communicator
  let batchSize: Int
  let plan: BatchPlan
  private let summation: Summation
  /// The parts of each rank.
  private let partsOfRanks: [Range<Int>]
  /// The parts of this rank.
  var ownParts: Range<Int> { partsOfRanks[communicator.rank] }

  /// Joins the programs of all ranks.
  ///
  /// - Parameters:
  ///   - program: A program of one sample's loss, whose bound samples are the rows of this rank's parts, one part after the other.
  ///   - partSizes: The count of rows of each part that this rank holds, in their order.
  ///   - communicator: The ranks. Their parts follow each other in the order of the ranks.
  ///   - batchSize: The count of rows of a step, of all ranks together, on average.
  ///   - seed: The seed of the order of rows.
  ///   - summation: The order in which gradients are added.
  /// - Throws: ``RankFailure``, on all ranks, if one of them has no rows, or not those that are bound, or another count of
  ///   parameters, or a batch has no rows.
  public init(
    _ program: Program, partSizes: [Int], on communicator: Communicator, batchSize: Int, seed: UInt32 = 0,
    summation: Summation = .fast
  ) throws {
    self.program = program
    self.communicator = communicator
    self.batchSize = batchSize
    self.summation = summation
    try communicator.agreeing {
      let rows = partSizes.reduce(0, +)
      if batchSize < 1 { throw DataParallelError("batches of \(batchSize) rows: at least one is needed") }
      if rows == 0 { throw DataParallelError("there are no rows for this rank: take fewer ranks, or other parts") }
      if rows != program.sampleCount || program.refusal != nil {
        throw DataParallelError(
          "\(program.sampleCount) samples are bound, and parts of \(rows) rows: a program of one sample's loss needs its rows"
        )
      }
    }
    let sizes = try communicator.allgather(partSizes.map(Int64.init).bytes).map { [Int64](bytes: $0).map(Int.init) }
    var partsOfRanks: [Range<Int>] = []
    for sizes in sizes {
      let start = partsOfRanks.last?.upperBound ?? 0
      partsOfRanks.append(start..<start + sizes.count)
    }
    self.partsOfRanks = partsOfRanks
    plan = BatchPlan(partSizes: sizes.flatMap { $0 }, batchSize: batchSize, seed: seed)
    try checkEqual(Int64(program.parameters.count), "counts of parameters")
    try checkEqual(program.parameters.map(\.data).fingerprint, "initial parameters")
  }

  /// Takes the steps of more epochs.
  ///
  /// - Parameters:
  ///   - epochs: The count of epochs in all, those of a checkpoint included.
  ///   - schedule: The rate of each step, counted from 0 over all epochs.
  ///   - checkpoints: Where the training is kept, and how often; nil: nowhere. One that is there is continued if it says so.
  ///   - progress: Called after each epoch, with its number, counted from 0, and its loss.
  /// - Returns: The loss of each epoch, as ``losses``. The parameters have their new values.
  /// - Throws: ``RankFailure`` or ``DataParallelError`` on all ranks if the loss is not finite, a checkpoint cannot be written or
  ///   read, or parameters of ranks have drifted apart; `MPIError` if MPI fails.
  /// - Complexity: A step of n parameters sends and receives about 2 n numbers of the program's precision for each rank.
  @discardableResult public func run(
    epochs: Int, schedule: Schedule, checkpoints: Checkpoints? = nil,
    progress: (_ epoch: Int, _ loss: Double) throws -> Void = { _, _ in }
  ) throws -> [Double] {
    switch program.precision {
    case .double: try run(as: Double.self, epochs, schedule, checkpoints, progress)
    case .float: try run(as: Float.self, epochs, schedule, checkpoints, progress)
    }
  }

  private func run<Number: MPINumber & BinaryFloatingPoint>(
    as: Number.Type, _ epochs: Int, _ schedule: Schedule, _ checkpoints: Checkpoints?,
    _ progress: (Int, Double) throws -> Void
  ) throws -> [Double] {
    if let checkpoints, checkpoints.isResumed { try resume(from: checkpoints) }
    let own = ownParts
    let summing: any GradientSum =
      switch summation {
      case .fast: try FastSum<Number>(program, plan, own, communicator)
      case .reproducible: try ReproducibleSum<Number>(program, plan, partsOfRanks, communicator)
      }
    while losses.count < epochs {
      let epoch = losses.count
      let loss = try summing.runEpoch(epoch) { schedule(epoch * self.stepsPerEpoch + $0) }
      guard loss.isFinite else {
        throw DataParallelError(
          "the loss of epoch \(epoch + 1) is \(loss): the learning rate may be too large, or a row has numbers that are not finite"
        )
      }
      losses.append(loss)
      summing.step.writeBack()
      try checkEqual(
        program.parameters.map(\.data).fingerprint,
        "parameters after epoch \(epoch + 1): processors may differ, so let MICROGRAD_KERNELS name the same kernels on all ranks"
      )
      if let checkpoints, losses.count == epochs || losses.count % checkpoints.interval == 0 {
        try write(checkpoints)
      }
      try progress(epoch, loss)
    }
    return losses
  }

  /// Throws an error, on all ranks, unless they have the same number.
  private func checkEqual(_ number: Int64, _ name: String) throws {
    let numbers = try communicator.allgather([number].bytes).map { [Int64](bytes: $0) }
    if let rank = numbers.firstIndex(where: { $0 != numbers[0] }) {
      throw DataParallelError("ranks 0 and \(rank) have different \(name)")
    }
  }
}

extension [Int64] {
  var bytes: [UInt8] { withUnsafeBytes { Array<UInt8>($0) } }

  init(bytes: [UInt8]) { self = bytes.withUnsafeBytes { $0.bindMemory(to: Int64.self).map { $0 } } }
}

extension [Double] {
  /// A number that differs if a bit does, nearly always: FNV-1a over the numbers.
  ///
  /// Source: [Fowler, Noll and Vo's hash](http://www.isthe.com/chongo/tech/comp/fnv/).
  var fingerprint: Int64 {
    let hash = reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ $1.bitPattern) &* 0x100_0000_01B3 }
    return Int64(bitPattern: hash)
  }
}
