public import CellSyntax
import Foundation
import NotebookChannel

/// The cells of a notebook, which run one after the other, and the names that they declare.
///
/// Cells run in a worker. When it dies, by a cell that traps or by an interrupt that nothing else could bring about,
/// a new one runs the earlier cells again, which are still there as libraries.
public actor CellSession {
  /// An output of a cell.
  public enum Output: Sendable {
    /// Text on one of the standard streams.
    case text(stream: String, String)
    /// The value of the cell.
    case result([String: String])
    /// A shown value, which can be replaced if it has an identifier.
    case display([String: String], id: String?)
    /// A replacement.
    case update([String: String], id: String)
    /// A request to remove the outputs so far.
    case clear(wait: Bool)
    /// A request for a line of input.
    case inputWanted
  }

  /// The reason why a cell failed.
  public struct Failure: Error, Sendable {
    /// A short name.
    public let name: String
    /// A description of the error.
    public let message: String
    /// All details that help to find the cause, line by line.
    public let details: [String]

    /// Creates a failure.
    public init(name: String, message: String, details: [String]) {
      self.name = name
      self.message = message
      self.details = details
    }
  }

  /// The durations of a cell's steps.
  public struct Timing: Sendable {
    /// The time to compile it.
    public let compiling: Duration
    /// The time to run it.
    public let running: Duration
  }

  /// A cell that has been run, and can be run again.
  struct Finished: Sendable {
    let file: String
    let library: String
    let entry: String
    /// The input that the user has typed for it.
    let input: [String?]
    let end: End

    enum End: Sendable { case whole, failed, interrupted }
  }

  /// The outcome of a cell in a worker.
  enum Ending: Sendable {
    case finished(declared: Int)
    case failed(type: String, message: String, declared: Int)
    case notLoaded(String)
    case died
  }

  /// The names that cells have declared so far.
  public internal(set) var names = Names()
  /// The toolchain that compiles them.
  public nonisolated let toolchain: Toolchain
  var environment: Environment?
  var packages: [PackageReference] = []

  let folder: TemporaryFolder
  let show: @Sendable (Output) -> Void
  var worker: WorkerProcess?
  var history: [Finished] = []
  var count = 0
  var ending: CheckedContinuation<Ending, Never>?
  private var work: (cancel: @Sendable () -> Void, end: @Sendable () async -> Void)?
  var isInterrupted = false
  var isReplaying = false
  private var isClosed = false
  var lastWords = LastWords()
  /// The input that the user has typed for the running cell; if the cell is run again, the part that is not read yet.
  var typed: [String?] = []
  var isInputWanted = false

  /// Creates a session.
  ///
  /// - Parameters:
  ///   - toolchain: The toolchain that compiles the cells.
  ///   - folder: The folder for the files of the cells.
  ///   - show: Called with each output of a cell while it runs.
  public init(toolchain: Toolchain, folder: TemporaryFolder, show: @escaping @Sendable (Output) -> Void) {
    self.toolchain = toolchain
    self.folder = folder
    self.show = show
  }

  /// Ends whatever runs. Nothing is written to the folder any more.
  public func close() async {
    isClosed = true
    reset()
    cancelWork()
    await work?.end()
  }

  // MARK: - Running

  /// Runs a cell.
  ///
  /// - Parameter file: The name of the cell in messages, such as `In[3]`.
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
    typed = []
    let ending = await run(library.path, cell.entry, in: worker)
    switch ending {
    case .died: throw await recover(from: worker, file: file)
    case .notLoaded(let message): throw Failure(name: "LoadError", message: message, details: [message])
    case .failed(let type, let message, let declared):
      remember(cell, file, library, declared: declared, isInterrupted ? .interrupted : .failed)
      throw isInterrupted
        ? interruption("The variables keep their values.")
        : Failure(name: type, message: message, details: ["\(type): \(message)"])
    case .finished: remember(cell, file, library, declared: .max, .whole)
    }
    return Timing(compiling: compiled - start, running: .now - compiled)
  }

  private func compile(_ cell: Cell) async throws -> URL {
    do {
      let compiler = try await compiler()
      return try await interruptible { try await compiler.compile(cell) }
    } catch let error as CellCompiler.Rejection {
      throw rejection(Diagnostics.ofCells(error.messages))
    } catch let error as Environment.BuildFailure {
      throw Failure(name: "PackageError", message: error.description, details: [error.description])
    } catch is CancellationError {
      throw interruption("It had not begun to run.")
    }
  }

  /// Removes the variables after the point where a cell failed: they have no values, so later cells cannot use them.
  private func remember(_ cell: Cell, _ file: String, _ library: URL, declared: Int, _ end: Finished.End) {
    var valued = declared
    let reached = cell.declarations.filter { declaration in
      guard declaration.kind == .var else { return true }
      valued -= 1
      return valued >= 0
    }
    names.add(
      reached, imports: cell.imports, of: cell.module, isWhole: reached.count == cell.declarations.count)
    history.append(Finished(file: file, library: library.path, entry: cell.entry, input: typed, end: end))
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

  func interruption(_ consequence: String) -> Failure {
    let message = "The cell was interrupted. \(consequence)"
    return Failure(name: "Interrupted", message: message, details: [message])
  }

  // MARK: - Compiling and building

  /// Runs a task outside of the worker that an interrupt ends.
  ///
  /// - Throws: `CancellationError` if there was one.
  func interruptible<T: Sendable>(_ operation: @escaping @Sendable () async throws -> T) async throws -> T {
    guard !isClosed else { throw CancellationError() }
    let task = Task { try await operation() }
    work = ({ task.cancel() }, { _ = await task.result })
    defer { work = nil }
    return try await task.value
  }

  func cancelWork() { work?.cancel() }
}
