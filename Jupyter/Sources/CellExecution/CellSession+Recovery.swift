import CellSyntax
import Foundation

extension CellSession {
  /// Describes how the worker died, and runs the earlier cells again in a new one.
  func recover(from worker: WorkerProcess, file: String) async -> Failure {
    let ending = worker.ending, report = CrashReport(worker.crashReport()), words = lastWords.reason
    let wasInterrupted = isInterrupted
    let consequence = await replay()
    if wasInterrupted { return interruption(consequence) }
    let place = report.place(in: file).map { " at \($0)" } ?? ""
    let message = (words ?? report.reason).map { "\($0)\(place)." } ?? "The cell ended the process: \(ending)."
    return Failure(
      name: words == nil && report.reason == nil ? "Exit" : "Crash", message: "\(message) \(consequence)",
      details: [message] + report.frames + [consequence])
  }

  /// Runs the earlier cells again, in a new worker, and returns what that means for the user.
  func replay() async -> String {
    worker = nil
    guard !history.isEmpty else { return "No cell had run before it." }
    isReplaying = true
    isInterrupted = false
    defer { isReplaying = false }
    guard let worker = try? startedWorker() else { return forget("No new process could be started") }
    let start = ContinuousClock.now
    for cell in history {
      if let reason = await replay(cell, in: worker) { return forget(reason) }
    }
    let time = (ContinuousClock.now - start).formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1)))
    let cut = history.filter { $0.end == .interrupted }.map(\.file)
    let but =
      cut.isEmpty ? "" : " \(cut.joined(separator: ", ")) only came to the first loop, having been interrupted."
    return history.count == 1
      ? "The cell before it was run again (\(time)): its variables are back, in a new process.\(but)"
      : "The \(history.count) cells before it were run again (\(time)): their variables are back, in a new process.\(but)"
  }

  /// Returns what went another way than the first time, if anything.
  private func replay(_ cell: Finished, in worker: WorkerProcess) async -> String? {
    typed = cell.input
    switch await run(cell.library, cell.entry, isInterrupted: cell.end == .interrupted, in: worker) {
    case .died where isInterrupted: return "Running the earlier cells again was interrupted"
    case .died: return "\(cell.file) ends the process when it is run again"
    case .notLoaded(let message): return "\(cell.file) cannot be loaded again (\(message))"
    case .failed(_, let message, _) where cell.end == .whole:
      return "\(cell.file) fails when it is run again (\(message))"
    case .failed, .finished: return nil
    }
  }

  private func forget(_ reason: String) -> String {
    reset()
    return "\(reason): all variables are lost. Run the cells once more."
  }

  /// Forgets all cells.
  public func reset() {
    worker?.kill()
    worker = nil
    history = []
    names = Names()
  }
}
