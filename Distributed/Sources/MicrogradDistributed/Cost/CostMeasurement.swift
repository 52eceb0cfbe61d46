import MicrogradCompiler
import MicrogradModels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension DataParallel {
  /// Measures the parts of a step on these ranks, with this program, its rows and the optimizer; takes a few seconds.
  ///
  /// Parameters and the optimizer's numbers stay as they are.
  ///
  /// - Returns: The cost, the same on all ranks. It is that of ``Summation/fast``.
  /// - Throws: `MPIError` if MPI fails; ``RankFailure`` if the program cannot be taken apart.
  public func measuredCost() throws -> StepCost {
    switch program.precision {
    case .double: try CostMeasurement<Double>(self).cost()
    case .float: try CostMeasurement<Float>(self).cost()
    }
  }
}

/// Measures the parts of a step: several rounds, of which the medians count.
private struct CostMeasurement<Number: MPINumber & BinaryFloatingPoint> {
  private let communicator: Communicator
  private let program: Program
  private let plan: BatchPlan
  private let parts: Range<Int>
  private let hosts: [Host]
  private let sizes: (small: Int, large: Int)
  private let gradients: (small: TimedGradient<Number>, large: TimedGradient<Number>)

  init(_ training: DataParallel) throws {
    communicator = training.communicator
    program = training.program
    plan = training.plan
    parts = training.ownParts
    hosts = try communicator.allgather(Host.current.encoded).map(Host.init(encoded:))
    // The share of a rank as it is, and that of another number of ranks.
    let own = try Int(communicator.allreduce(Int64(plan.largestCount(parts: parts)), .maximum))
    sizes = communicator.count == 1 ? (max(1, own / 4), max(2, own)) : (own, max(own + 1, own * communicator.count))
    let (program, sizes) = (program, sizes)
    gradients = try communicator.agreeing {
      (try TimedGradient(program, rows: sizes.small), try TimedGradient(program, rows: sizes.large))
    }
  }

  func cost() throws -> StepCost {
    let names = hosts.map(\.name), bytes = program.parameters.count * MemoryLayout<Number>.stride
    let placement = StepCost.Placement(
      ranks: communicator.count, hosts: Set(names).count,
      cores: Set(names).map { name in Host.coreCount(hosts.filter { $0.name == name }) }.min() ?? 1)
    let algorithm = AllreduceAlgorithm(library: Communicator.library, bytes: bytes)
    let (small, large) = (gradients.small, gradients.large)

    // On all ranks at once, and on the first one while the others sleep.
    let together = try medians([small.run, large.run, small.update, endEpoch, shuffle], agreeing: greatest)
    let alone = try apart([0]) { try medians([small.run, large.run]) { $0 } }
    let local = try names.indices.first { $0 > 0 && names[$0] == names[0] }.map { try link(to: $0, bytes) }
    let remote = try names.firstIndex { $0 != names[0] }.map { try link(to: $0, bytes) }

    let own = communicator.count == 1 ? 1 : 0
    var cost = StepCost(
      placement: placement, gradient: LinearCost(fixed: 0, perUnit: 0), update: 0,
      epoch: LinearCost(fixed: 0, perUnit: 0), contention: 1, bytes: bytes, local: local, remote: remote,
      algorithm: algorithm, correction: 1, plan: plan)
    cost.setContention(ratio: together[own] / alone[own])
    let factor = 1 / cost.slowdown(placement)
    cost.gradient = LinearCost(
      through: (Double(sizes.small), together[0] * factor), (Double(sizes.large), together[1] * factor))
    cost.update = together[2] * factor
    let rows = try communicator.allreduce(Int64(program.sampleCount), .maximum)
    cost.epoch = LinearCost(fixed: together[3] * factor, perUnit: together[4] * factor / Double(rows))
    if let formula = cost.allreduce(ranks: placement.ranks), formula > 0 {
      cost.correction = try medians([allreduce], agreeing: greatest)[0] / formula
    }
    return cost
  }

  // MARK: Parts

  private func endEpoch() {
    gradients.small.step.writeBack()
    _ = program.parameters.map(\.data).fingerprint
  }

  private func shuffle() { _ = EpochOrder(plan, parts: parts, epoch: 0) }

  private func allreduce() throws {
    try communicator.allreduce(gradients.small.buffer)
  }

