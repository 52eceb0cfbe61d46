public import MicrogradEngine
import MicrogradLanguage
public import MicrogradNetworks
import MicrogradRequirement

/// A loss that was written scalar by scalar, trained at the speed of hand-written kernels.
///
/// ```swift
/// let loss = zip(inputs, labels).map { hingeLoss(model($0)[0], label: $1) }.mean()
/// let program = try Program(loss, parameters: model.parameters)
/// print(program)  // 6,603 values → 100 samples × dense 2→16 relu, dense 16→16 relu, dense 16→1
/// let losses = program.run(steps: 1000, schedule: .constant(0.1))
/// ```
///
/// The compiler searches the recorded graph for samples that were computed alike and for layers; the order of
/// recording does not matter. If it finds no samples, the program replays the graph, nodes of the same operation at a
/// time, and `refusal` gives the reason. Results agree with the values' own up to rounding: sums are added up in
/// another order. Where a layer's weight or activation becomes infinite while a gradient is 0, the product is NaN,
/// where `backward()` would not propagate the 0.
///
/// Samples may differ in which parameters they use, such as the embeddings of their words. A table of these costs each
/// sample as many numbers as it has rows.
///
/// The parameters' values are read at the start of each call that computes and written at its end.
public final class Program {
  /// The parameters, without repetitions.
  public let parameters: [Value]
  /// The type of number that it computes with.
  public let precision: Precision
  /// The rule that a step moves parameters by.
  public let optimizer: UpdateRule
  /// The reason why the program replays the graph node by node; nil if it does not.
  public let refusal: String?
  /// The number of scalar values that the recorded graph stands for.
  public let valueCount: Int

  private var body: any ProgramBody
  private let passes: Passes?
  private let inputCount: Int

  /// Makes a program of a loss that was recorded over all samples.
  ///
  /// - Parameters:
  ///   - loss: The loss of all samples.
  ///   - parameters: The values that a step moves.
  ///   - inputs: The values that stand for the numbers of each sample, if others are going to be bound to them.
  ///   - optimizer: The rule that parameters move by.
  ///   - precision: The type of number to compute with.
  ///   - threads: The number of threads that work on a step; results do not depend on it. Nil: as many as the
  ///     processor has, where steps are long enough to pay.
  /// - Throws: `ProgramError` if a number was assigned by hand to a computed value, or the inputs differ in number.
  /// - Complexity: Nearly linear in the number of nodes, about 50 ns each.
  public convenience init(
    _ loss: Value, parameters: [Value], inputs: [[Value]] = [], optimizer: UpdateRule = .sgd(),
    precision: Precision = .double, threads: Int? = 1
  ) throws(ProgramError) {
    let settings = Settings(optimizer: optimizer, precision: precision, threads: threads)
    try self.init(loss, parameters: parameters, inputs: inputs, settings: settings)
  }

  /// Makes a program of the loss of one sample, for nets that are too large to record for all samples, and for data
  /// that change. Samples are bound before it runs; the loss is their mean.
  ///
  /// - Parameters:
  ///   - inputs: The number of inputs of a sample, labels included.
  ///   - parameters: The values that a step moves.
  ///   - optimizer: The rule that parameters move by.
  ///   - precision: The type of number to compute with.
  ///   - threads: The number of threads that work on a step; results do not depend on it. Nil: as many as the
  ///     processor has, where steps are long enough to pay.
  ///   - regularization: A value that is added to the mean once, such as the sum of the squares of the weights.
  ///   - sampleLoss: The loss of a sample, given values that stand for its numbers. They are 1 when it is called, so
  ///     it must not decide anything by them.
  /// - Throws: `ProgramError` if a number was assigned by hand to a computed value.
  public convenience init(
    inputs: Int, parameters: [Value], optimizer: UpdateRule = .sgd(), precision: Precision = .double,
    threads: Int? = 1, regularization: Value? = nil, sampleLoss: ([Value]) -> Value
  ) throws(ProgramError) {
    let settings = Settings(optimizer: optimizer, precision: precision, threads: threads)
    let parameters = try Program.checked(parameters, settings)
    let loss = try SampleLoss(
      inputs: inputs, parameters: parameters, regularization: regularization, sampleLoss)
    let replay = SampleReplay(loss.graph, regularization: loss.regularization, optimizer: optimizer)
    self.init(
      parameters, settings, inputCount: inputs, valueCount: loss.graph.flat.valueCount, loss.passes,
      RolledProgram(
        loss.passes, parameters: parameters.count, weightOfBatch: 1, settings, replay: replay))
  }

