import CMicrogradKernels
import MicrogradNetworks

/// A program over rows of samples. It lowers its code when it is first needed: for training, for gradients or for the
/// loss alone, and for batches of different sizes.
struct RolledProgram: ProgramBody {
  private let passes: Passes
  private let parameterCount: Int
  private let settings: Settings
  private let team: Team?
  /// The replay that runs instead where a number is not finite: only then can infinities and NaN differ from the engine's.
  private(set) var replay: any ReplayBody
  /// Whether the replay has the samples that are bound.
  private(set) var hasReplay = true

  private(set) var sampleCount: Int
  private let weightOfBatch: Double
  /// Nil until a loss is computed, which training need not.
  private var knownForwardColumns: ColumnData?
  private lazy var trainingColumns = columnData(passes.training)
  private lazy var singularPoints = SingularPoints(passes.forward.ir)
  /// The samples that were bound last, if any were.
  private var bound: [[Double]]?
  private var machines: [Variant: Machine] = [:]
  /// The samples that are loaded in each machine.
  private var loaded: [Variant: [Int]?] = [:]
  /// Computes products with the matrix of second derivatives, of the samples that are bound.
  private var productMachine: Machine?
  var optimizerSnapshot: OptimizerSnapshot

  private struct Variant: Hashable {
    let goal: Lowering.Goal
    let batch: Int
  }

  init(
    _ passes: Passes, parameters: Int, weightOfBatch: Double, _ settings: Settings, replay: any ReplayBody
  ) {
    self.passes = passes
    parameterCount = parameters
    self.settings = settings
    self.replay = replay
    team = Team(threads: settings.threads ?? Platform.processorCount)
    sampleCount = passes.sampleOfLane.count
    self.weightOfBatch = weightOfBatch
    optimizerSnapshot = OptimizerSnapshot(startOf: settings.optimizer, parameters: parameters)
  }

  /// The numbers of a code's columns. Where inputs were declared, sample i is the user's sample i.
  private func columnData(_ code: HoistedIR) -> ColumnData {
    var order = Array(repeating: 0, count: passes.sampleOfLane.count)
    for (lane, sample) in passes.sampleOfLane.enumerated() where order.indices.contains(sample) {
      order[sample] = lane
    }
    var columns = ColumnData(code, count: order.count, weightOfBatch: weightOfBatch)
    columns.reorder(order)
    if let bound { columns.bind(bound) }
    return columns
  }

  private mutating func forwardColumns() -> ColumnData {
    let columns = knownForwardColumns ?? columnData(passes.forward)
    knownForwardColumns = columns
    return columns
  }

  var listing: String? {
    let goal = settings.optimizer.goal
    // The same on all machines.
    return settings.lower(
      code(for: goal), parameters: parameterCount, batch: max(sampleCount, 1), line: settings.precision.line,
      goal: goal
    ).listing
  }

  // MARK: Machines

  private func code(for goal: Lowering.Goal) -> IR {
    goal == .evaluation ? passes.forward.ir : passes.training.ir
  }

  private func lower(_ variant: Variant) -> MachineCode {
    settings.lower(
      code(for: variant.goal), parameters: parameterCount, batch: variant.batch,
      line: settings.kernels(for: variant.batch).line, goal: variant.goal)
  }

  /// Returns the machine for a batch of a given size, with this batch loaded.
  private mutating func machine(_ goal: Lowering.Goal, _ batch: [Int], size: Int? = nil) -> Machine {
    let variant = Variant(goal: goal, batch: size ?? batch.count)
    let machine =
      machines[variant] ?? Machine(lower(variant), settings.kernels(for: variant.batch).kernels, settings.precision)
    machines[variant] = machine
    if loaded[variant] != batch {
      machine.load(batch, of: goal == .evaluation ? forwardColumns() : trainingColumns)
      loaded[variant] = batch
    }
    return machine
  }

  /// Returns the team, if a step has enough work to pay for waking it.
  private func team(for machine: Machine) -> Team? {
    settings.threads != nil || machine.code.work > Team.worthwhileWork ? team : nil
  }

  private mutating func needsReplay(_ parameters: [Double]) -> Bool {
    hasReplay && !(trainingColumns.isFinite && parameters.allSatisfy(\.isFinite))
  }

