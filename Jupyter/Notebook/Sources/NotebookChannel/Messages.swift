/// A command of the kernel to its worker.
public enum WorkerCommand: Equatable, Sendable {
  /// Load a cell's library, and run the cell. If it is interrupted from the start, it runs up to its first checkpoint.
  case run(library: String, entry: String, isInterrupted: Bool)
  /// End the cell that runs, as soon as it can be ended.
  case interrupt
  /// The line that was asked for; `nil` if there is none.
  case input(String?)
  /// The shown value has been passed on.
  case shown
}

/// An event that the worker reports to the kernel.
public enum WorkerEvent: Equatable, Sendable {
  /// A value is shown: its representations by MIME type. With an identifier it can be replaced later.
  case display(Role, id: String?, [String: String])
  /// The output of the cell is to be removed, at once or when there is new output.
  case clear(wait: Bool)
  /// The cell wants a line of input.
  case input
  /// The cell ended. `declared` counts its variables that have a value now.
  case finished(declared: Int)
  /// The cell threw an error.
  case failed(type: String, message: String, declared: Int)
  /// The library of the cell cannot be loaded.
  case notLoaded(String)

  /// The role of a shown value.
  public enum Role: String, Sendable {
    /// The value of the cell's last expression.
    case result
    /// A value shown by `display`.
    case output
    /// A replacement of an earlier value.
    case update
  }
}

extension WorkerCommand {
  /// The command as a message.
  public var fields: [String] {
    switch self {
    case .run(let library, let entry, let isInterrupted):
      ["run", library, entry, isInterrupted ? "interrupted" : ""]
    case .interrupt: ["interrupt"]
    case .input(let line): ["input"] + (line.map { [$0] } ?? [])
    case .shown: ["shown"]
    }
  }

  /// Reads a message.
  public init?(fields: [String]) {
    switch fields.first {
    case "run" where fields.count == 4:
      self = .run(library: fields[1], entry: fields[2], isInterrupted: fields[3] == "interrupted")
    case "interrupt": self = .interrupt
    case "input": self = .input(fields.count > 1 ? fields[1] : nil)
    case "shown": self = .shown
    default: return nil
    }
  }
}

extension WorkerEvent {
  /// The event as a message.
  public var fields: [String] {
    switch self {
    case .display(let role, let id, let data):
      ["display", role.rawValue, id ?? ""] + data.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    case .clear(let wait): ["clear", wait ? "wait" : ""]
    case .input: ["input"]
    case .finished(let declared): ["finished", String(declared)]
    case .failed(let type, let message, let declared): ["failed", type, message, String(declared)]
    case .notLoaded(let message): ["notLoaded", message]
    }
  }

  /// Reads a message.
  public init?(fields: [String]) {
    switch (fields.first, fields.count) {
    case ("display", 3...):
      guard let role = Role(rawValue: fields[1]) else { return nil }
      let pairs = stride(from: 3, to: fields.count - 1, by: 2).map { (fields[$0], fields[$0 + 1]) }
      self = .display(
        role, id: fields[2].isEmpty ? nil : fields[2], Dictionary(pairs, uniquingKeysWith: { $1 }))
    case ("clear", 2): self = .clear(wait: fields[1] == "wait")
    case ("input", _): self = .input
    case ("finished", 2): self = .finished(declared: Int(fields[1]) ?? 0)
    case ("failed", 4): self = .failed(type: fields[1], message: fields[2], declared: Int(fields[3]) ?? 0)
    case ("notLoaded", 2): self = .notLoaded(fields[1])
    default: return nil
    }
  }
}
