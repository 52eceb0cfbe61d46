public import MicrogradEngine
public import MicrogradNetworks
import MicrogradRequirement

/// A function that was written scalar by scalar, computed and differentiated for many rows of inputs at the speed of
/// hand-written kernels.
///
/// ```swift
/// let polar = try CompiledFunction(inputs: 2) { x in
///   [(x[0] * x[0] + x[1] * x[1]).sqrt(), x[1] / x[0]]
/// }
/// let rows = [[3.0, 4], [1, 1], [0.5, -2]]
/// let values = try polar.values(at: rows)  // two for each row
/// let (sameValues, jacobians) = try polar.valuesWithJacobians(at: rows)  // 2 × 2 numbers for each row
/// ```
///
/// It is the way to the residuals of least squares and bundle adjustment, with one row for each observation. With a
/// single output, the Jacobian is the gradient with respect to the inputs of each sample: saliency maps and adversarial
/// examples.
///
/// ```swift
/// let loss = try CompiledFunction(inputs: 3, parameters: model.parameters) { x in
///   [squaredError(model([x[0], x[1]])[0], x[2])]
/// }
/// let gradients = try loss.jacobians(at: samples)  // the third of each row: with respect to the target
/// ```
///
/// The function is recorded once, and then repeated. Operations that choose, such as `relu()`, `abs()`, `max` and `min`,
/// choose for each row anew; an `if` of Swift that looks at a value's `data` is not repeated: what it chose during the
/// recording stays. Derivatives are exact, as those of `jacobian(at:of:)`, and agree with them up to rounding. Rows with
/// numbers that are not finite, and all rows if a parameter is not, are computed node by node as the values do it.
///
/// The values of parameters are read at each call.
public final class CompiledFunction {
  /// The number of inputs, n.
  public let inputCount: Int
  /// The number of outputs, m.
  public let outputCount: Int
  /// The values that all rows share, without repetitions.
  public let parameters: [Value]
  /// The type of number that it computes with.
  public let precision: Precision

  private let code: IR
  private let hasFiniteConstants: Bool
  private let settings: Settings
  private lazy var forward = FunctionMachine(code.fused(), parameters: parameters.count, settings)
  private lazy var differentiated = FunctionMachine(
    code.withJacobian(inputs: inputCount).fused(), parameters: parameters.count, settings)
  private let replay: FunctionReplay

  /// Records a function once and compiles it.
  ///
  /// - Parameters:
  ///   - inputs: The number of inputs of a row.
  ///   - parameters: The values from outside that may change; all other values are constants.
  ///   - precision: The type of number to compute with.
  ///   - threads: The number of threads that share the rows; results do not depend on it. Nil: as many as the processor
  ///     has, where rows are enough to pay.
  ///   - function: The outputs, given values that stand for a row's inputs. They are 1 when it is called, so it must not
  ///     decide anything by them.
  /// - Throws: `ProgramError` if there are no outputs, or a number was assigned by hand to a computed value.
  /// - Complexity: Linear in the number of values that the function records. The first Jacobian takes that times the
  ///   smaller of the numbers of inputs and outputs.
  public convenience init(
    inputs: Int, parameters: [Value] = [], precision: Precision = .double, threads: Int? = 1,
    _ function: ([Value]) -> [Value]
  ) throws(ProgramError) {
    let settings = Settings(precision: precision, threads: threads)
    try self.init(inputs: inputs, parameters: parameters, settings: settings, function)
  }

  init(
    inputs: Int, parameters: [Value], settings: Settings, _ function: ([Value]) -> [Value]
  ) throws(ProgramError) {
    inputCount = inputs
    self.parameters = parameters.withoutRepetitions
    self.settings = settings
    precision = settings.precision
    var recording = SampleRecording(parameters: self.parameters, inputs: inputs)
    let outputs = function(recording.standIns)
    guard !outputs.isEmpty else { throw ProgramError("the function has no outputs: there is nothing to compute") }
    outputCount = outputs.count
    let (graph, codes) = try recording.append(outputs)
    replay = FunctionReplay(
      graph.flat, parameters: graph.parameters, inputs: graph.inputs, results: graph.results)
    code = recording.code(outputs: codes).inlined().withDenseLayers()
    hasFiniteConstants = code.hasFiniteConstants
  }

  // MARK: Results

  /// Computes the outputs of each row: m numbers for the first one, m for the second, and so on.
  ///
  /// - Throws: `ProgramError` if a row does not have n numbers.
  public func values(at rows: [[Double]]) throws(ProgramError) -> [Double] {
    try values(at: joined(rows), count: rows.count)
  }

  /// Computes the outputs of rows that lie one behind the other in one array, n numbers each.
  ///
  /// - Throws: `ProgramError` if the number of inputs is no multiple of n.
  public func values(at inputs: [Double]) throws(ProgramError) -> [Double] {
    try values(at: inputs, count: rowCount(inputs))
  }

  /// Computes the Jacobian of each row, m × n numbers: number `(row · m + i) · n + j` of the result is the derivative of
  /// output i with respect to input j.
  ///
  /// - Throws: `ProgramError` if a row does not have n numbers.
  public func jacobians(at rows: [[Double]]) throws(ProgramError) -> [Double] {
    try valuesWithJacobians(at: rows).jacobians
  }

