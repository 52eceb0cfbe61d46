public import MicrogradEngine
public import MicrogradNetworks
import MicrogradRequirement

/// Outputs that were recorded as values, computed anew and differentiated for other inputs, at the speed of hand-written
/// kernels.
///
/// ```swift
/// let pose = [Value(0.1), Value(0.2)]
/// let residuals = points.flatMap { point in distances(of: moved(point, by: pose), from: targets) }
/// let function = try RecordedFunction(residuals, inputs: pose)
/// let (values, jacobian) = try function.valuesWithJacobian(at: [0.15, 0.2])
/// ```
///
/// Where a `CompiledFunction` takes many rows of inputs through one small function, this is one function with many outputs
/// that were computed alike, from the same inputs and different constants: the residuals of a fit. The compiler finds
/// in the recorded graph what corresponds, as `Program` finds samples, and lays it over rows. Derivatives are computed in
/// forward mode, input by input. If nothing corresponds, the function is replayed node by node, and `refusal` gives the
/// reason.
///
/// Operations that choose, such as `relu()` and `max`, choose at each call anew. All values but the inputs are constants.
public final class RecordedFunction {
  /// The number of inputs, n.
  public let inputCount: Int
  /// The number of outputs, m.
  public let outputCount: Int
  /// The type of number that it computes with.
  public let precision: Precision
  /// The reason why the graph is replayed node by node; nil if it is not.
  public let refusal: String?

  private let replay: FunctionReplay
  private let rows: [IR.OutputRow]
  private var machines: Machines?

  /// The machines for the outputs alone and with their derivatives.
  private struct Machines {
    let code: IR
    let lanes: Int
    let inputs: Int
    let settings: Settings
    let singularPoints: SingularPoints
    lazy var forward = machine(code)
    lazy var differentiated = machine(code.withTangents(parameters: inputs))

    init(_ code: IR, lanes: Int, inputs: Int, _ settings: Settings) {
      self.code = code
      self.lanes = lanes
      self.inputs = inputs
      self.settings = settings
      singularPoints = SingularPoints(code)
    }

    private func machine(_ code: IR) -> Machine {
      let hoisted = HoistedIR(code.fused())
      let shape = Shape(samples: lanes, line: settings.precision.line, limit: lanes)
      // One block is always possible.
      let lowered = Lowering.lower(hoisted.ir, parameters: inputs, shape: shape, goal: .evaluation)!
      let machine = Machine(lowered, settings.kernels, settings.precision)
      machine.load(0..<lanes, of: ColumnData(hoisted, count: lanes, weightOfBatch: Double(lanes)))
      return machine
    }
  }

  /// Makes a function of outputs that were recorded.
  ///
  /// - Parameters:
  ///   - outputs: The outputs, computed from the inputs.
  ///   - inputs: The values that the function is one of, none of them computed.
  ///   - precision: The type of number to compute with.
  /// - Throws: `ProgramError` if there are no outputs, an input was computed or is there twice, or a number was assigned by
  ///   hand to a computed value.
  /// - Complexity: Nearly linear in the number of nodes. The first Jacobian takes the size of the code found times the
  ///   number of inputs.
  public convenience init(
    _ outputs: [Value], inputs: [Value], precision: Precision = .double
  ) throws(ProgramError) {
    try self.init(outputs, inputs: inputs, settings: Settings(precision: precision))
  }

