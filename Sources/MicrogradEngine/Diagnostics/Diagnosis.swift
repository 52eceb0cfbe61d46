import CMicrogradNode
import MicrogradRequirement

/// Watches the numbers while `body` runs, and reports what goes wrong first.
///
/// ```swift
/// withDiagnostics {
///   let loss = log(x - 3)  // main.swift:12: micrograd: log gave nan for a = -1.0
///   loss.backward()
/// }
/// ```
///
/// Reported are the first NaN or infinity, in a value or in a gradient, with the operation, its operands and the line
/// of your code; and a forgotten `zeroGrad()`: a parameter has been moved since the last `backward()`, and its
/// gradient is still there. (Adding up the gradients of several batches before an update is not reported.) Setting
/// the environment variable `MICROGRAD_DIAGNOSTICS` to 1 does the same for a whole program.
///
/// It is about the calling thread. Switched off, it costs nothing; switched on, a node takes some microseconds.
///
/// - Parameters:
///   - report: What to do with a report; by default, it is written to standard error.
///   - body: The code to watch.
public func withDiagnostics<R>(
  report: @escaping (Diagnostic) -> Void = printToStandardError, _ body: () throws -> R
) rethrows -> R {
  let arena = Arena.mine, outer = arena.pointee.diagnosis
  arena.pointee.diagnosis = Diagnosis(report: report)
  defer {
    outer?.forgetCallSites()
    arena.pointee.diagnosis = outer
  }
  return try body()
}

/// Writes a diagnostic to standard error, as one line.
public func printToStandardError(_ diagnostic: Diagnostic) {
  Platform.writeToStandardError("\(diagnostic)\n")
}

/// A watch over the numbers of a thread.
final class Diagnosis {
  private let report: (Diagnostic) -> Void
  private var hasReportedNumber = false
  private var hasReportedForgottenZeroGrad = false
  /// The places where the cells were recorded, until there is a number to report. An entry outlives its cell, and is replaced when
  /// the address is used again.
  private var callSites: [Cell: CallSite] = [:]
  /// The leaves that the last backward pass reached, as it left them.
  private var reachedLeaves: [Cell: (data: Double, grad: Double)] = [:]

  init(report: @escaping (Diagnostic) -> Void) { self.report = report }

  /// The one that the environment asks for.
  static func fromEnvironment() -> Diagnosis? {
    guard let setting = Platform.environmentVariable("MICROGRAD_DIAGNOSTICS") else { return nil }
    return ["", "0"].contains(setting) ? nil : Diagnosis(report: printToStandardError)
  }

  /// Cells were recorded that this diagnosis was not told of, perhaps at addresses that it knows.
  func forgetCallSites() { callSites = [:] }

  // MARK: Forward

  /// Is told of each cell that is recorded.
  func didRecord(_ cell: Cell, _ operation: Operation, _ operands: [Operand], _ data: Double) {
    guard !hasReportedNumber else { return }
    let callSite = CallSite.capture()
    callSites[cell] = callSite
    if data.isFinite { return }
    hasReportedNumber = true
    report(Diagnostic(.value, operation, operands, result: data, at: callSite))
  }

  // MARK: Backward

  /// Is told of a backward pass before it begins.
  func willSweep(from root: Cell) {
    let callSite = CallSite.capture()
    if !hasReportedNumber { checkGradients(of: root) }
    if !hasReportedForgottenZeroGrad { checkLeaves(of: root, callSite) }
  }

  /// Is told of a backward pass after its end.
  func didSweep(from root: Cell) {
    reachedLeaves = [:]
    for leaf in leaves(of: root) { reachedLeaves[leaf] = (leaf.pointee.data, leaf.pointee.grad) }
  }

  /// Follows the pass aside, to find the operation that first makes something infinite out of finite numbers.
  private func checkGradients(of root: Cell) {
    let dependencies = Dependencies(of: root)
    let gradients = dependencies.adjoints(seed: 1.0) { $0.pointee.data }
    for (cell, gradient) in zip(dependencies.cells, gradients).reversed() where !cell.isLeaf {
      guard let gradient, gradient != 0 else { continue }
      if gradient.isFinite, cell.parts(of: gradient).allSatisfy({ $0.isFinite }) { continue }
      hasReportedNumber = true
      return report(
        Diagnostic(
          .gradient, cell.operation, cell.operands, result: cell.pointee.data, gradient: gradient,
          at: callSites[cell]))
    }
  }

  private func checkLeaves(of root: Cell, _ callSite: CallSite?) {
    let forgotten = leaves(of: root).filter { leaf in
      guard let before = reachedLeaves[leaf] else { return false }
      return before.grad != 0 && leaf.pointee.grad == before.grad && leaf.pointee.data != before.data
    }
    guard !forgotten.isEmpty else { return }
    hasReportedForgottenZeroGrad = true
    let participants = forgotten.map { Operand.cell($0) }
    report(Diagnostic(.forgottenZeroGrad, .leaf, participants, result: root.pointee.data, at: callSite))
  }

  private func leaves(of root: Cell) -> [Cell] {
    var leaves: [Cell] = [], seen: Set<Cell> = []
    for cell in root.computedCellsInOrder() {
      cell.forEachOperand { if $0.isLeaf && seen.insert($0).inserted { leaves.append($0) } }
    }
    return leaves
  }
}

extension Cell {
  /// The parts of the gradient that the cell hands on to its operands.
  fileprivate func parts(of gradient: Double) -> [Double] {
    var parts: [Double] = []
    withUnsafeMutablePointer(to: &parts) { Step(self, gradient, PartCollector(parts: $0)).take() }
    return parts
  }
}

private struct PartCollector: Receiver {
  let parts: UnsafeMutablePointer<[Double]>

  func add(_ part: Double, to operand: Cell) { parts.pointee.append(part) }
}

extension Diagnostic {
  fileprivate init(
    _ kind: Kind, _ operation: Operation, _ participants: [Operand], result: Double, gradient: Double? = nil,
    at callSite: CallSite?
  ) {
    self.kind = kind
    self.operation = operation
    self.participants = participants.map { participant in
      switch participant {
      case .cell(let cell): Participant(label: Labels.get(cell).label, data: cell.pointee.data)
      case .number, .product: Participant(label: nil, data: participant.data)
      }
    }
    self.result = result
    self.gradient = gradient
    let place = callSite?.resolve()
    file = place?.file
    line = place?.line
  }
}
