public import CellSyntax
public import Foundation
import NotebookChannel

/// The cells of a notebook, run one after the other, and what they leave behind.
///
/// Cells run in a worker. When it dies, by a cell that traps or by an interrupt that nothing else could bring about,
/// a new one runs the earlier cells again, which are still there as libraries.
public actor CellSession {
  /// What a cell shows.
  public enum Output: Sendable {
    /// Text on one of the standard streams.
    case text(stream: String, String)
    /// The value of the cell.
    case result([String: String])
    /// Something shown, which can be replaced if it has an identifier.
    case display([String: String], id: String?)
    /// A replacement.
    case update([String: String], id: String)
    /// What is shown is to be removed.
    case clear(wait: Bool)
    /// A line of input is wanted.
    case inputWanted
  }

  /// Why a cell did not come to its end.
  public struct Failure: Error, Sendable {
    /// A short name.
    public let name: String
    /// What was wrong.
    public let message: String
    /// Everything that helps to find out why, line by line.
    public let details: [String]

    /// Creates a failure.
    public init(name: String, message: String, details: [String]) {
      self.name = name
      self.message = message
      self.details = details
    }
  }

  /// How long the steps of a cell took.
  public struct Timing: Sendable {
    /// From the text to the library.
    public let compiling: Duration
    /// From the beginning of the cell to its end.
    public let running: Duration
  }

  private struct Finished: Sendable {
    let library: String
    let entry: String
  }

  private enum Ending: Sendable {
    case finished(declared: Int)
    case failed(type: String, message: String, declared: Int)
    case died
  }

  /// What cells have declared so far.
  public private(set) var names = Names()
  /// The toolchain that compiles them.
  public nonisolated let toolchain: Toolchain
  private var environment: Environment?
  private var packages: [PackageReference] = []

  private let folder: URL
  private let show: @Sendable (Output) -> Void
  private var worker: WorkerProcess?
  private var history: [Finished] = []
  private var count = 0
  private var ending: CheckedContinuation<Ending, Never>?
  private var work: Task<URL, any Error>?
  private var isInterrupted = false
  private var isReplaying = false
  private var lastWords = LastWords()

  /// How long a cell is given to end after it has been interrupted, before its worker is ended.
  private static let grace = Duration.milliseconds(1500)

  /// Creates a session.
  ///
  /// - Parameters:
  ///   - toolchain: Compiles the cells.
  ///   - folder: For the files of the cells. Is created.
  ///   - show: Is given what cells show, while they run.
  public init(toolchain: Toolchain, folder: URL, show: @escaping @Sendable (Output) -> Void) throws {
    self.toolchain = toolchain
    self.folder = folder
    self.show = show
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Ends the worker and removes the files.
  public func close() {
    worker?.kill()
    try? FileManager.default.removeItem(at: folder)
  }

  // MARK: - Running

  /// Runs a cell.
  ///
  /// - Parameter file: What messages call it, such as `In[3]`.
  /// - Throws: ``Failure``.
  public func run(_ code: String, file: String) async throws -> Timing {
    isInterrupted = false
    let mistakes = syntaxErrors(in: code, file: file)
    guard mistakes.isEmpty else { throw rejection(mistakes.joined(separator: "\n")) }
    let start = ContinuousClock.now
    count += 1
    let cell = Cell(code, module: "Cell\(count)", file: file, names: names)
    let library = try await compile(cell)
    let compiled = ContinuousClock.now
    let worker = try startedWorker()
    let (ending, declared) = (await run(library.path, cell.entry, in: worker), cell.declarations)
    if case .died = ending { throw await recover(from: worker, file: file) }
    remember(cell, declared, ending, library)
    if case .failed(let type, let message, _) = ending {
      throw isInterrupted
        ? interruption("The variables keep their values.")
        : Failure(
          name: type, message: message, details: ["\(type): \(message)"])
    }
    return Timing(compiling: compiled - start, running: .now - compiled)
  }

  private func compile(_ cell: Cell) async throws -> URL {
    do {
      let compiler = try await compiler()
      let task = Task { try await compiler.compile(cell) }
      work = task
      defer { work = nil }
      return try await task.value
    } catch let error as CellCompiler.Rejection {
      throw rejection(Diagnostics.ofCells(error.messages))
    } catch let error as Environment.BuildFailure {
      throw Failure(name: "PackageError", message: error.description, details: [error.description])
    } catch is CancellationError {
      throw interruption("It had not begun to run.")
    }
  }

  private func compiler() async throws -> CellCompiler {
    if environment == nil {
      if !EnvironmentBuilder(packages: packages, toolchain: toolchain).isBuilt {
        show(.text(stream: "stderr", "Building the library for this toolchain, once; it takes about a minute.\n"))
      }
      environment = try await Environment(packages: packages, toolchain: toolchain, reuse: .asItIs)
    }
    return CellCompiler(toolchain: toolchain, environment: environment!, folder: folder)
  }

  /// Variables behind the place where a cell failed have no values, and are not there for later cells.
  private func remember(_ cell: Cell, _ declarations: [Declaration], _ ending: Ending, _ library: URL) {
    var valued = Int.max
    if case .failed(_, _, let declared) = ending { valued = declared }
    let reached = declarations.filter { declaration in
      guard declaration.kind == .var else { return true }
      valued -= 1
      return valued >= 0
    }
    names.add(
      reached, imports: cell.imports, of: cell.module, isWhole: reached.count == declarations.count)
    history.append(Finished(library: library.path, entry: cell.entry))
  }

  // MARK: - The worker

  private func startedWorker() throws -> WorkerProcess {
    if let worker { return worker }
    lastWords = LastWords()
    let worker = try WorkerProcess(environment!.worker, report: folder.appending(path: "crash.txt"))
    self.worker = worker
    Task { for await output in worker.outputs { self.handle(output, of: worker) } }
    return worker
  }

  private func run(_ library: String, _ entry: String, in worker: WorkerProcess) async -> Ending {
    await withCheckedContinuation {
      ending = $0
      worker.send(.run(library: library, entry: entry))
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
    case .event(.input) where isReplaying: worker.send(.input(nil))
    case .event(.input): show(.inputWanted)
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
    case .input, .finished, .failed: break
    }
  }

  /// Passes on the line that a cell has asked for.
  public func input(_ line: String?) { worker?.send(.input(line)) }

  // MARK: - Interrupting

  /// Ends what runs: compiling at once, a cell at its next checkpoint or point of suspension, or with its worker.
  public func interrupt() {
    isInterrupted = true
    work?.cancel()
    guard let worker, ending != nil else { return }
    if isReplaying { return worker.kill() }
    worker.send(.interrupt)
    worker.send(.input(nil))
    let interrupted = count
    Task {
      try? await Task.sleep(for: Self.grace)
      if self.count == interrupted && self.ending != nil { worker.kill() }
    }
  }

  private func interruption(_ consequence: String) -> Failure {
    Failure(
      name: "Interrupted", message: "The cell was interrupted. \(consequence)",
      details: ["The cell was interrupted. \(consequence)"])
  }

  // MARK: - After a crash

  /// Describes how the worker died, and runs the earlier cells again in a new one.
  private func recover(from worker: WorkerProcess, file: String) async -> Failure {
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

  /// Returns what that means for the user.
  private func replay() async -> String {
    worker = nil
    guard !history.isEmpty else { return "No cell had run before it." }
    isReplaying = true
    isInterrupted = false
    defer { isReplaying = false }
    guard let worker = try? startedWorker() else { return forget("No new process could be started") }
    let start = ContinuousClock.now
    for cell in history {
      if case .died = await run(cell.library, cell.entry, in: worker) {
        return forget(
          isInterrupted
            ? "Running the earlier cells again was interrupted" : "One of the earlier cells ends too when run again")
      }
    }
    let time = (ContinuousClock.now - start).formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1)))
    return history.count == 1
      ? "The cell before it was run again (\(time)): its variables are back, in a new process."
      : "The \(history.count) cells before it were run again (\(time)): their variables are back, in a new process."
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

  // MARK: - Packages

  /// Makes packages importable, besides those that already are. Cells that have run are run again.
  ///
  /// - Returns: The names of their modules, and what happened to the earlier cells, if any.
  /// - Throws: ``Failure``.
  public func add(_ package: PackageReference) async throws -> (modules: [String], consequence: String?) {
    let packages = self.packages.contains(package) ? self.packages : self.packages + [package]
    do {
      environment = try await Environment(packages: packages, toolchain: toolchain, reuse: .updated)
    } catch let error as Environment.BuildFailure {
      throw Failure(name: "PackageError", message: "\(package) could not be built", details: [error.description])
    }
    self.packages = packages
    worker?.kill()
    worker = nil
    return (environment!.modules, history.isEmpty ? nil : await replay())
  }

  // MARK: - For the language server

  /// What the compiler is told, and the imports that bring what earlier cells have declared.
  public func languageServerContext() async -> (arguments: [String], imports: [String])? {
    guard EnvironmentBuilder(packages: packages, toolchain: toolchain).isBuilt, let compiler = try? await compiler()
    else { return nil }
    return (compiler.commonArguments, names.allImports)
  }

  private func rejection(_ messages: String) -> Failure {
    let hint = names.redeclaredTypes.sorted().first { messages.contains("'\($0)'") || messages.contains(".\($0)'") }
    let note = hint.map {
      "note: \($0) has been declared again. What earlier cells made of the old \($0) is of another type: run them again."
    }
    let lines = messages.split(separator: "\n").map(String.init) + (note.map { [$0] } ?? [])
    let first = lines.first { $0.contains(": error: ") } ?? lines.first ?? ""
    return Failure(name: "CompileError", message: first, details: lines)
  }
}