  init(_ outputs: [Value], inputs: [Value], settings: Settings) throws(ProgramError) {
    guard !outputs.isEmpty else { throw ProgramError("there are no outputs to compute") }
    if let index = inputs.firstIndex(where: { $0.operation != .leaf }) {
      throw ProgramError("input \(index + 1) was computed, by \(inputs[index].operation.name)")
    }
    guard inputs.withoutRepetitions.count == inputs.count else { throw ProgramError("an input is there twice") }
    (inputCount, outputCount, precision) = (inputs.count, outputs.count, settings.precision)
    let sum = outputs.enumerated().map { index, output in output * Value(OutputMarkers.number(of: index)) }.sum()
    let graph = FlatGraph(of: sum, locating: inputs + outputs)
    try graph.checkCanBeRepeated()
    let nodes = Array(graph.located.prefix(inputs.count))
    replay = FunctionReplay(
      graph, parameters: [], inputs: nodes, results: Array(graph.located.dropFirst(inputs.count)))
    do throws(Refusal) {
      let passes = try Passes(graph, parameters: nodes, inputs: [:], declared: 0, isSumOfOutputs: true)
      guard let (code, rows) = passes.code.withMarkedOutputs(count: outputs.count) else {
        throw Refusal("an output was computed like no other")
      }
      self.rows = rows
      machines = Machines(code.inlined(), lanes: passes.sampleOfLane.count, inputs: inputs.count, settings)
      refusal = nil
    } catch {
      (rows, machines, refusal) = ([], nil, error.reason)
    }
  }
}

// MARK: - Results

extension RecordedFunction {
  /// Computes the outputs.
  ///
  /// - Throws: `ProgramError` if there is not one number for each input.
  public func values(at point: [Double]) throws(ProgramError) -> [Double] {
    try check(point)
    guard canRun(point), let machine = machines?.forward else { return replayed(point).values }
    return values(machine, point)
  }

  /// Computes the Jacobian, m × n numbers: number `i · n + j` is the derivative of output i with respect to input j.
  ///
  /// - Throws: `ProgramError` if there is not one number for each input.
  public func jacobian(at point: [Double]) throws(ProgramError) -> [Double] {
    try valuesWithJacobian(at: point).jacobian
  }

  /// Computes the outputs, and the Jacobian as `jacobian(at:)` does.
  ///
  /// - Throws: `ProgramError` if there is not one number for each input.
  public func valuesWithJacobian(
    at point: [Double]
  ) throws(ProgramError) -> (values: [Double], jacobian: [Double]) {
    try check(point)
    guard canRun(point), let machine = machines?.differentiated else { return replayed(point) }
    let values = values(machine, point)
    var jacobian = [Double](repeating: 0, count: outputCount * inputCount)
    for input in 0..<inputCount {
      for (row, outputs) in rows.enumerated() {
        for (lane, output) in outputs.outputs.enumerated() where output >= 0 {
          jacobian[output * inputCount + input] = machine.output(rows.count * (input + 1) + row, lane: lane)
        }
      }
    }
    return (values, jacobian)
  }

  private func check(_ point: [Double]) throws(ProgramError) {
    guard point.count == inputCount else {
      throw ProgramError(
        "a point of \(counted(point.count, "number")); the function takes \(counted(inputCount, "input"))")
    }
  }

  private func canRun(_ point: [Double]) -> Bool {
    point.allSatisfy(\.isFinite) && machines?.singularPoints.contains(point) == false
  }

  private func values(_ machine: Machine, _ point: [Double]) -> [Double] {
    machine.setParameters(point)
    machine.run()
    var values = [Double](repeating: 0, count: outputCount)
    for (row, outputs) in rows.enumerated() {
      for (lane, output) in outputs.outputs.enumerated() where output >= 0 {
        values[output] = machine.output(row, lane: lane)
      }
    }
    return values
  }

  private func replayed(_ point: [Double]) -> (values: [Double], jacobian: [Double]) {
    replay.run([], point)
    var values = [Double](repeating: 0, count: outputCount)
    var jacobian = [Double](repeating: 0, count: outputCount * inputCount)
    values.withUnsafeMutableBufferPointer { replay.store(to: $0.baseAddress!) }
    jacobian.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { replay.storeJacobian(to: start) } }
    return (values, jacobian)
  }
}

extension RecordedFunction: CustomStringConvertible {
  /// The findings: `26 inputs → 3 rows of 100 lanes → 300 outputs`.
  public var description: String {
    let found = machines.map { "\(counted(rows.count, "row")) of \(counted($0.lanes, "lane"))" }
    return
      "\(counted(inputCount, "input")) → \(found ?? "replayed node by node") → \(counted(outputCount, "output"))"
  }
}
