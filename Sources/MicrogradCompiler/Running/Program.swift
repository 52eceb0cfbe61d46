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
/// The recorded graph is searched for samples that were computed alike and for layers; whatever order it was
/// recorded in. What cannot be found runs as a replay of the graph, node by node, and `refusal` says why. Results agree with
/// the values' own up to rounding: sums are added up in another order. Where a layer's weight or activation becomes
/// infinite while a gradient is 0, the product is NaN, where `backward()` would not hand the 0 on.
///
/// The parameters' values are read at the start of each call that computes and written at its end.
public final class Program {
  /// The parameters, without repetitions.
  public let parameters: [Value]
  /// What it computes with.
  public let precision: Precision
  /// How parameters are moved.
  public let update: UpdateRule
  /// Why the graph is replayed node by node; nil if it is not.
  public let refusal: String?
  /// How many scalar values the recorded graph stands for.
  public let valueCount: Int

  private var body: any ProgramBody
  private let passes: Passes?
  private let inputCount: Int

  /// Makes a program of a loss that was recorded over all samples.
  ///
  /// - Parameters:
  ///   - inputs: For each sample the values that stand for its numbers, if others are going to be bound to them.
  ///   - threads: How many may work on a step; results do not depend on it. Nil: as many as the processor has, where
  ///     steps are long enough to pay.
  /// - Throws: `ProgramError` if a number was assigned by hand to a computed value, or the inputs differ in number.
  /// - Complexity: Nearly linear in the number of nodes, about 50 ns each.
  public convenience init(
    _ loss: Value, parameters: [Value], inputs: [[Value]] = [], update: UpdateRule = .descent(),
    precision: Precision = .double, threads: Int? = 1
  ) throws(ProgramError) {
    try self.init(
      loss, parameters: parameters, inputs: inputs, update: update, precision: precision, threads: threads,
      kernels: .best)
  }

  init(
    _ loss: Value, parameters: [Value], inputs: [[Value]] = [], update: UpdateRule = .descent(),
    precision: Precision = .double, threads: Int? = 1, kernels: Kernels, blockLimit: Int? = nil
  ) throws(ProgramError) {
    if let complaint = update.complaint { throw ProgramError(complaint) }
    try Program.check(parameters, inputs)
    inputCount = inputs.first?.count ?? 0
    self.parameters = parameters.withoutRepetitions
    self.precision = precision
    self.update = update
    let graph = FlatGraph(of: loss, locating: self.parameters + inputs.flatMap { $0 })
    valueCount = graph.valueCount
    try Program.checkAssigned(graph)
    let nodes = Array(graph.located.prefix(self.parameters.count))
    let places = try Program.places(of: inputs, graph.located.dropFirst(nodes.count))
    let replay = GraphReplay(graph, parameters: nodes, inputs: places, samples: inputs.count, update: update)
    do {
      let passes = try Passes(graph, parameters: nodes, inputs: places, declared: inputs.count)
      body = RolledProgram(
        passes, parameters: nodes.count, weightOfBatch: Double(passes.samples.count), update, precision, kernels,
        threads: threads, replay: replay, blockLimit: blockLimit)
      self.passes = passes
      refusal = nil
    } catch {
      body = replay
      passes = nil
      refusal = error.reason
    }
    if Program.isChecked { try check() }
  }

  /// Makes a program of the loss of one sample, for nets that are too large to record for all samples, and for data that
  /// change. Samples are bound before it runs; the loss is their mean.
  ///
  /// - Parameters:
  ///   - inputs: How many numbers a sample has, labels included.
  ///   - regularization: What is added to the mean once, such as the sum of the squares of the weights.
  ///   - sampleLoss: The loss of a sample, given values that stand for its numbers. They are 1 when it is called, so it must
  ///     not decide anything by them.
  /// - Throws: `ProgramError` if a number was assigned by hand to a computed value.
  public convenience init(
    inputs: Int, parameters: [Value], update: UpdateRule = .descent(), precision: Precision = .double,
    threads: Int? = 1, regularization: Value? = nil, sampleLoss: ([Value]) -> Value
  ) throws(ProgramError) {
    try self.init(
      inputs: inputs, parameters: parameters, update: update, precision: precision, threads: threads,
      regularization: regularization, kernels: .best, blockLimit: nil, sampleLoss: sampleLoss)
  }

