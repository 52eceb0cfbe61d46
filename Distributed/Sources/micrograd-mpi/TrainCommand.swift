import ArgumentParser
import MicrogradData
import MicrogradDistributed
import MicrogradNetworks
import MicrogradTabular

struct TrainCommand: RankCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network on a table, whose rows the ranks share.",
    discussion: """
      The network predicts one column of a CSV file, the target, from the others, as that of micrograd train does. Each rank \
      reads its part of the file; the model does not depend on the number of ranks, but for rounding, and not at all with \
      --reproducible. All rows are trained on, for all epochs.

      Examples:
        mpirun -n 4 micrograd-mpi train rows.csv --target price -o price.safetensors
        mpirun -n 4 micrograd-mpi train a.csv b.csv c.csv d.csv -t price -o price.safetensors     a file for each rank
        mpirun -n 4 micrograd-mpi train rows.csv -t price -o m.safetensors --checkpoint c.safetensors --resume

      Then: micrograd evaluate, predict, inspect, explain and export.
      """)

  @Argument(
    help: ArgumentHelp(
      "The table: CSV in UTF-8, whose first line names the columns. Several files are parts of one table.",
      valueName: "data"))
  var paths: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The column to predict.", valueName: "column"))
  var target: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file for the model, such as iris.safetensors.", valueName: "file"))
  var output: String

  @Option(name: .long, parsing: .unconditional, help: "The neurons of each hidden layer; 0: none, a linear model.")
  var hidden = TabularTrainer().hidden.map(String.init).joined(separator: ",")

  @Option(name: .long, help: ArgumentHelp("The activation of hidden neurons.", valueName: "name"))
  var activation = TabularTrainer().activation.identifier ?? ""

  @Option(name: .long, parsing: .unconditional, help: "The number of passes over the rows.")
  var epochs = 20

  @Option(name: .long, parsing: .unconditional, help: "The number of rows of a step, of all ranks together.")
  var batchSize = 1024

  @Option(name: .long, parsing: .unconditional, help: "The learning rate of the first step of Adam.")
  var learningRate = TabularTrainer().learningRate

  @Option(name: .long, parsing: .unconditional, help: "How strongly weights are drawn to 0.")
  var weightDecay = TabularTrainer().weightDecay

  @Option(name: .long, help: ArgumentHelp("Columns to leave out.", valueName: "a,b,…"))
  var ignore: String?

  @Option(name: .long, help: ArgumentHelp("Columns whose numbers are categories.", valueName: "a,b,…"))
  var categories: String?

  @Flag(name: .long, help: "Give each class the same weight in the loss, however rare it is.")
  var balance = false

  @Flag(name: .long, help: "Train with 32 bits: half as many bytes travel.")
  var float = false

  @Option(name: .long, parsing: .unconditional, help: "From 0 to 4294967295; the same seed makes the same model.")
  var seed: UInt32 = 0

  @Option(
    name: .long, parsing: .unconditional,
    help:
      "The number of parts that one file is divided into; at most as many ranks can share it. The model depends on it."
  )
  var parts = 16

  @Flag(
    name: .long, help: "Add gradients in an order that does not depend on the ranks: the same model to the last bit.")
  var reproducible = false

  @Option(name: .long, help: ArgumentHelp("The file that the training is kept in.", valueName: "file"))
  var checkpoint: String?

  @Option(name: .long, parsing: .unconditional, help: "The number of epochs from one checkpoint to the next.")
  var checkpointInterval = 1

  @Flag(name: .long, help: "Continue the training in the file of --checkpoint, if there is one.")
  var resume = false

  @Flag(name: .shortAndLong, help: "Report no progress.")
  var quiet = false

  @Flag(
    name: .long,
    help: "Measure this job for some seconds, predict its time for some numbers of ranks, and train nothing.")
  var dryRun = false

  func validate() throws {
    for (option, number) in [
      ("--epochs", epochs), ("--batch-size", batchSize), ("--parts", parts),
      ("--checkpoint-interval", checkpointInterval),
    ] where !(1...1_000_000_000).contains(number) {
      throw ValidationError("\(option) is \(number); it must be a whole number from 1 on.")
    }
    if resume, checkpoint == nil { throw ValidationError("--resume needs --checkpoint, the file to continue from.") }
    if dryRun, reproducible {
      throw ValidationError("--dry-run predicts the fast order of summation: leave --reproducible out.")
    }
    guard learningRate > 0, learningRate.isFinite else {
      throw ValidationError("--learning-rate is \(learningRate); it must be a positive number, such as 0.01.")
    }
    guard weightDecay >= 0, weightDecay.isFinite else {
      throw ValidationError("--weight-decay is \(weightDecay); it must be 0 or larger.")
    }
    _ = try layers()
    if Activation(identifier: activation) == nil {
      throw ValidationError(
        "There is no activation “\(activation)”; choose from \(Activation.identifiers.joined(separator: ", ")).")
    }
  }

  func run(on communicator: Communicator) throws {
    let shard = try TableShard(
      contentsOf: paths, partCount: parts,
      format: Table.Format(delimiter: nil, kinds: .inferred(texts: Set(listed(categories)))), on: communicator)
    let isFirst = communicator.rank == 0
    if dryRun {
      let cost = try trainer().measuredCost(shard, target: target, on: communicator)
      if isFirst { print(cost.report(library: Communicator.library)) }
      return
    }
    let checkpoints = checkpoint.map {
      Checkpoints(path: $0, interval: checkpointInterval, isResumed: resume, identity: settings)
    }
    let (model, losses) = try trainer().fit(
      shard, target: target, on: communicator, summation: reproducible ? .reproducible : .fast,
      checkpoints: checkpoints
    ) { epoch, loss in
      if isFirst, !quiet { note("epoch \(epoch + 1)/\(epochs)  loss \(loss)") }
    }
    try communicator.agreeing { if isFirst { try model.write(to: output) } }
    if isFirst {
      let rows = losses.isEmpty ? "" : ", loss \(losses[losses.count - 1])"
      print(
        "\(output): \(counted(model.parameterCount, "parameter")), \(counted(losses.count, "epoch")) on "
          + "\(counted(communicator.count, "rank"))\(rows)")
    }
  }

  private func trainer() throws -> TabularTrainer {
    TabularTrainer(
      hidden: try layers(), activation: Activation(identifier: activation) ?? .relu,
      excludedColumns: Set(listed(ignore)),
      balancesClasses: balance, epochs: epochs, batchSize: batchSize, learningRate: learningRate,
      weightDecay: weightDecay, validationShare: 0, seed: seed, precision: float ? .float : .double)
  }

  /// The settings that losses depend on, beside those that the library knows itself.
  private var settings: String { "\(epochs) epochs from \(learningRate), decay \(weightDecay), balance \(balance)" }

  private func layers() throws -> [Int] {
    let sizes = hidden.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    if sizes == [0] { return [] }
    guard sizes.allSatisfy({ (1...10_000).contains($0) }) else {
      throw ValidationError("--hidden is “\(hidden)”; it must be whole numbers from 1 to 10000, such as 16,16, or 0.")
    }
    return sizes
  }

  private func listed(_ names: String?) -> [String] { names?.split(separator: ",").map(String.init) ?? [] }
}
