import MicrogradCompiler

/// A way to take steps by the sum of all ranks' gradients.
protocol GradientSum: AnyObject {
  var step: SplitStep { get }
  /// Takes the steps of an epoch; returns the mean loss, the same on all ranks.
  func runEpoch(_ epoch: Int, rate: (Int) -> Double) throws -> Double
}

/// The rows of a rank as an epoch takes them.
struct EpochOrder {
  private let plan: BatchPlan
  private let parts: Range<Int>
  /// For each part, the positions of its rows among those that are bound, shuffled.
  private let orders: [[Int]]

  init(_ plan: BatchPlan, parts: Range<Int>, epoch: Int) {
    self.plan = plan
    self.parts = parts
    var first = 0
    orders = parts.map { part in
      defer { first += plan.partSizes[part] }
      return plan.order(part: part, epoch: epoch).map { first + $0 }
    }
  }

  /// The rows that a step takes from some of the rank's parts.
  func rows(step: Int, parts: Range<Int>) -> [Int] {
    parts.flatMap { orders[$0 - self.parts.lowerBound][plan.share(part: $0, step: step)] }
  }
}

// MARK: - Fast

/// One gradient for all rows of a rank, added by MPI.
final class FastSum<Number: MPINumber & BinaryFloatingPoint>: GradientSum {
  let step: SplitStep
  private let plan: BatchPlan
  private let parts: Range<Int>
  private let communicator: Communicator
  private let sum: UnsafeMutableBufferPointer<Number>

  init(_ program: Program, _ plan: BatchPlan, _ parts: Range<Int>, _ communicator: Communicator) throws {
    self.plan = plan
    self.parts = parts
    self.communicator = communicator
    step = try SplitStep(program, largestBatch: plan.largestCount(parts: parts))
    sum = .allocate(capacity: program.parameters.count)
    sum.initialize(repeating: 0)
  }

  deinit { sum.deallocate() }

  func runEpoch(_ epoch: Int, rate: (Int) -> Double) throws -> Double {
    let order = EpochOrder(plan, parts: parts, epoch: epoch)
    var loss = 0.0
    for number in 0..<plan.stepsPerEpoch {
      let rows = order.rows(step: number, parts: parts)
      if rows.isEmpty {
        sum.update(repeating: 0)
      } else {
        try step.load(rows)
        loss += step.gradient(into: sum, times: Double(rows.count)) * Double(rows.count)
      }
      try communicator.allreduce(sum)
      let count = plan.count(step: number, parts: plan.partSizes.indices)
      if count > 0 { step.update(by: UnsafeBufferPointer(sum), times: 1 / Double(count), learningRate: rate(number)) }
    }
    return try communicator.allreduce(loss) / Double(plan.partSizes.reduce(0, +))
  }
}

// MARK: - Reproducible

/// One gradient for each part, added in the order of a tree.
final class ReproducibleSum<Number: MPINumber & BinaryFloatingPoint>: GradientSum {
  let step: SplitStep
  private let plan: BatchPlan
  private let parts: Range<Int>
  private let communicator: Communicator
  private let parameterCount: Int
  /// The subtrees whose sums ranks exchange, and the place of each in `gathered`.
  private let places: [Range<Int>: Int]
  private let ownTrees: [Range<Int>]
  /// The sums of this rank's subtrees, and of all.
  private let own: UnsafeMutableBufferPointer<Number>
  private let gathered: UnsafeMutableBufferPointer<Number>
  /// Sums that wait for another, one for each level of the tree.
  private let waiting: UnsafeMutableBufferPointer<Number>