  init(
    inputs: Int, parameters: [Value], update: UpdateRule = .descent(), precision: Precision = .double,
    threads: Int? = 1, regularization: Value? = nil, kernels: Kernels, blockLimit: Int?,
    sampleLoss: ([Value]) -> Value
  ) throws(ProgramError) {
    if let complaint = update.complaint { throw ProgramError(complaint) }
    try Program.check(parameters, [])
    inputCount = inputs
    self.parameters = parameters.withoutRepetitions
    self.precision = precision
    self.update = update
    let standIns = (0..<inputs).map { _ in Value(1) }
    let loss = sampleLoss(standIns)
    var code = SampleCode(parameters: self.parameters.count, inputs: inputs)
    let graph = FlatGraph(of: loss, locating: self.parameters + standIns)
    try Program.checkAssigned(graph)
    valueCount = graph.valueCount
    let lossCode = code.append(graph)
    var others: [FlatGraph] = []
    if let regularization { others.append(FlatGraph(of: regularization, locating: self.parameters + standIns)) }
    for other in others { try Program.checkAssigned(other) }
    let otherCode = others.first.map { code.append($0) }
    let passes = Passes(code.finish(loss: lossCode, plus: otherCode), parameters: self.parameters.count)
    body = RolledProgram(
      passes, parameters: self.parameters.count, weightOfBatch: 1, update, precision, kernels, threads: threads,
      replay: SampleReplay(graph, others, parameters: self.parameters.count, inputs: inputs, update: update),
      blockLimit: blockLimit)
    self.passes = passes
    refusal = nil
  }

