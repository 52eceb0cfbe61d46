import Foundation
import MicrogradCompiler
import MicrogradDistributed
import MicrogradEngine
import MicrogradNetworks

/// The time of a step of data-parallel training, for compare-data-parallel.py: one workload on the ranks that started it.
///
///     data-parallel WORKLOAD PRECISION SUMMATION EPOCHS        prints a line of JSON
///     data-parallel WORKLOAD PRECISION whole EPOCHS            the program's own steps, on one rank
@main struct DataParallelBenchmark {
  static func main() throws {
    let world = try Communicator(), arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 4, let workload = Workload.all[arguments[0]], let epochs = Int(arguments[3]),
      let precision = Precision(rawValue: arguments[1])
    else {
      print("usage: data-parallel \(Workload.all.keys.sorted()) double|float fast|reproducible|whole EPOCHS")
      try world.finalize()
      exit(2)
    }
    let (seconds, losses) =
      if let summation = DataParallel.Summation(rawValue: arguments[2]) {
        try workload.train(world, precision, summation, epochs: epochs)
      } else {
        try workload.trainWhole(precision, epochs: epochs)
      }
    if world.rank == 0 {
      let steps = (workload.rowCount + workload.batchSize - 1) / workload.batchSize
      print(
        """
        {"ranks": \(world.count), "ms": \(1000 * (seconds.min() ?? 0) / Double(steps)), "losses": \(losses)}
        """)
    }
    try world.finalize()
  }
}

/// A net, its rows and the rate of its steps. Rows and parameters are formulas, which the peer in NumPy has as well.
struct Workload {
  let sizes: [Int]
  let hasClasses: Bool
  let rowCount, batchSize: Int
  let rate: Double
  var decay = 0.0

  static let all = [
    "W2": Workload(sizes: [2, 16, 16, 1], hasClasses: false, rowCount: 2000, batchSize: 100, rate: 0.1, decay: 1e-4),
    "W4": Workload(sizes: [784, 512, 256, 10], hasClasses: true, rowCount: 1280, batchSize: 128, rate: 0.05),
    "million": Workload(sizes: [20, 64, 32, 1], hasClasses: false, rowCount: 1_000_000, batchSize: 8192, rate: 0.1),
  ]
  static let partCount = 16, seed: UInt32 = 1

  /// A number from -1 to 1 for each index: SplitMix64.
  static func number(_ index: Int) -> Double {
    var z = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-52 - 1
  }

  /// A row: its inputs, and a label of -1 or 1, or a class as ones and zeros.
  func row(_ index: Int) -> [Double] {
    let x = (0..<sizes[0]).map { Self.number(1 + index * sizes[0] + $0) }
    if hasClasses { return x + (0..<10).map { $0 == (index * 7) % 10 ? 1 : 0 } }
    return x + [x[0] * x[1] > 0 ? 1 : -1]
  }

  private func model() -> MLP {
    let model = MLP(sizes[0], Array(sizes.dropFirst()), seed: 1)
    var index = 1 << 40
    for (layer, width) in zip(model.layers, sizes) {
      for parameter in layer.parameters {
        parameter.data = Self.number(index) / Double(width).squareRoot()
        index += 1
      }
    }
    return model
  }

  private func program(_ precision: Precision) throws -> Program {
    let model = model(), width = sizes[0]
    return try Program(
      inputs: width + sizes[3], parameters: model.parameters, precision: precision,
      regularization: decay == 0 ? nil : decay * model.parameters.map { $0 * $0 }.sum()
    ) { row in
      let outputs = model(Array(row[..<width]))
      return hasClasses
        ? softmaxCrossEntropy(logits: outputs, targets: Array(row[width...]))
        : hingeLoss(outputs[0], label: row[width])
    }
  }

  /// The time of each epoch, and its loss.
  func train(
    _ world: Communicator, _ precision: Precision, _ summation: DataParallel.Summation, epochs: Int
  ) throws -> (seconds: [Double], losses: [Double]) {
    let program = try program(precision), parts = Self.partCount
    let own = world.rank * parts / world.count..<(world.rank + 1) * parts / world.count
    let starts = (0...parts).map { $0 * rowCount / parts }
    try program.bind((starts[own.lowerBound]..<starts[own.upperBound]).map(row))
    let training = try DataParallel(
      program, partSizes: own.map { starts[$0 + 1] - starts[$0] }, on: world, batchSize: batchSize, seed: Self.seed,
      summation: summation)
    var seconds: [Double] = []
    try world.barrier()
    var last = ContinuousClock.now
    let losses = try training.run(epochs: epochs, schedule: .constant(rate)) { _, _ in
      let now = ContinuousClock.now
      seconds.append((now - last) / .seconds(1))
      last = now
    }
    return (seconds, losses)
  }

  /// The same by the program's own steps, in one order of the rows.
  func trainWhole(_ precision: Precision, epochs: Int) throws -> (seconds: [Double], losses: [Double]) {
    let program = try program(precision)
    try program.bind((0..<rowCount).map(row))
    var seconds: [Double] = [], losses: [Double] = []
    for _ in 0..<epochs {
      let start = ContinuousClock.now
      losses += try program.run(epochs: 1, batchSize: batchSize, schedule: .constant(rate)) { $0.shuffle() }
      seconds.append((ContinuousClock.now - start) / .seconds(1))
    }
    return (seconds, losses)
  }
}