  convenience init(
    _ loss: Value, parameters: [Value], inputs: [[Value]] = [], settings: Settings
  ) throws(ProgramError) {
    let parameters = try Program.checked(parameters, settings)
    try Program.check(inputs, besides: parameters)
    let graph = FlatGraph(of: loss, locating: parameters + inputs.flatMap { $0 })
    try graph.checkCanBeRepeated()
    let nodes = Array(graph.located.prefix(parameters.count))
    let positions = try Program.positions(of: inputs, graph.located.dropFirst(nodes.count))
    let replay = GraphReplay(
      graph, parameters: nodes, inputs: positions, samples: inputs.count, optimizer: settings.optimizer)
    var passes: Passes?, refusal: String?, body: any ProgramBody = replay
    do {
      let found = try Passes(graph, parameters: nodes, inputs: positions, declared: inputs.count)
      passes = found
      body = RolledProgram(
        found, parameters: nodes.count, weightOfBatch: Double(found.sampleOfLane.count), settings, replay: replay)
    } catch {
      refusal = error.reason
    }
    self.init(
      parameters, settings, inputCount: inputs.first?.count ?? 0, valueCount: graph.valueCount, passes, body,
      refusal: refusal)
    if Program.isChecked { try check() }
  }

  private init(
    _ parameters: [Value], _ settings: Settings, inputCount: Int, valueCount: Int, _ passes: Passes?,
    _ body: any ProgramBody, refusal: String? = nil
  ) {
    self.parameters = parameters
    self.inputCount = inputCount
    self.valueCount = valueCount
    self.passes = passes
    self.body = body
    self.refusal = refusal
    optimizer = settings.optimizer
    precision = settings.precision
  }

  /// The parameters without repetitions, if they and the settings can be used.
  static func checked(_ parameters: [Value], _ settings: Settings) throws(ProgramError) -> [Value] {
    if let complaint = settings.optimizer.complaint { throw ProgramError(complaint) }
    if let index = parameters.firstIndex(where: { $0.operation != .leaf }) {
      throw ProgramError(
        "parameter \(index + 1) was computed, by \(parameters[index].operation.name): give what it was computed from"
      )
    }
    return parameters.withoutRepetitions
  }

  private static func check(_ inputs: [[Value]], besides parameters: [Value]) throws(ProgramError) {
    var seen = Set(parameters.map(\.id))
    for (index, sample) in inputs.enumerated() {
      guard sample.allSatisfy({ $0.operation == .leaf }) else {
        throw ProgramError("an input of sample \(index + 1) was computed: give what it was computed from")
      }
      guard sample.allSatisfy({ seen.insert($0.id).inserted }) else {
        throw ProgramError(
          "an input of sample \(index + 1) is a parameter, or another input too: make a Value for each")
      }
    }
  }

  private static func positions(
    of inputs: [[Value]], _ nodes: ArraySlice<Int32>
  ) throws(ProgramError) -> InputPositions {
    guard let width = inputs.first?.count else { return [:] }
    guard inputs.allSatisfy({ $0.count == width }) else {
      throw ProgramError("all samples need the same number of inputs; the first has \(width)")
    }
    var positions: InputPositions = [:]
    for (index, node) in nodes.enumerated() where node >= 0 { positions[node] = (index / width, index % width) }
    return positions
  }
}

extension FlatGraph {
  /// Checks that the graph computes the same function for other numbers.
  func checkCanBeRepeated() throws(ProgramError) {
    if !chosen.isEmpty {
      throw ProgramError(
        """
        \(counted(chosen.count, "derivative")) recorded by derivatives(of:by:) went through an operation such as relu, abs, \
        max or min, and hold what it chose for the numbers at hand. A program would keep to that for all others: take \
        hessianVectorProduct of a program, or smooth operations such as softplus
        """)
    }
    guard let node = assigned.first else { return }
    throw ProgramError(
      """
      \(assigned.count) computed values were assigned a number by hand, the first of them \(numbers[Int(node)]) to the \
      result of \(operations[Int(node)].name). A program cannot repeat that: record it, for instance as \
      score.sigmoid().straightThrough(to: score)
      """)
  }
}

extension [Value] {
  var withoutRepetitions: [Value] {
    var seen: Set<Value.ID> = []
    return filter { seen.insert($0.id).inserted }
  }
}

// MARK: - Running

extension Program {
  /// The number of samples that are bound.
  public var sampleCount: Int { body.sampleCount }

  /// Computes the loss of the bound samples with the parameters' current values.
  ///
  /// - Precondition: Samples are bound, here and in all that follows.
  public func loss() -> Double {
    requireSamples()
    return body.loss(numbers)
  }