  /// Computes the Jacobian of each of the rows that lie one behind the other in one array, n numbers each.
  ///
  /// - Throws: `ProgramError` if the number of inputs is no multiple of n.
  public func jacobians(at inputs: [Double]) throws(ProgramError) -> [Double] {
    try valuesWithJacobians(at: inputs).jacobians
  }

  /// Computes the outputs of each row as `values(at:)` does, and the Jacobians as `jacobians(at:)` does.
  ///
  /// - Throws: `ProgramError` if a row does not have n numbers.
  public func valuesWithJacobians(
    at rows: [[Double]]
  ) throws(ProgramError) -> (values: [Double], jacobians: [Double]) {
    valuesWithJacobians(at: try joined(rows), count: rows.count)
  }

  /// Computes the outputs and the Jacobians of rows that lie one behind the other in one array, n numbers each.
  ///
  /// - Throws: `ProgramError` if the number of inputs is no multiple of n.
  /// - Complexity: Linear in the number of rows.
  public func valuesWithJacobians(
    at inputs: [Double]
  ) throws(ProgramError) -> (values: [Double], jacobians: [Double]) {
    valuesWithJacobians(at: inputs, count: try rowCount(inputs))
  }

  private func rowCount(_ inputs: [Double]) throws(ProgramError) -> Int {
    let count = inputCount == 0 ? 0 : inputs.count / inputCount
    guard count * inputCount == inputs.count else {
      throw ProgramError(
        """
        \(counted(inputs.count, "number")) are no whole number of rows: the function takes \
        \(counted(inputCount, "input")) for each
        """)
    }
    return count
  }

  private func joined(_ rows: [[Double]]) throws(ProgramError) -> [Double] {
    if let row = rows.firstIndex(where: { $0.count != inputCount }) {
      throw ProgramError(
        "row \(row + 1) has \(counted(rows[row].count, "number")); the function takes \(counted(inputCount, "input"))"
      )
    }
    var inputs: [Double] = []
    inputs.reserveCapacity(rows.count * inputCount)
    for row in rows { inputs += row }
    return inputs
  }

  // MARK: By kernels

  func values(at inputs: [Double], count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count * outputCount) { values, initialized in
      initialized = count * outputCount
      guard let values = values.baseAddress else { return }
      forEachStretch(of: inputs, count: count, on: forward) { machine, rows in
        machine.store(0..<outputCount, rows: rows.count, to: values + rows.lowerBound * outputCount)
      } replaying: { row in
        replay.store(to: values + row * outputCount)
      }
    }
  }

  private func valuesWithJacobians(at inputs: [Double], count: Int) -> (values: [Double], jacobians: [Double]) {
    let size = outputCount * inputCount
    var jacobians: [Double] = []
    let values = [Double](unsafeUninitializedCapacity: count * outputCount) { values, initialized in
      initialized = count * outputCount
      jacobians = [Double](unsafeUninitializedCapacity: count * size) { jacobians, initialized in
        initialized = count * size
        guard let values = values.baseAddress, let jacobians = jacobians.baseAddress else { return }
        forEachStretch(of: inputs, count: count, on: differentiated) { machine, rows in
          machine.store(0..<outputCount, rows: rows.count, to: values + rows.lowerBound * outputCount)
          machine.store(
            outputCount..<outputCount + size, rows: rows.count, to: jacobians + rows.lowerBound * size)
        } replaying: { row in
          replay.store(to: values + row * outputCount)
          replay.storeJacobian(to: jacobians + row * size)
        }
      }
    }
    return (values, jacobians)
  }

  /// Runs a machine over all rows, and replays those that have a number that is not finite.
  private func forEachStretch(
    of inputs: [Double], count: Int, on function: FunctionMachine, _ store: (Machine, Range<Int>) -> Void,
    replaying: (Int) -> Void
  ) {
    let numbers = parameters.map(\.data), isFinite = hasFiniteConstants && numbers.allSatisfy(\.isFinite)
    inputs.withUnsafeBufferPointer { inputs in
      let machine = function.machine(rows: count), stretch = machine.code.shape.lanes
      machine.setParameters(numbers)
      for start in stride(from: 0, to: count, by: stretch) {
        let rows = start..<min(start + stretch, count)
        let part = UnsafeBufferPointer(rebasing: inputs[rows.lowerBound * inputCount..<rows.upperBound * inputCount])
        if isFinite {
          function.run(machine, part, width: inputCount)
          store(machine, rows)
        }
        guard !isFinite || !part.areFinite else { continue }
        for row in rows {
          let row = (index: row, inputs: inputs[row * inputCount..<(row + 1) * inputCount])
          if isFinite && row.inputs.allSatisfy(\.isFinite) { continue }
          replay.run(numbers, Array(row.inputs))
          replaying(row.index)
        }
      }
    }
  }
}

extension CompiledFunction: CustomStringConvertible {
  /// The findings: `2 inputs → dense 2→16 relu, dense 16→1 → 1 output`.
  public var description: String {
    let inputs = counted(inputCount, "input"), outputs = counted(outputCount, "output")
    return "\(inputs) → \(code.fused().outline(in: .english)) → \(outputs)"
  }
}

extension UnsafeBufferPointer<Double> {
  /// Whether all numbers are finite, without a branch for each.
  var areFinite: Bool {
    var sum = 0.0
    for number in self { sum += number * 0 }
    return sum == 0
  }
}
