public import MicrogradEngine
public import MicrogradNetworks
import MicrogradRequirement

/// A loss of sequences, trained in batches of unequal length: programs of several lengths that share the parameters and
/// the optimizer's state.
///
/// The loss of a sample is recorded once for each length that a batch needs, when it first needs it. A batch runs on the
/// program of its longest sample: shorter ones leave the inputs of the positions that they lack at 0, and the loss must
/// not count these, as one whose targets weight each position does not.
///
/// ```swift
/// let program = try SequenceProgram(
///   parameters: model.parameters, optimizer: .adam(), inputCount: { 2 * $0 * letters }
/// ) { inputs, length in
///   loss(of: inputs, length)  // the first half of the inputs: one-hot letters; the second: targets
/// }
/// try program.bind(lengths: names.map(\.count)) { name, length, inputs in
///   for (position, letter) in names[name].enumerated() { inputs[position * letters + letter] = 1 }
///   …
/// }
/// let losses = try program.run(batches: [[0, 7, 3], [2, 5, 1]], schedule: .constant(0.01))
/// ```
///
/// Samples are known by their index. Their inputs are asked for when a batch needs them, so that one-hot inputs take no
/// memory. Results agree with the values' own up to rounding, as those of a `Program`. Inputs must be finite.
///
/// The parameters' values are read at the start of each call that computes and written at its end.
public final class SequenceProgram {
  /// Writes the inputs of a sample: its index, the length that they are laid out for, which is the sample's or greater, and
  /// the inputs, all 0. It must write the same whenever it is called.
  public typealias Inputs = (_ sample: Int, _ length: Int, _ inputs: inout [Double]) -> Void

  /// The parameters, without repetitions.
  public let parameters: [Value]
  /// The type of number that it computes with.
  public var precision: Precision { settings.precision }
  /// The rule that a step moves parameters by.
  public var optimizer: UpdateRule { settings.optimizer }

  private let settings: Settings
  private let team: Team?
  private let lengths: [Int]?
  private let regularization: Value?
  private let inputCount: (Int) -> Int
  private let sampleLoss: ([Value], Int) -> Value
  private var programs: [Int: LengthProgram] = [:]

  private var sampleLengths: [Int] = []
  private var inputs: Inputs = { _, _, _ in }

  /// The machine that has the parameters and the optimizer's numbers of the last step; nil before the first.
  private var home: SequenceMachine?
  /// The same numbers as long as no machine has them.
  private var snapshot: OptimizerSnapshot
  private var stepCount = 0

  /// Makes a program; nothing is recorded yet.
  ///
  /// - Parameters:
  ///   - parameters: The values that a step moves.
  ///   - optimizer: The rule that parameters move by.
  ///   - precision: The type of number to compute with.
  ///   - threads: The number of threads that work on a step; results do not depend on it. Nil: as many as the processor
  ///     has, where steps are long enough to pay.
  ///   - lengths: The lengths to make programs for; a batch runs on the shortest that holds it. Nil: each length that
  ///     occurs. Fewer programs take less time to make, and longer to run.
  ///   - regularization: A value that is added to the mean once, such as the sum of the squares of the weights.
  ///   - inputCount: The number of inputs of a sample of a given length, targets included.
  ///   - sampleLoss: The loss of a sample, given values that stand for its inputs, and its length. They are 1 when it is
  ///     called, so it must not decide anything by them.
  /// - Throws: `ProgramError` if a parameter was computed, a length is not positive, or the optimizer's numbers make no
  ///   sense.
  public convenience init(
    parameters: [Value], optimizer: UpdateRule = .sgd(), precision: Precision = .double, threads: Int? = 1,
    lengths: [Int]? = nil, regularization: Value? = nil, inputCount: @escaping (Int) -> Int,
    sampleLoss: @escaping (_ inputs: [Value], _ length: Int) -> Value
  ) throws(ProgramError) {
    let settings = Settings(optimizer: optimizer, precision: precision, threads: threads)
    try self.init(
      parameters, settings, lengths: lengths, regularization: regularization, inputCount: inputCount, sampleLoss)
  }

