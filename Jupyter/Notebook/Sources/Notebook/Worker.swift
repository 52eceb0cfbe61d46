import CNotebook
import Dispatch
import NotebookChannel
import Synchronization

/// The process that cells run in: it loads the library of one cell after the other, and runs it on the main thread.
public final class Worker: Sendable {
  /// The worker of this process.
  public static let shared = Worker()

  private struct State {
    var running: Task<Void, Never>?
    var declared = 0
    var isInterrupted = false
    var input: [UInt8] = []
    var reply: WorkerCommand?
  }

  /// The kernel holds the other end of the socket that this process finds as its standard input.
  private let connection: Connection
  private let state = Mutex(State())
  private let replied = DispatchSemaphore(value: 0)
  /// Threads of a cell ask one after the other, since answers do not say what they answer.
  private let asking = DispatchSemaphore(value: 1)
  /// The cell that has just been loaded. Of the main thread.
  private nonisolated(unsafe) var cell: (@MainActor () async throws -> Void)?

  private init() {
    connection = Connection(descriptor: dup(STDIN_FILENO))
    // Programs that a cell starts must not hold any line to the kernel, which would take the worker for alive.
    for descriptor in 3..<256 { _ = fcntl(Int32(descriptor), F_SETFD, FD_CLOEXEC) }
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO)
  }

  /// Runs cells until the kernel is gone.
  @MainActor public func run() async {
    signal(SIGPIPE, SIG_IGN)
    notebook_buffer_lines()
    notebook_read_input_from { Worker.shared.readInput(into: $0, size: $1) }
    let (cells, continuation) = AsyncStream.makeStream(of: (library: String, entry: String).self)
    DispatchQueue(label: "commands").async { self.receive(continuation) }
    DispatchQueue(label: "output").async { self.flushRegularly() }
    for await (library, entry) in cells { await runCell(library, entry) }
  }

  private func receive(_ cells: AsyncStream<(library: String, entry: String)>.Continuation) {
    while let fields = connection.receive() {
      switch WorkerCommand(fields: fields) {
      case .run(let library, let entry, let isInterrupted):
        // Here, so that an interrupt that follows at once is not forgotten.
        state.withLock { ($0.declared, $0.isInterrupted) = (0, isInterrupted) }
        cells.yield((library, entry))
      case .interrupt:
        state.withLock {
          $0.isInterrupted = true
          $0.running?.cancel()
        }
      case let reply?:
        state.withLock { $0.reply = reply }
        replied.signal()
      case nil: break
      }
    }
    // The cell that runs would find its globals gone if the process were to tidy up.
    _exit(0)
  }

  /// So that a line that is not yet complete, such as a progress indicator, is seen too.
  private func flushRegularly() {
    while true {
      usleep(50_000)
      notebook_flush()
    }
  }

  // MARK: - Cells

  func load(_ cell: @escaping @MainActor () async throws -> Void) { self.cell = cell }

  func declared(_ count: Int) { state.withLock { $0.declared += count } }

  var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

  @MainActor private func runCell(_ library: String, _ entry: String) async {
    guard let handle = dlopen(library, RTLD_NOW | RTLD_GLOBAL), let symbol = dlsym(handle, entry) else {
      return send(.notLoaded(String(cString: dlerror())))
    }
    unsafeBitCast(symbol, to: (@convention(c) () -> Void).self)()
    guard let cell else { return }
    let task = Task { @MainActor in
      let event = await self.outcome(of: cell)
      notebook_flush()
      self.send(event)
    }
    state.withLock {
      $0.running = task
      // The interrupt may have come before there was a task to cancel.
      if $0.isInterrupted { task.cancel() }
    }
    await task.value
    state.withLock { $0.running = nil }
  }

  @MainActor private func outcome(of cell: @MainActor () async throws -> Void) async -> WorkerEvent {
    var failure: (any Error)?
    do { try await cell() } catch { failure = error }
    let (declared, isInterrupted) = state.withLock { ($0.declared, $0.isInterrupted) }
    if isInterrupted { failure = Interruption() }
    guard let failure else { return .finished(declared: declared) }
    return .failed(type: "\(type(of: failure))", message: "\(failure)", declared: declared)
  }

  // MARK: - Output and input

  private func send(_ event: WorkerEvent) { connection.send(event.fields) }

  /// Waits until the kernel has passed it on: what is printed afterwards comes afterwards.
  private func ask(_ event: WorkerEvent) -> WorkerCommand? {
    // A copy of this process is not what the kernel talks with.
    if notebook_is_copy() { return nil }
    asking.wait()
    defer { asking.signal() }
    notebook_flush()
    send(event)
    replied.wait()
    return state.withLock { $0.reply }
  }

  func show(_ value: some Any, as role: WorkerEvent.Role, id: String?) {
    _ = ask(.display(role, id: id, Representations(of: value).data))
  }

  func clearOutput(wait: Bool) { _ = ask(.clear(wait: wait)) }

  private func readInput(into buffer: UnsafeMutablePointer<CChar>, size: Int) -> Int {
    if state.withLock({ $0.input.isEmpty }) {
      guard case .input(let line?) = ask(.input) else { return 0 }
      state.withLock { $0.input = Array((line + "\n").utf8) }
    }
    return state.withLock { state in
      let count = min(size, state.input.count)
      for index in 0..<count { buffer[index] = CChar(bitPattern: state.input[index]) }
      state.input.removeFirst(count)
      return count
    }
  }
}