  private static func check(_ parameters: [Value], _ inputs: [[Value]]) throws(ProgramError) {
    if let index = parameters.firstIndex(where: { $0.operation != .leaf }) {
      throw ProgramError(
        "parameter \(index + 1) was computed, by \(parameters[index].operation.name): give what it was computed from"
      )
    }
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

  static func checkAssigned(_ graph: FlatGraph) throws(ProgramError) {
    guard let node = graph.assigned.first else { return }
    throw ProgramError(
      """
      \(graph.assigned.count) computed values were assigned a number by hand, the first of them \
      \(graph.numbers[Int(node)]) to the result of \(graph.operations[Int(node)].name). A program cannot \
      repeat that: record it, for instance as score.sigmoid().straightThrough(to: score)
      """)
  }

  private static func places(
    of inputs: [[Value]], _ nodes: ArraySlice<Int32>
  ) throws(ProgramError) -> [Int32: (sample: Int, feature: Int)] {
    guard let width = inputs.first?.count else { return [:] }
    guard inputs.allSatisfy({ $0.count == width }) else {
      throw ProgramError("all samples must have as many inputs as the first one, which has \(width)")
    }
    var places: [Int32: (sample: Int, feature: Int)] = [:]
    for (index, node) in nodes.enumerated() where node >= 0 { places[node] = (index / width, index % width) }
    return places
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
  /// How many samples are bound.
  public var sampleCount: Int { body.sampleCount }

  /// The loss of the samples that are bound, with the parameters as they are.
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

  /// Moves the parameters once.
  ///
  /// Reading and writing the parameters takes a few nanoseconds for each: `run` does it once for all steps.
  ///
  /// - Returns: The loss before.
  @discardableResult public func step(learningRate: Double) -> Double {
    run(steps: 1, schedule: .constant(learningRate))[0]
  }

  /// Moves the parameters so many times.
  ///
  /// - Parameter schedule: The rate of each step, counted from the first one of this call.
  /// - Returns: The loss before each step.
  @discardableResult public func run(steps: Int, schedule: Schedule) -> [Double] {
    require(steps >= 0, "\(steps) steps")
    requireSamples()
    var moved = numbers
    let losses = body.run(&moved, steps: steps) { schedule($0) }
    write(moved)
    return losses
  }

  /// Goes through the samples so many times, in batches of a part of them; the last one may be smaller.
  ///
  /// The loss of a batch is that of all samples with each sum over samples scaled to the batch: a mean over all samples
  /// becomes a mean over the batch.
  ///
  /// - Parameters:
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

  /// Goes through the samples once, in that order: what `run` does in an epoch.
  ///
  /// - Parameter rate: The rate of each step, counted from the first one of this call.
  func runEpoch(_ order: [Int], batchSize: Int, rate: (Int) -> Double) throws(ProgramError) -> Double {
    var moved = numbers
    let loss = try body.runEpoch(&moved, order, batchSize: batchSize, rate: rate)
    write(moved)
    return loss
  }

  /// Binds other samples: for each the numbers of its inputs, in order.
  ///
  /// - Throws: `ProgramError` if a sample has the wrong number of numbers, there is none, or the program has constants that
  ///   differ between samples and are not inputs.
  public func bind(_ samples: [[Double]]) throws(ProgramError) {
    guard inputCount > 0 else { throw ProgramError("no inputs were declared, so there is nothing to bind") }
    guard !samples.isEmpty else { throw ProgramError("no samples to bind") }
    if let index = samples.firstIndex(where: { $0.count != inputCount }) {
      throw ProgramError(
        "sample \(index + 1) has \(counted(samples[index].count, "number")); a sample has \(inputCount)")
    }
    try body.bind(samples)
  }

  private func requireSamples() {
    require(refusal != nil || sampleCount > 0, "a program of one sample's loss needs samples: call bind first")
  }

  private var numbers: [Double] { parameters.map(\.data) }

  /// Loss and gradients by both ways, if there are two.
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

// MARK: - Looking inside

extension Program: CustomStringConvertible {
  /// What was found: `6,603 values → 100 samples × dense 2→16 relu, dense 16→16 relu, dense 16→1`.
  public var description: String { summary(in: .english) }

  /// The findings in one language. The reasons why samples cannot be laid over rows are in English.
  public func summary(in language: Language) -> String {
    let values = Localized.counted(valueCount, en: "value", fr: "valeur")(in: language)
    if let refusal {
      return Localized(
        en: "\(values), replayed one by one: \(refusal)", fr: "\(values), rejouées une à une : \(refusal)")(
          in: language)
    }
    let code = passes?.forward.code.outline(in: language) ?? ""
    guard let count = passes?.samples.count, count > 0 else {
      return Localized(en: "\(values) of one sample → \(code)", fr: "\(values) d'un échantillon → \(code)")(
        in: language)
    }
    return "\(values) → \(Localized.counted(count, en: "sample", fr: "échantillon")(in: language)) × \(code)"
  }

  /// The code after a pass, for those who want to see what the compiler sees; nil if there is none, since the
  /// program is a replay or that pass was not needed.
  public func dump(after pass: Pass) -> String? {
    pass == .instructions ? body.listing : passes?.text(after: pass)
  }
}

extension IR {
  /// The layers, in order, and how many other operations there are.
  func outline(in language: Language) -> String {
    let uses = useCounts()
    var parts: [String] = [], others = 0
    for id in kinds.indices where uses[id] > 0 && isLane[id] {
      switch kinds[id] {
      case .dense(let matrix, _, let relu):
        parts.append("dense \(matrices[matrix].inner)→\(matrices[matrix].rows)\(relu ? " relu" : "")")
      case .apply, .sum: others += 1
      default: break
      }
    }
    if others > 0 { parts.append(Localized.counted(others, en: "other row", fr: "autre ligne")(in: language)) }
    return parts.joined(separator: ", ")
  }
}