  init(
    _ parameters: [Value], _ settings: Settings, lengths: [Int]? = nil, regularization: Value? = nil,
    inputCount: @escaping (Int) -> Int, _ sampleLoss: @escaping ([Value], Int) -> Value
  ) throws(ProgramError) {
    if let length = lengths?.first(where: { $0 < 1 }) {
      throw ProgramError("a length of \(length): lengths are positive")
    }
    if lengths?.isEmpty ?? false { throw ProgramError("no lengths to make programs for") }
    self.parameters = try Program.checked(parameters, settings)
    self.settings = settings
    self.lengths = lengths?.sorted()
    self.regularization = regularization
    self.inputCount = inputCount
    self.sampleLoss = sampleLoss
    team = Team(threads: settings.threads ?? Platform.processorCount)
    snapshot = OptimizerSnapshot(startOf: settings.optimizer, parameters: self.parameters.count)
  }

  // MARK: Samples

  /// The number of samples that are bound.
  public var sampleCount: Int { sampleLengths.count }

  /// Binds samples.
  ///
  /// - Parameters:
  ///   - lengths: The length of each sample.
  ///   - inputs: Writes the inputs of a sample; called for each sample of a batch when the batch is run.
  /// - Throws: `ProgramError` if there are no samples, or a length is not positive or greater than the longest that the
  ///   program was made for.
  public func bind(lengths: [Int], inputs: @escaping Inputs) throws(ProgramError) {
    guard !lengths.isEmpty else { throw ProgramError("no samples to bind") }
    let longest = self.lengths?.last ?? .max
    if let sample = lengths.firstIndex(where: { !(1...longest).contains($0) }) {
      let most = longest == .max ? "" : " and at most \(longest)"
      throw ProgramError("sample \(sample) has length \(lengths[sample]): lengths are at least 1\(most)")
    }
    sampleLengths = lengths
    self.inputs = inputs
    for program in programs.values { program.unload() }
  }

  // MARK: Running

  /// Moves the parameters once for each batch.
  ///
  /// - Parameters:
  ///   - batches: The indices of each batch's samples. A lazy sequence is asked for each batch when its turn comes.
  ///   - schedule: The rate of each step, counted from the first one of this call.
  ///   - progress: Called after each step, with its number, counted from 0, and the loss before it. Parameters have their
  ///     new values when `run` returns.
  /// - Returns: The loss before each step: the mean of the losses of the batch's samples.
  /// - Throws: `ProgramError` if a number was assigned by hand to a computed value of the loss, or an input is not
  ///   finite; steps before are taken.
  /// - Precondition: Batches have samples, all of them bound.
  @discardableResult public func run(
    batches: some Sequence<[Int]>, schedule: Schedule, progress: (_ step: Int, _ loss: Double) -> Void = { _, _ in }
  ) throws(ProgramError) -> [Double] {
    var losses: [Double] = []
    let start = parameters.map(\.data)
    home?.machine.setParameters(start)
    defer { writeParameters() }
    for batch in batches {
      let machine = try loadedMachine(optimizer.goal, batch)
      move(to: machine, start)
      losses.append(advance(machine.machine, rate: schedule(losses.count)))
      progress(losses.count - 1, losses[losses.count - 1])
    }
    return losses
  }

  /// Goes through the samples `epochs` times, in batches; the last batch of an epoch may be smaller.
  ///
  /// - Parameters:
  ///   - epochs: The number of times to go through all samples.
  ///   - batchSize: The number of samples of a batch.
  ///   - schedule: The rate of each step, counted from the first one of this call.
  ///   - shuffle: Puts the samples in an order, given that of the last epoch. Nil: as they are.
  /// - Returns: For each epoch the mean of its batches' losses, each before its step, weighted by size.
  /// - Throws: As `run(batches:schedule:progress:)`.
  @discardableResult public func run(
    epochs: Int, batchSize: Int, schedule: Schedule, shuffle: ((inout [Int]) -> Void)? = nil
  ) throws(ProgramError) -> [Double] {
    require(epochs >= 0 && batchSize > 0, "\(epochs) epochs of batches of \(batchSize)")
    requireSamples()
    var order = Array(0..<sampleCount)
    let batchCount = (sampleCount + batchSize - 1) / batchSize
    func range(_ step: Int) -> Range<Int> {
      let start = step % batchCount * batchSize
      return start..<min(start + batchSize, sampleCount)
    }
    let batches = (0..<epochs * batchCount).lazy.map { step in
      let range = range(step)
      if range.lowerBound == 0 { shuffle?(&order) }
      return Array(order[range])
    }
    let losses = try run(batches: batches, schedule: schedule)
    return (0..<epochs).map { epoch in
      let steps = epoch * batchCount..<(epoch + 1) * batchCount
      return steps.reduce(0) { $0 + losses[$1] * Double(range($1).count) } / Double(sampleCount)
    }
  }

