import MicrogradEngine

/// The code of a function, run over rows of inputs in stretches that leave the rows of memory in the cache.
final class FunctionMachine {
  private let code: IR
  private let settings: Settings
  private let team: Team?
  private let parameterCount: Int
  /// By the number of lanes.
  private var machines: [Int: Machine] = [:]

  init(_ code: IR, parameters: Int, _ settings: Settings) {
    self.code = code
    self.settings = settings
    parameterCount = parameters
    team = Team(threads: settings.threads ?? Platform.processorCount)
  }

  /// The most rows that are taken at once.
  private lazy var limit: Int = {
    let line = settings.precision.line
    let lanes = settings.blockLimit ?? Shape.bestLimit(for: code, settings.precision)
    return max(lanes / line, 1) * line * (team?.threads ?? 1)
  }()

  /// Loads some rows, `width` inputs each, and computes the outputs.
  func run(_ machine: Machine, _ rows: UnsafeBufferPointer<Double>, width: Int) {
    machine.load(rows, width: width)
    machine.run(team: settings.threads != nil || machine.code.work > Team.worthwhileWork ? team : nil)
  }

  /// The machine for a given number of rows, or for stretches of them. Doubling keeps the number of machines small.
  func machine(rows: Int) -> Machine {
    var lanes = settings.precision.line
    while lanes < rows { lanes *= 2 }
    lanes = min(lanes, limit)
    if let machine = machines[lanes] { return machine }
    let shape = Shape(samples: lanes, line: settings.precision.line, limit: lanes)
    // One block is always possible.
    let lowered = Lowering.lower(code, parameters: parameterCount, shape: shape, goal: .evaluation)!
    let machine = Machine(lowered, settings.kernels, settings.precision)
    machines[lanes] = machine
    return machine
  }
}
