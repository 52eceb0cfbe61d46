import MicrogradEngine

/// The other way in: the code of one sample, recorded with stand-ins for its numbers.
///
/// Nothing has to be found. Values that depend on a stand-in vary with the sample; all others are uniform.
///
/// Complexity: linear.
struct SampleRecording {
  private let parameters: [Value]
  /// The values that stand for a sample's numbers: 1, each of them.
  let standIns: [Value]
  private var ir = IR()

  /// - Parameter parameters: Without repetitions.
  init(parameters: [Value], inputs: Int) {
    self.parameters = parameters
    standIns = (0..<inputs).map { _ in Value(1) }
    for input in 0..<inputs { ir.columns.append(Column(source: .input(input), numbers: [])) }
  }

  /// Appends the code of values that were computed from the stand-ins and the parameters.
  ///
  /// - Returns: Their graph, and the code of each.
  /// - Throws: `ProgramError` if a number was assigned by hand to a computed value.
  mutating func append(_ results: [Value]) throws(ProgramError) -> (graph: SampleGraph, codes: [IR.ID]) {
    let graph = SampleGraph(of: results, parameters: parameters, inputs: standIns)
    try graph.flat.checkCanBeRepeated()
    let codes = append(graph)
    return (graph, graph.results.map { codes[Int($0)] })
  }

  private mutating func append(_ sample: SampleGraph) -> [IR.ID] {
    let graph = sample.flat
    var codes = [IR.ID](repeating: -1, count: graph.count), lists: [Int32: [IR.ID]] = [:]
    for (index, node) in sample.parameters.enumerated() where node >= 0 {
      codes[Int(node)] = ir.intern(.parameter(index))
    }
    for (index, node) in sample.inputs.enumerated() where node >= 0 { codes[Int(node)] = ir.intern(.column(index)) }
    for node in 0..<Int32(graph.count) where codes[Int(node)] < 0 {
      let operands = graph.operands(of: node), first = operands.startIndex
      switch graph.kinds[Int(node)] {
      case .leaf: codes[Int(node)] = ir.constant(graph.numbers[Int(node)])
      case .list: lists[node] = operands.map { codes[Int($0)] }
      case .dot:
        codes[Int(node)] = ir.dot(
          lists[operands[first]] ?? [], lists[operands[first + 1]] ?? [],
          bias: operands.count > 2 ? codes[Int(operands[first + 2])] : nil)
      case .apply:
        codes[Int(node)] = ir.apply(graph.operations[Int(node)], to: operands.map { codes[Int($0)] })
      }
    }
    return codes
  }

  /// The code whose loss is the mean of the samples' losses, plus a uniform value.
  func code(meanOf loss: IR.ID, plus other: IR.ID?) -> IR {
    var ir = ir
    let mean = ir.reduce(weights: ir.intern(.laneMask), loss)
    ir.loss = ir.sum([IR.Term(1, mean)] + (other.map { [IR.Term(1, $0)] } ?? []))
    return ir
  }

  /// The code that computes these results for each sample.
  func code(outputs: [IR.ID]) -> IR {
    var ir = ir
    ir.outputs = outputs
    return ir
  }
}

/// The loss of one sample, recorded: the code whose loss is the mean over samples.
struct SampleLoss {
  let passes: Passes
  let graph: SampleGraph
  /// The graph of the value that is added to the mean once.
  let regularization: SampleGraph?

  /// - Parameter parameters: Without repetitions.
  /// - Throws: `ProgramError` if a number was assigned by hand to a computed value.
  init(
    inputs: Int, parameters: [Value], regularization: Value?, _ sampleLoss: ([Value]) -> Value
  ) throws(ProgramError) {
    var recording = SampleRecording(parameters: parameters, inputs: inputs)
    let loss = try recording.append([sampleLoss(recording.standIns)])
    var other: (graph: SampleGraph, codes: [IR.ID])?
    if let regularization { other = try recording.append([regularization]) }
    passes = Passes(recording.code(meanOf: loss.codes[0], plus: other?.codes[0]), parameters: parameters.count)
    graph = loss.graph
    self.regularization = other?.graph
  }
}

/// The graph of some results for one sample, and where its leaves are: nodes, -1 for a leaf that is not used.
struct SampleGraph {
  let flat: FlatGraph
  let parameters: [Int32]
  let inputs: [Int32]
  let results: [Int32]

  init(of results: [Value], parameters: [Value], inputs: [Value]) {
    // The sum only holds the results together, since a graph has one root.
    flat = FlatGraph(of: results.sum(), locating: parameters + inputs + results)
    let located = flat.located, end = parameters.count + inputs.count
    self.parameters = Array(located[..<parameters.count])
    self.inputs = Array(located[parameters.count..<end])
    self.results = Array(located[end...])
  }
}