  /// Computes the mean of the losses of some samples with the parameters' current values. Nil: of all that are bound.
  ///
  /// - Throws: As `run(batches:schedule:progress:)`.
  /// - Precondition: There is at least one sample, all of them bound.
  public func loss(of samples: [Int]? = nil) throws(ProgramError) -> Double {
    let samples = samples ?? Array(0..<sampleCount)
    check(samples)
    let numbers = parameters.map(\.data), batchSize = 64
    let sorted = samples.sorted { sampleLengths[$0] < sampleLengths[$1] }
    var total = 0.0
    for start in stride(from: 0, to: sorted.count, by: batchSize) {
      let batch = Array(sorted[start..<min(start + batchSize, sorted.count)])
      let machine = try loadedMachine(.evaluation, batch).machine
      machine.setParameters(numbers)
      machine.run(team: team(for: machine))
      total += machine.loss * Double(batch.count)
    }
    return total / Double(sorted.count)
  }

  private func requireSamples() { require(sampleCount > 0, "the program needs samples: call bind first") }

  private func check(_ batch: [Int]) {
    requireSamples()
    require(!batch.isEmpty, "a batch without samples")
    for sample in batch {
      require(
        sampleLengths.indices.contains(sample), "sample \(sample) of a batch, where \(sampleCount) are bound")
    }
  }

  /// The shortest program that holds a batch, and its machine with the batch loaded.
  private func loadedMachine(_ goal: Lowering.Goal, _ batch: [Int]) throws(ProgramError) -> SequenceMachine {
    check(batch)
    let longest = batch.reduce(0) { max($0, sampleLengths[$1]) }
    // None is longer than the last: `bind` has looked.
    let length = lengths?.first { $0 >= longest } ?? longest
    let program = try program(for: length)
    let machine = program.machine(goal, batch: batch.count, parameters: parameters.count, settings)
    try machine.load(batch, length: length, inputs)
    return machine
  }

  private func program(for length: Int) throws(ProgramError) -> LengthProgram {
    if let program = programs[length] { return program }
    let program = try LengthProgram(
      inputs: inputCount(length), parameters: parameters, regularization: regularization
    ) { [sampleLoss] in sampleLoss($0, length) }
    programs[length] = program
    return program
  }

  private func team(for machine: Machine) -> Team? {
    settings.threads != nil || machine.code.work > Team.worthwhileWork ? team : nil
  }

  private func advance(_ machine: Machine, rate: Double) -> Double {
    stepCount += 1
    machine.optimizer.advance(to: stepCount, by: optimizer, rate: rate)
    machine.run(team: team(for: machine))
    return machine.loss
  }

  /// Brings parameters and the optimizer's numbers to the machine of the next step.
  private func move(to machine: SequenceMachine, _ start: [Double]) {
    if let home {
      if home !== machine { machine.takeTraining(from: home) }
    } else {
      machine.machine.setParameters(start)
      machine.machine.setOptimizerNumbers(snapshot.numbers)
    }
    home = machine
  }

  private func writeParameters() {
    guard let home else { return }
    for (parameter, number) in zip(parameters, home.machine.parameters()) { parameter.data = number }
  }

  // MARK: Resuming

  /// The optimizer's numbers after the last step, to be saved beside the parameters.
  public var optimizerSnapshot: OptimizerSnapshot {
    guard let machine = home?.machine else { return snapshot }
    return OptimizerSnapshot(stepCount: stepCount, numbers: machine.optimizerNumbers)
  }

  /// Continues with an optimizer's numbers that were saved.
  ///
  /// - Throws: `ProgramError` if they are not those of this optimizer and of as many parameters.
  public func resume(from snapshot: OptimizerSnapshot) throws(ProgramError) {
    try snapshot.check(for: optimizer, parameters: parameters.count)
    self.snapshot = snapshot
    stepCount = snapshot.stepCount
    home = nil
  }
}

extension SequenceProgram: CustomStringConvertible {
  /// The findings for each length that programs were made for.
  public var description: String {
    programs.isEmpty
      ? "no length yet"
      : programs.sorted { $0.key < $1.key }.map { length, program in
        "length \(length): \(counted(program.valueCount, "value")) of one sample → \(program.outline)"
      }.joined(separator: "\n")
  }
}