  /// The cost of a message, as half a round trip between rank 0 and another, of 8 bytes and of a gradient.
  private func link(to other: Int, _ bytes: Int) throws -> LinearCost {
    let small = [UInt8](repeating: 0, count: 8), large = [UInt8](repeating: 0, count: max(bytes, 64))
    let times = try apart([0, other]) {
      try medians([small, large].map { message in { try roundTrip(message, other) } }) { try told($0, other) }
    }
    return LinearCost(through: (Double(small.count), times[0] / 2), (Double(large.count), times[1] / 2))
  }

  private func roundTrip(_ message: [UInt8], _ other: Int) throws {
    if communicator.rank == 0 {
      try communicator.send(message, to: other)
      _ = try communicator.receive(from: other)
    } else {
      _ = try communicator.receive(from: 0)
      try communicator.send(message, to: 0)
    }
  }

  // MARK: Rounds

  /// The median time of each of some actions, in seconds, among rounds that take them in turn.
  ///
  /// - Parameter agreed: Makes one number of those of all ranks that take part, and lets them begin together.
  private func medians(
    _ actions: [() throws -> Void], agreeing agreed: (Double) throws -> Double
  ) throws -> [Double] {
    // Turns are longer than a scheduler's time slices, so that ranks that share a core are measured so.
    let rounds = 11, turn = 0.02
    let repetitions = try actions.map { action in
      try action()
      return max(1, min(1000, Int(turn / (try agreed(seconds(action))))))
    }
    var times = actions.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, action) in actions.enumerated() {
        _ = try agreed(0)
        let time = try seconds { for _ in 0..<repetitions[index] { try action() } }
        times[index].append(try agreed(time / Double(repetitions[index])))
      }
    }
    return times.map { $0.sorted()[rounds / 2] }
  }

  /// The greatest number of all ranks.
  private func greatest(_ number: Double) throws -> Double { try communicator.allreduce(number, .maximum) }

  /// The number of rank 0, which it sends to the other rank of an exchange.
  private func told(_ number: Double, _ other: Int) throws -> Double {
    guard communicator.rank > 0 else {
      try communicator.send([Int64(bitPattern: number.bitPattern)].bytes, to: other)
      return number
    }
    return Double(bitPattern: UInt64(bitPattern: [Int64](bytes: try communicator.receive(from: 0))[0]))
  }

  private func seconds(_ action: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try action()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  // MARK: Some ranks only

  /// Runs an action on rank 0 and maybe others while the rest sleep, so that none is in the way; returns rank 0's result.
  private func apart(_ ranks: [Int], _ action: () throws -> [Double]) throws -> [Double] {
    try communicator.barrier()
    var result: [Double] = []
    if ranks.contains(communicator.rank) {
      result = try action()
      if communicator.rank == 0 {
        for other in 0..<communicator.count where !ranks.contains(other) {
          try communicator.send([], to: other, tag: Self.wakingTag)
        }
      }
    } else {
      while try communicator.probe(from: 0, tag: Self.wakingTag) == nil { usleep(2000) }
      _ = try communicator.receive(from: 0, tag: Self.wakingTag)
    }
    let bits = try communicator.broadcast(result.map { Int64(bitPattern: $0.bitPattern) }.bytes)
    return [Int64](bytes: bits).map { Double(bitPattern: UInt64(bitPattern: $0)) }
  }

  private static var wakingTag: Int { 1 }
}

/// The gradient of a number of rows, again and again, as training computes it.
private final class TimedGradient<Number: MPINumber & BinaryFloatingPoint> {
  let step: SplitStep
  let buffer: UnsafeMutableBufferPointer<Number>
  private let order: [Int]
  private let rows: Int
  private var position = 0

  init(_ program: Program, rows: Int) throws {
    self.rows = rows
    step = try SplitStep(program, largestBatch: rows)
    buffer = .allocate(capacity: program.parameters.count)
    buffer.initialize(repeating: 0)
    let plan = BatchPlan(partSizes: [program.sampleCount], batchSize: 1, seed: 0)
    order = plan.order(part: 0, epoch: 0)
  }

  deinit { buffer.deallocate() }

  func run() throws {
    try step.load((0..<rows).map { order[(position + $0) % order.count] })
    position = (position + rows) % order.count
    step.gradient(into: buffer, times: 1)
  }

  /// The optimizer's step, at a rate of 0.
  func update() { step.update(by: UnsafeBufferPointer(buffer), learningRate: 0) }
}
