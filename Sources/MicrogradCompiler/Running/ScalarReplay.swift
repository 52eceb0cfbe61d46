import MicrogradEngine

/// A graph computed node by node, as the engine computes it: for graphs that cannot run over rows, and to check those
/// that can.
///
/// Complexity of a step: linear in the number of nodes, a few nanoseconds each.
final class ScalarReplay {
  private let graph: FlatGraph
  private let parameters, inputs, results: [Int32]
  private var inputNumbers: [Double]
  /// Made when it is needed: most replays only stand by.
  private lazy var runner = ReplayRunner(
    ReplaySchedule(graph, parameters: parameters, inputs: inputs, results: [graph.root] + results))

  /// - Parameters:
  ///   - parameters: The nodes of the parameters; -1 for one that is not in the graph, here and in the other lists.
  ///   - inputs: The nodes of the other leaves whose numbers may change.
  ///   - results: The nodes whose numbers are needed besides that of the root.
  init(_ graph: FlatGraph, parameters: [Int32], inputs: [Int32], results: [Int32] = []) {
    self.graph = graph
    self.parameters = parameters
    self.inputs = inputs
    self.results = results
    inputNumbers = inputs.map { $0 < 0 ? 0 : graph.numbers[$0] }
  }

  /// Sets the number of an input, by its position in the list.
  func setInput(_ index: Int, to number: Double) { inputNumbers[index] = number }

  /// Computes the root anew.
  func forward(_ parameters: [Double]) -> Double {
    runner.forward(parameters, inputNumbers)
    return runner.result(0)
  }

  /// The number of a result, by its position in the list.
  func result(_ index: Int) -> Double { runner.result(index + 1) }

  /// Adds the derivatives of the root with respect to the parameters, times `seed`, to `gradients`.
  func backward(seed: Double = 1, into gradients: inout [Double]) { runner.backward(from: 0, seed, &gradients) }

  /// Adds the derivatives of a result with respect to the parameters to `gradients`.
  func backward(fromResult index: Int, into gradients: inout [Double]) {
    runner.backward(from: index + 1, 1, &gradients)
  }
}

/// The numbers of a schedule, and the loops that compute them.
private final class ReplayRunner {
  private let schedule: ReplaySchedule
  private let numbers: UnsafeMutablePointer<Double>
  private let count: Int
  /// Empty until a gradient is needed.
  private lazy var derivatives = NodeTable<Double>(repeating: 0, count: count)

  init(_ schedule: ReplaySchedule) {
    self.schedule = schedule
    count = schedule.firstConstant + schedule.constants.count
    numbers = .allocate(capacity: count)
    numbers.initialize(repeating: 0, count: schedule.firstConstant)
    (numbers + schedule.firstConstant).initialize(from: schedule.constants, count: schedule.constants.count)
  }

  deinit { numbers.deallocate() }

  func result(_ index: Int) -> Double { numbers[schedule.results[index]] }

  // MARK: Forward

  func forward(_ parameters: [Double], _ inputs: [Double]) {
    numbers.update(from: parameters, count: parameters.count)
    (numbers + parameters.count).update(from: inputs, count: inputs.count)
    var y = numbers + schedule.firstResult
    let operands = schedule.operands.pointer
    for run in schedule.runs {
      let a = UnsafePointer(operands + Int(run.start)), count = Int(run.count)
      compute(run, a, a + (run.isBinary ? count : 0), y)
      y += count
    }
  }

  /// Where the operation is a constant, nothing of the table's switch remains in the loop. Functions are the engine's own
  /// and not the kernels', whose last digits may differ: what is equal in the graph must be equal here, or a maximum of
  /// the two would take one of them.
  private func compute(
    _ run: ReplaySchedule.Run, _ a: UnsafePointer<Int32>, _ b: UnsafePointer<Int32>, _ y: UnsafeMutablePointer<Double>
  ) {
    @inline(__always) func loop(_ operation: Operation) {
      var i = 0
      while i < Int(run.count) {
        y[i] = operation.value(numbers[Int(a[i])], numbers[Int(b[i])])
        i &+= 1
      }
    }
    switch run.operation {
    case .add: loop(.add)
    case .subtract: loop(.subtract)
    case .multiply: loop(.multiply)
    case .divide: loop(.divide)
    case .negate: loop(.negate)
    case .relu: loop(.relu)
    case .dot: y[0] = dot(a)
    case .sigmoid: loop(.sigmoid)
    case .tanh: loop(.tanh)
    case .exp: loop(.exp)
    case .log: loop(.log)
    default: loop(run.operation)
    }
  }

  private func dot(_ operands: UnsafePointer<Int32>) -> Double {
    let count = Int(operands[0]), weights = operands + 2, inputs = weights + count
    var sum = operands[1] < 0 ? 0 : numbers[Int(operands[1])], i = 0
    while i < count {
      sum += numbers[Int(weights[i])] * numbers[Int(inputs[i])]
      i &+= 1
    }
    return sum
  }

  // MARK: Backward

  func backward(from result: Int, _ seed: Double, _ gradients: inout [Double]) {
    let derivatives = self.derivatives.pointer
    derivatives.update(repeating: 0, count: count)
    derivatives[schedule.results[result]] = seed
    var end = schedule.firstConstant
    for run in schedule.runs.reversed() {
      end -= Int(run.count)
      if run.operation == .dot {
        if run.reachesA { handOnDot(run, end, derivatives) }
      } else {
        handOn(run, end, derivatives)
      }
    }
    for index in gradients.indices { gradients[index] += derivatives[index] }
  }

  private func handOn(_ run: ReplaySchedule.Run, _ first: Int, _ derivatives: UnsafeMutablePointer<Double>) {
    let a = schedule.operands.pointer + Int(run.start), b = a + (run.isBinary ? Int(run.count) : 0)
    let y = numbers + first, d = derivatives + first
    @inline(__always) func loop(_ operation: Operation) {
      var i = 0
      while i < Int(run.count) {
        // A gradient of 0 hands nothing on, whatever it would be multiplied by.
        if d[i] != 0 {
          let left = Int(a[i]), right = Int(b[i])
          let parts = operation.parts(of: d[i], numbers[left], numbers[right], y[i])
          if run.reachesA { derivatives[left] += parts.toA }
          if run.reachesB, let part = parts.toB { derivatives[right] += part }
        }
        i &+= 1
      }
    }
    switch run.operation {
    case .add: loop(.add)
    case .subtract: loop(.subtract)
    case .multiply: loop(.multiply)
    case .divide: loop(.divide)
    case .negate: loop(.negate)
    case .relu: loop(.relu)
    case .sigmoid: loop(.sigmoid)
    case .tanh: loop(.tanh)
    case .exp: loop(.exp)
    case .log: loop(.log)
    default: loop(run.operation)
    }
  }

  private func handOnDot(_ run: ReplaySchedule.Run, _ node: Int, _ derivatives: UnsafeMutablePointer<Double>) {
    let derivative = derivatives[node]
    guard derivative != 0 else { return }
    let operands = schedule.operands.pointer + Int(run.start)
    let count = Int(operands[0]), weights = operands + 2, inputs = weights + count
    var i = 0
    while i < count {
      let weight = Int(weights[i]), input = Int(inputs[i])
      derivatives[weight] += derivative * numbers[input]
      derivatives[input] += derivative * numbers[weight]
      i &+= 1
    }
    if operands[1] >= 0 { derivatives[Int(operands[1])] += derivative }
  }
}