  /// Computes the loss, and adds its derivatives to the parameters' gradients, as `backward()` does.
  @discardableResult public func backward() -> Double {
    requireSamples()
    var gradients = [Double](repeating: 0, count: parameters.count)
    let loss = body.gradients(numbers, &gradients)
    for (parameter, gradient) in zip(parameters, gradients) { parameter.grad += gradient }
    return loss
  }

  /// Computes the matrix of second derivatives of the loss with respect to the parameters times a vector, `H·v`, without
  /// the matrix.
  ///
  /// Forward mode over reverse mode, compiled when it is first called. Operations that choose, such as ReLU and the
  /// maximum, choose anew at each call, for the parameters and samples of the time, while what
  /// `derivatives(of:by:)` recorded of them would not. Where H is a diagonal matrix, as for k-means, a vector of ones gives the
  /// diagonal.
  ///
  /// Source: Pearlmutter, *Fast Exact Multiplication by the Hessian*, 1994,
  /// [doi:10.1162/neco.1994.6.1.147](https://doi.org/10.1162/neco.1994.6.1.147).
  ///
  /// - Parameter vector: A number for each of `parameters`.
  /// - Throws: `ProgramError` if the vector has another length, a number is not finite, or the program replays its graph
  ///   node by node.
  /// - Complexity: A small multiple of that of `backward()`, without layers: each weight costs a row of its own.
  public func hessianVectorProduct(_ vector: [Double]) throws(ProgramError) -> [Double] {
    requireSamples()
    guard vector.count == parameters.count else {
      throw ProgramError(
        "a vector of \(counted(vector.count, "number")) for \(counted(parameters.count, "parameter")): it needs one for each"
      )
    }
    return try body.hessianVectorProduct(numbers, vector)
  }

  /// Moves the parameters once.
  ///
  /// Reading and writing the parameters takes a few nanoseconds for each: `run` does it once for all steps.
  ///
  /// - Returns: The loss before.
  @discardableResult public func step(learningRate: Double) -> Double {
    run(steps: 1, schedule: .constant(learningRate))[0]
  }

  /// Moves the parameters `steps` times.
  ///
  /// - Parameters:
  ///   - steps: The number of steps.
  ///   - schedule: The rate of each step, counted from the first one of this call.
  /// - Returns: The loss before each step.
  @discardableResult public func run(steps: Int, schedule: Schedule) -> [Double] {
    require(steps >= 0, "\(steps) steps")
    requireSamples()
    var moved = numbers
    let losses = body.run(&moved, steps: steps) { schedule($0) }
    write(moved)
    return losses
  }

  /// Goes through the samples `epochs` times, in batches; the last batch of an epoch may be smaller.
  ///
  /// The loss of a batch is that of all samples with each sum over samples scaled to the batch: a mean over all
  /// samples becomes a mean over the batch.
  ///
  /// - Parameters:
  ///   - epochs: The number of times to go through all samples.
  ///   - batchSize: The number of samples of a batch.
  ///   - schedule: The rate of each step, counted from the first one of this call.
  ///   - shuffle: Puts the samples in an order, given that of the last epoch. Nil: as they are.
  /// - Returns: For each epoch the mean of its batches' losses, each before its step, weighted by size.
  /// - Throws: `ProgramError` if the program is a replay of a graph of all samples, which cannot be taken apart.
  @discardableResult public func run(
    epochs: Int, batchSize: Int, schedule: Schedule, shuffle: ((inout [Int]) -> Void)? = nil
  ) throws(ProgramError) -> [Double] {
    require(epochs >= 0 && batchSize > 0, "\(epochs) epochs of batches of \(batchSize)")
    requireSamples()
    var moved = numbers, order = Array(0..<sampleCount), step = 0, losses: [Double] = []
    for _ in 0..<epochs {
      shuffle?(&order)
      let first = step
      losses.append(try body.runEpoch(&moved, order, batchSize: batchSize) { schedule(first + $0) })
      step += (order.count + batchSize - 1) / batchSize
    }
    write(moved)
    return losses
  }

  /// Goes through the samples once, in a given order: an epoch of `run`.
  ///
  /// - Parameter rate: The rate of each step, counted from the first one of this call.
  package func runEpoch(_ order: [Int], batchSize: Int, rate: (Int) -> Double) throws(ProgramError) -> Double {
    var moved = numbers
    let loss = try body.runEpoch(&moved, order, batchSize: batchSize, rate: rate)
    write(moved)
    return loss
  }

