import Foundation
import MicrogradCompiler
import MicrogradDistributed
import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom

/// A program that the tests start on some ranks: it trains on rows that are the same for any number of ranks, in parts of unequal
/// size, and prints the bits of its losses and parameters.
///
///     DataParallelCheck SUMMATION PRECISION EPOCHS BATCH [CHECKPOINT [resume | die-after=N]]
@main struct DataParallelCheck {
  private static let partSizes = [40, 7, 23, 60, 1, 33, 12, 50]

  static func main() {
    do {
      let world = try Communicator()
      do { try run(world) } catch {
        if world.rank == 0 { FileHandle.standardError.write(Data("Error: \(error)\n".utf8)) }
        try world.finalize()
        exit(1)
      }
      try world.finalize()
    } catch {
      fatalError("\(error)")
    }
  }

  private static func run(_ world: Communicator) throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 4, let summation = DataParallel.Summation(rawValue: arguments[0]),
      let precision = Precision(rawValue: arguments[1]), let epochs = Int(arguments[2]), let batch = Int(arguments[3])
    else { fatalError("arguments: \(arguments)") }
    var random = PythonRandom(seed: 7)
    let rows = (0..<partSizes.reduce(0, +)).map { _ in
      let x = [random.uniform(-1, 1), random.uniform(-1, 1)]
      return x + [x[0] * x[1] > 0 ? 1 : -1]
    }
    let own = world.rank * 8 / world.count..<(world.rank + 1) * 8 / world.count
    let first = partSizes[..<own.lowerBound].reduce(0, +), count = partSizes[own].reduce(0, +)
    let program = try program(precision)
    var bound = Array(rows[first..<first + count])
    if arguments.contains("nan"), world.rank == world.count - 1 { bound[0][0] = .nan }
    try program.bind(bound)
    let training = try DataParallel(
      program, partSizes: Array(partSizes[own]), on: world, batchSize: batch, seed: 3, summation: summation)
    let fatal = arguments.compactMap { $0.hasPrefix("die-after=") ? Int($0.dropFirst(10)) : nil }.first
    let checkpoints = arguments.dropFirst(4).first.flatMap { $0 == "nan" ? nil : $0 }.map {
      Checkpoints(path: $0, interval: 2, isResumed: arguments.contains("resume"))
    }
    let losses = try training.run(epochs: epochs, schedule: .constant(0.02), checkpoints: checkpoints) { epoch, _ in
      // As a job's limit ends it: without a word.
      if epoch + 1 == fatal, world.rank == world.count - 1 { kill(getpid(), SIGKILL) }
    }
    if batch >= rows.count { try compareWithWhole(rows, precision, losses, program) }
    let ranks = try world.allgather([UInt8]("\(losses)".utf8))
    if let rank = ranks.indices.first(where: { ranks[$0] != ranks[0] }) {
      fatalError("rank \(rank) has other losses")
    }
    if world.rank == 0 {
      for loss in losses { print("loss \(loss.bitPattern) \(loss)") }
      for parameter in program.parameters { print("parameter \(parameter.data.bitPattern) \(parameter.data)") }
    }
  }

  private static func program(_ precision: Precision) throws -> Program {
    let model = MLP(2, [8, 8, 1], seed: 1)
    return try Program(
      inputs: 3, parameters: model.parameters, optimizer: .adam(weightDecay: .decoupled(0.01)), precision: precision,
      regularization: 1e-3 * model.parameters.map { $0 * $0 }.sum()
    ) { hingeLoss(model([$0[0], $0[1]])[0], label: $0[2]) }
  }

  /// A batch of all rows is a step of the program that has them all.
  private static func compareWithWhole(
    _ rows: [[Double]], _ precision: Precision, _ losses: [Double], _ program: Program
  ) throws {
    let whole = try Self.program(precision)
    try whole.bind(rows)
    let expected = whole.run(steps: losses.count, schedule: .constant(0.02))
    let tolerance = precision == .double ? 1e-10 : 1e-4
    for (got, expected) in zip(losses + program.parameters.map(\.data), expected + whole.parameters.map(\.data))
    where !((got - expected).magnitude <= tolerance) {
      fatalError("got \(got), expected \(expected) of one program with all rows")
    }
  }
}
