import Foundation
import NotebookChannel

extension CellSession {
  /// The time for an interrupted cell to end, before its worker is ended.
  private static let grace = Duration.milliseconds(1500)

  func startedWorker() throws -> WorkerProcess {
    if let worker { return worker }
    lastWords = LastWords()
    isInputWanted = false
    let worker = try WorkerProcess(environment!.worker, report: folder.url.appending(path: "crash.txt"))
    self.worker = worker
    Task { for await output in worker.outputs { self.handle(output, of: worker) } }
    return worker
  }

  func run(
    _ library: String, _ entry: String, isInterrupted: Bool = false, in worker: WorkerProcess
  ) async -> Ending {
    await withCheckedContinuation {
      ending = $0
      worker.send(.run(library: library, entry: entry, isInterrupted: isInterrupted))
    }
  }

  private func end(_ how: Ending) {
    var isAlive = true
    if case .died = how { isAlive = false }
    if isAlive && !lastWords.held.isEmpty {
      show(.text(stream: "stderr", lastWords.held))
      lastWords = LastWords()
    }
    ending?.resume(returning: how)
    ending = nil
  }

  private func handle(_ output: WorkerProcess.Output, of worker: WorkerProcess) {
    guard worker === self.worker else { return }
    switch output {
    case .ended: end(.died)
    case .event(.finished(let declared)): end(.finished(declared: declared))
    case .event(.failed(let type, let message, let declared)):
      end(.failed(type: type, message: message, declared: declared))
    case .event(.notLoaded(let message)): end(.notLoaded(message))
    case .event(.input): answerInput(to: worker)
    case .event(let event):
      if !isReplaying { show(event) }
      worker.send(.shown)
    case .text(.stdout, let text):
      if !isReplaying { show(.text(stream: "stdout", text)) }
    case .text(.stderr, let text):
      let text = lastWords.take(text)
      if !isReplaying && !text.isEmpty { show(.text(stream: "stderr", text)) }
    }
  }

  private func show(_ event: WorkerEvent) {
    switch event {
    case .display(.result, _, let data): show(.result(data))
    case .display(.output, let id, let data): show(.display(data, id: id))
    case .display(.update, let id, let data): show(.update(data, id: id ?? ""))
    case .clear(let wait): show(.clear(wait: wait))
    case .input, .finished, .failed, .notLoaded: break
    }
  }

  // MARK: - Input

  private func answerInput(to worker: WorkerProcess) {
    if isReplaying {
      worker.send(.input(typed.isEmpty ? nil : typed.removeFirst()))
    } else if isInterrupted {
      worker.send(.input(nil))
    } else {
      isInputWanted = true
      show(.inputWanted)
    }
  }

  /// Passes on the line that a cell has asked for. Nothing happens if no cell has.
  public func input(_ line: String?) {
    guard isInputWanted, let worker else { return }
    isInputWanted = false
    typed.append(line)
    worker.send(.input(line))
  }

  // MARK: - Interrupting

  /// Ends what runs: compiling at once, a cell at its next checkpoint or point of suspension, or with its worker.
  public func interrupt() {
    isInterrupted = true
    cancelWork()
    guard let worker, ending != nil else { return }
    if isReplaying { return worker.kill() }
    worker.send(.interrupt)
    input(nil)
    let interrupted = count
    Task {
      try? await Task.sleep(for: Self.grace)
      if self.count == interrupted && self.ending != nil { worker.kill() }
    }
  }
}