  /// The same for a call that takes no steps. Those that do stay with the kernels, which hold the optimizer's state.
  private mutating func needsReplayOnce(_ parameters: [Double]) -> Bool {
    needsReplay(parameters) || hasReplay && singularPoints.contains(parameters)
  }

  // MARK: Running

  mutating func loss(_ parameters: [Double]) -> Double {
    guard !needsReplayOnce(parameters) else { return replay.loss(parameters) }
    let machine = machine(.evaluation, Array(0..<sampleCount))
    machine.setParameters(parameters)
    machine.run(team: team(for: machine))
    return machine.loss
  }

  mutating func gradients(_ parameters: [Double], _ gradients: inout [Double]) -> Double {
    guard !needsReplayOnce(parameters) else { return replay.gradients(parameters, &gradients) }
    let machine = machine(.gradients(states: 0), Array(0..<sampleCount))
    machine.setParameters(parameters)
    machine.run(team: team(for: machine))
    for (index, part) in machine.parameters(at: machine.code.gradientDistance ?? 0).enumerated() {
      gradients[index] += part
    }
    return machine.loss
  }

  mutating func run(_ parameters: inout [Double], steps: Int, rate: (Int) -> Double) -> [Double] {
    guard !needsReplay(parameters) else {
      return sharingOptimizer { $0.run(&parameters, steps: steps, rate: rate) }
    }
    let machine = machine(settings.optimizer.goal, Array(0..<sampleCount)), team = team(for: machine)
    enter(machine, parameters)
    let losses = (0..<steps).map { advance(machine, team, rate: rate($0)) }
    leave(machine, &parameters)
    return losses
  }

  mutating func runEpoch(
    _ parameters: inout [Double], _ order: [Int], batchSize: Int, rate: (Int) -> Double
  ) throws(ProgramError) -> Double {
    guard !needsReplay(parameters) else {
      return try sharingOptimizer { replay throws(ProgramError) in
        try replay.runEpoch(&parameters, order, batchSize: batchSize, rate: rate)
      }
    }
    let size = min(batchSize, order.count)
    var total = 0.0
    for (step, start) in stride(from: 0, to: order.count, by: size).enumerated() {
      let batch = Array(order[start..<min(start + size, order.count)])
      let machine = machine(settings.optimizer.goal, batch, size: size)
      if step == 0 { enter(machine, parameters) }
      total += advance(machine, team(for: machine), rate: rate(step)) * Double(batch.count)
      if start + size >= order.count { leave(machine, &parameters) }
    }
    return total / Double(order.count)
  }

  /// Lets the replay take steps with the optimizer's numbers.
  private mutating func sharingOptimizer<Result, Failure: Error>(
    _ body: (inout any ReplayBody) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    replay.optimizerSnapshot = optimizerSnapshot
    defer { optimizerSnapshot = replay.optimizerSnapshot }
    return try body(&replay)
  }

  mutating func halves(_ parameters: [Double], largestBatch: Int) -> any StepHalves {
    guard !needsReplay(parameters) else { return ReplayHalves(replay, parameters: parameters, optimizerSnapshot) }
    let variant = Variant(goal: .gradients(states: settings.optimizer.stateCount), batch: largestBatch)
    let machine = Machine(lower(variant), settings.kernels(for: largestBatch).kernels, settings.precision)
    return MachineHalves(
      machine, trainingColumns, team(for: machine), settings.optimizer, parameters: parameters, optimizerSnapshot)
  }

  mutating func hessianVectorProduct(_ parameters: [Double], _ vector: [Double]) throws(ProgramError) -> [Double] {
    guard trainingColumns.isFinite, parameters.allSatisfy(\.isFinite), vector.allSatisfy(\.isFinite) else {
      throw ProgramError("second derivatives need finite numbers: a parameter, the vector or the data are not")
    }
    let machine = productMachine ?? makeProductMachine()
    productMachine = machine
    machine.setParameters(parameters + vector)
    machine.run(team: team(for: machine))
    return machine.uniformOutputs
  }

  private func makeProductMachine() -> Machine {
    let code = passes.hessianVectorProduct
    let machine = Machine(
      settings.lower(
        code.ir, parameters: 2 * parameterCount, batch: sampleCount,
        line: settings.kernels(for: sampleCount).line, goal: .evaluation), settings.kernels(for: sampleCount).kernels,
      settings.precision)
    machine.load(0..<sampleCount, of: columnData(code))
    return machine
  }