  init(
    _ program: Program, _ plan: BatchPlan, _ partsOfRanks: [Range<Int>], _ communicator: Communicator
  ) throws {
    self.plan = plan
    self.communicator = communicator
    parts = partsOfRanks[communicator.rank]
    parameterCount = program.parameters.count
    let all = plan.partSizes.indices
    let trees = partsOfRanks.map { SummationTree.subtrees(in: $0, of: all) }
    let slots = trees.reduce(1) { max($0, $1.count) }
    var places: [Range<Int>: Int] = [:]
    for (rank, trees) in trees.enumerated() {
      for (slot, tree) in trees.enumerated() { places[tree] = rank * slots + slot }
    }
    self.places = places
    ownTrees = trees[communicator.rank]
    // Each rank computes with machines for the same count of rows, since the order within depends on it.
    let largest = all.reduce(1) { max($0, plan.largestCount(parts: $1..<$1 + 1)) }
    step = try SplitStep(program, largestBatch: largest)
    own = .allocate(capacity: slots * parameterCount)
    gathered = .allocate(capacity: partsOfRanks.count * slots * parameterCount)
    waiting = .allocate(capacity: SummationTree.depth(of: all) * parameterCount)
    for numbers in [own, gathered, waiting] { numbers.initialize(repeating: 0) }
  }

  deinit { for numbers in [own, gathered, waiting] { numbers.deallocate() } }

  func runEpoch(_ epoch: Int, rate: (Int) -> Double) throws -> Double {
    let order = EpochOrder(plan, parts: parts, epoch: epoch)
    var losses = [Double](repeating: 0, count: plan.partSizes.count)
    for number in 0..<plan.stepsPerEpoch {
      for (slot, tree) in ownTrees.enumerated() {
        try sum(tree, into: slice(own, slot), depth: 0) { node, gradient in
          guard node.count == 1 else { return false }
          losses[node.lowerBound] += try self.gradient(of: order.rows(step: number, parts: node), into: gradient)
          return true
        }
      }
      try communicator.allgather(UnsafeBufferPointer(own), into: gathered)
      let total = slice(own, 0)
      sum(plan.partSizes.indices, into: total, depth: 0) { node, gradient in
        guard let place = places[node] else { return false }
        _ = gradient.update(from: slice(gathered, place))
        return true
      }
      let count = plan.count(step: number, parts: plan.partSizes.indices)
      if count > 0 {
        step.update(by: UnsafeBufferPointer(total), times: 1 / Double(count), learningRate: rate(number))
      }
    }
    // A part has one rank's loss, and 0 of all others: their sum is exact, and parts are added in their order.
    try losses.withUnsafeMutableBufferPointer { try communicator.allreduce($0) }
    return losses.reduce(0, +) / Double(plan.partSizes.reduce(0, +))
  }

  /// Computes the gradient of some rows, times their count; returns the loss times their count.
  private func gradient(of rows: [Int], into gradient: UnsafeMutableBufferPointer<Number>) throws -> Double {
    guard !rows.isEmpty else {
      gradient.update(repeating: 0)
      return 0
    }
    try step.load(rows)
    return step.gradient(into: gradient, times: Double(rows.count)) * Double(rows.count)
  }
}

extension ReproducibleSum {
  /// Computes the sum of a subtree: what `leaf` writes if it knows it and returns true, otherwise the sum of the halves.
  private func sum(
    _ node: Range<Int>, into result: UnsafeMutableBufferPointer<Number>, depth: Int,
    _ leaf: (_ node: Range<Int>, UnsafeMutableBufferPointer<Number>) throws -> Bool
  ) rethrows {
    if try leaf(node, result) { return }
    let (left, right) = SummationTree.halves(node), other = slice(waiting, depth)
    try sum(left, into: result, depth: depth + 1, leaf)
    try sum(right, into: other, depth: depth + 1, leaf)
    for index in result.indices { result[index] += other[index] }
  }

  /// The numbers of one gradient among several.
  private func slice(_ numbers: UnsafeMutableBufferPointer<Number>, _ index: Int) -> UnsafeMutableBufferPointer<
    Number
  > {
    UnsafeMutableBufferPointer(rebasing: numbers[index * parameterCount..<(index + 1) * parameterCount])
  }
}