  /// Binds other samples: for each the numbers of its inputs, in order.
  ///
  /// - Throws: `ProgramError` if there are no samples, a sample has another number of inputs, or the program has
  ///   constants that differ between samples and are not inputs.
  public func bind(_ samples: [[Double]]) throws(ProgramError) {
    guard inputCount > 0 else { throw ProgramError("no inputs were declared, so there is nothing to bind") }
    guard !samples.isEmpty else { throw ProgramError("no samples to bind") }
    if let index = samples.firstIndex(where: { $0.count != inputCount }) {
      throw ProgramError(
        "sample \(index + 1) has \(counted(samples[index].count, "number")); a sample has \(inputCount)")
    }
    try body.bind(samples)
  }

  /// Prepares the halves of steps, from the parameters' values and the optimizer's numbers.
  func halves(largestBatch: Int) -> any StepHalves { body.halves(numbers, largestBatch: largestBatch) }

  /// Continues where the halves of steps are.
  func take(_ halves: any StepHalves) {
    write(halves.parameters)
    body.optimizerSnapshot = halves.optimizerSnapshot
  }

  private func requireSamples() {
    require(refusal != nil || sampleCount > 0, "a program of one sample's loss needs samples: call bind first")
  }

  private var numbers: [Double] { parameters.map(\.data) }

  /// Loss and gradients by the kernels and by the replay, if there are both.
  func comparison() -> (rolled: [Double], replayed: [Double])? {
    guard var rolled = body as? RolledProgram, rolled.hasReplay else { return nil }
    var replay = rolled.replay
    var results: [[Double]] = []
    for body in 0..<2 {
      var gradients = [Double](repeating: 0, count: parameters.count)
      let loss = body == 0 ? rolled.gradients(numbers, &gradients) : replay.gradients(numbers, &gradients)
      results.append([loss] + gradients)
    }
    return (results[0], results[1])
  }

  private func write(_ numbers: [Double]) {
    for (parameter, number) in zip(parameters, numbers) { parameter.data = number }
  }
}

// MARK: - Resuming

extension Program {
  /// The optimizer's numbers after the last step, to be saved beside the parameters.
  public var optimizerSnapshot: OptimizerSnapshot { body.optimizerSnapshot }

  /// Continues with an optimizer's numbers that were saved.
  ///
  /// - Throws: `ProgramError` if they are not those of this optimizer and of as many parameters.
  public func resume(from snapshot: OptimizerSnapshot) throws(ProgramError) {
    try snapshot.check(for: optimizer, parameters: parameters.count)
    body.optimizerSnapshot = snapshot
  }
}

// MARK: - Looking inside

extension Program: CustomStringConvertible {
  /// The findings: `6,603 values → 100 samples × dense 2→16 relu, dense 16→16 relu, dense 16→1`.
  public var description: String { summary(in: .english) }

  /// The findings in one language. The reasons why samples cannot be laid over rows are in English.
  public func summary(in language: Language) -> String {
    let values = Localized.counted(valueCount, en: "value", fr: "valeur")(in: language)
    if let refusal {
      return Localized(
        en: "\(values), replayed one by one: \(refusal)", fr: "\(values), rejouées une à une : \(refusal)")(
          in: language)
    }
    let code = passes?.forward.ir.outline(in: language) ?? ""
    guard let count = passes?.sampleOfLane.count, count > 0 else {
      return Localized(en: "\(values) of one sample → \(code)", fr: "\(values) d'un échantillon → \(code)")(
        in: language)
    }
    return "\(values) → \(Localized.counted(count, en: "sample", fr: "échantillon")(in: language)) × \(code)"
  }

  /// Returns the code after a pass as text; nil if there is none, since the program is a replay or did not need that
  /// pass.
  public func dump(after pass: Pass) -> String? {
    pass == .instructions ? body.listing : passes?.text(after: pass)
  }
}

extension IR {
  /// Lists the layers, in order, and counts the other operations.
  func outline(in language: Language) -> String {
    let uses = useCounts()
    var parts: [String] = [], others = 0
    for id in kinds.indices where uses[id] > 0 && isLane[id] {
      switch kinds[id] {
      case .dense(let matrix, let inputs, let relu):
        let layer = "dense \(matrices[matrix].inner)→\(matrices[matrix].rows)\(relu ? " relu" : "")"
        let count = positions(matrix, inputs: inputs)
        let positions = Localized(en: " at \(count) positions", fr: " en \(count) positions")(in: language)
        parts.append(count == 1 ? layer : layer + positions)
      case .apply, .sum: others += 1
      default: break
      }
    }
    if others > 0 { parts.append(Localized.counted(others, en: "other row", fr: "autre ligne")(in: language)) }
    return parts.joined(separator: ", ")
  }
}