  private mutating func advance(_ machine: Machine, _ team: Team?, rate: Double) -> Double {
    optimizerSnapshot.stepCount += 1
    machine.optimizer.advance(to: optimizerSnapshot.stepCount, by: settings.optimizer, rate: rate)
    machine.run(team: team)
    return machine.loss
  }

  private func enter(_ machine: Machine, _ parameters: [Double]) {
    machine.setParameters(parameters)
    machine.optimizer = MGOptimizer(
      UpdateStep(settings.optimizer, learningRate: 0, number: max(optimizerSnapshot.stepCount, 1)))
    machine.setOptimizerNumbers(optimizerSnapshot.numbers)
  }

  private mutating func leave(_ machine: Machine, _ parameters: inout [Double]) {
    parameters = machine.parameters()
    optimizerSnapshot.numbers = machine.optimizerNumbers
  }

  mutating func bind(_ samples: [[Double]]) throws(ProgramError) {
    if trainingColumns.hasRecordedColumns, samples.count != sampleCount {
      throw ProgramError(
        """
        \(samples.count) samples cannot take the place of \(sampleCount): the loss has constants that differ between \
        samples and are not among its inputs
        """)
    }
    // A replay of all samples cannot take another number of them.
    hasReplay = (try? replay.bind(samples)) != nil
    bound = samples
    sampleCount = samples.count
    knownForwardColumns = nil
    trainingColumns = columnData(passes.training)
    loaded = [:]
    productMachine = nil
  }
}

extension Settings {
  /// The kernels for a batch, and the numbers that a row is a multiple of. Few samples would leave most of the widest vectors
  /// empty.
  func kernels(for batch: Int) -> (kernels: Kernels, line: Int) {
    if let narrower = kernels.narrower, batch <= narrower.vector(precision) {
      return (narrower, narrower.vector(precision))
    }
    return (kernels, precision.line)
  }

  /// Lowers code to blocks of lanes that suit the cache.
  ///
  /// - Parameter line: The numbers that a row is a multiple of.
  func lower(_ ir: IR, parameters: Int, batch: Int, line: Int, goal: Lowering.Goal) -> MachineCode {
    let shape = Shape(samples: batch, line: line, limit: blockLimit ?? Shape.bestLimit(for: ir, precision))
    if let code = Lowering.lower(ir, parameters: parameters, shape: shape, goal: goal) { return code }
    // Samples that depend on each other within a step must be in one block.
    let whole = Shape(samples: batch, line: line, limit: batch)
    return Lowering.lower(ir, parameters: parameters, shape: whole, goal: goal)!
  }
}

extension IR {
  /// The number of rows that the code writes and reads, roughly.
  var rowCount: Int {
    let uses = useCounts()
    return kinds.indices.reduce(0) { count, id in
      guard uses[id] > 0, isLane[id] else { return count }
      switch kinds[id] {
      case .dense, .denseInputs: return count
      default: return count + 1
      }
    }
  }
}

extension Shape {
  /// The most lanes that leave the rows in the second-level cache: every processor of the last years has 256 KiB of
  /// it. Rows shorter than 256 lanes would spend their time on instructions, or rows shorter than 64 where an instruction
  /// does many of them.
  static func bestLimit(for ir: IR, _ precision: Precision) -> Int {
    max(ir.isStacked ? 64 : 256, bestLimit(rows: ir.rowCount, precision))
  }

  private static func bestLimit(rows: Int, _ precision: Precision) -> Int {
    256 * 1024 / (max(rows, 1) * precision.size)
  }
}

extension MachineCode {
  /// Multiplications and additions of a step, roughly.
  var work: Int {
    let list = prologue + block + epilogue
    return list.reduce(0) { $0 + $1.work } * shape.lanes * shape.blocks
  }
}

extension MGInstruction {
  /// Multiplications and additions for a lane, roughly.
  fileprivate var work: Int {
    let each = kind == .sum || kind == .maximum ? terms : inner
    return Int(rows) * Int(max(times, 1)) * max(Int(each), 1)
  }
}
