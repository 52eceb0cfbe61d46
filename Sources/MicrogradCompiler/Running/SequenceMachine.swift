import CMicrogradKernels
import MicrogradEngine
import MicrogradNetworks
import MicrogradRequirement

/// The code of a loss for samples of one length, and the machines that compute it.
final class LengthProgram {
  let inputCount: Int
  let valueCount: Int
  private let passes: Passes
  private var machines: [Lowering.Goal: [SequenceMachine]] = [:]

  init(
    inputs: Int, parameters: [Value], regularization: Value?, _ sampleLoss: ([Value]) -> Value
  ) throws(ProgramError) {
    let loss = try SampleLoss(
      inputs: inputs, parameters: parameters, regularization: regularization, sampleLoss)
    passes = loss.passes
    guard passes.code.hasFiniteConstants else {
      throw ProgramError("the loss has a constant that is not finite: train with the values themselves")
    }
    inputCount = inputs
    valueCount = loss.graph.flat.valueCount
  }

  /// The findings, as `Program.description` has them.
  var outline: String { passes.forward.ir.outline(in: .english) }

  /// Forgets the batches that machines have loaded: other samples are bound.
  func unload() {
    for machine in machines.values.joined() { machine.unload() }
  }

  /// Returns a machine for a batch: the smallest that has room for it, unless most of its lanes would be idle.
  func machine(
    _ goal: Lowering.Goal, batch: Int, parameters: Int, _ settings: Settings
  ) -> SequenceMachine {
    let most = 2 * batch + settings.precision.line
    let known = machines[goal, default: []].filter { batch <= $0.lanes && $0.lanes < most }
    if let machine = known.min(by: { $0.lanes < $1.lanes }) { return machine }
    // Data change with each batch, so that there is nothing to compute once for all steps.
    let code = (goal == .evaluation ? passes.forward : passes.training).definitions
    let (kernels, line) = settings.kernels(for: batch)
    let lowered = settings.lower(code, parameters: parameters, batch: batch, line: line, goal: goal)
    let machine = SequenceMachine(
      Machine(lowered, kernels, settings.precision), code, inputs: inputCount)
    machine.machine.optimizer = MGOptimizer(UpdateStep(settings.optimizer, learningRate: 0, number: 1))
    machines[goal, default: []].append(machine)
    return machine
  }
}

/// A machine for batches of samples of one length.
final class SequenceMachine {
  let machine: Machine
  /// The row of each input; -1 for one that the loss does not depend on.
  private let rows: [Int]
  private var inputs: [Double]
  private var loaded: [Int] = []
  /// For each machine met before, all of which live as long as this one: true if it has this one's layout of parameters.
  private var layouts: [ObjectIdentifier: Bool] = [:]

  init(_ machine: Machine, _ code: IR, inputs: Int) {
    self.machine = machine
    self.inputs = Array(repeating: 0, count: inputs)
    var rows = Array(repeating: -1, count: inputs)
    for (row, column) in machine.code.columns.enumerated() {
      if let column, case .input(let input) = code.columns[column].source { rows[input] = row }
    }
    self.rows = rows
  }

  var lanes: Int { machine.code.shape.lanes * machine.code.shape.blocks }

  /// Writes the inputs of a batch, unless they are there.
  func load(_ batch: [Int], length: Int, _ fill: SequenceProgram.Inputs) throws(ProgramError) {
    guard batch != loaded else { return }
    loaded = []
    try machine.load(samples: batch.count, rows: rows) { position throws(ProgramError) in
      try readInputs(of: batch[position], length, fill)
      return inputs
    }
    loaded = batch
  }

  /// Copies the parameters and the optimizer's state of another machine.
  func takeTraining(from other: SequenceMachine) {
    let id = ObjectIdentifier(other)
    let isSameLayout = layouts[id] ?? machine.hasLayout(of: other.machine)
    layouts[id] = isSameLayout
    machine.takeTraining(from: other.machine, isSameLayout: isSameLayout)
  }

  func unload() { loaded = [] }

  private func readInputs(of sample: Int, _ length: Int, _ fill: SequenceProgram.Inputs) throws(ProgramError) {
    let count = inputs.count
    for index in 0..<count { inputs[index] = 0 }
    fill(sample, length, &inputs)
    require(
      inputs.count == count, "sample \(sample) has \(inputs.count) inputs; at length \(length) it needs \(count)")
    guard inputs.withUnsafeBufferPointer(\.areFinite) else {
      let index = inputs.firstIndex { !$0.isFinite } ?? 0
      throw ProgramError("input \(index) of sample \(sample) is \(inputs[index]): inputs must be finite")
    }
  }
}
