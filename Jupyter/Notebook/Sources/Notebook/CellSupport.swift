// The functions and types that the kernel's code around a cell uses. They are public for that reason only.

/// Registers the function that runs the cell that has just been loaded.
public func _register(_ cell: @escaping @MainActor () async throws -> Void) { Worker.shared.load(cell) }

/// Shows the value of a cell's last expression, unless it is nothing.
public func _show<T>(_ value: T) {
  if T.self != Void.self { Worker.shared.show(value, as: .result, id: nil) }
}

/// Reports that the next variables of the cell have their values.
public func _declared(_ count: Int) { Worker.shared.declared(count) }

/// Throws if the user has interrupted the cell.
public func _checkpoint() throws {
  if Worker.shared.isInterrupted { throw Interruption() }
}

struct Interruption: Error, CustomStringConvertible {
  var description: String { "the cell was interrupted" }
}

/// The value of a variable between the moment it is computed and the moment it is declared.
///
/// A global variable's initial value may neither throw nor wait. So a cell's `let x = try await f()` becomes a function
/// without a name, which the cell calls where the declaration stood, a slot for what it returns, and a variable that
/// takes its value from there. The compiler finds each type through the one before.
public final class _Slot<Value> {
  /// The value.
  public var value: Value?

  /// Creates a slot for the value of a function, which is not called here.
  public init(for compute: @MainActor () throws -> Value) {}

  /// Creates a slot for the value of a function, which is not called here.
  public init(for compute: @MainActor () async throws -> Value) {}

  /// Creates a slot for the wrapped value of a function's optional. The function is not called here.
  public init(unwrapping compute: @MainActor () throws -> Value?) {}

  /// Creates a slot for the wrapped value of a function's optional. The function is not called here.
  public init(unwrapping compute: @MainActor () async throws -> Value?) {}

  /// Returns the value, and empties the slot.
  public func take() -> Value {
    defer { value = nil }
    return value!
  }
}

/// A variable that is declared first and gets its value later.
public final class _Deferred<Value> {
  private let name: String
  private var storage: Value?

  /// Creates a variable without a value.
  public init(_ name: String) { self.name = name }

  /// The value.
  public var value: Value {
    get {
      guard let storage else { fatalError("\(name) is used before it has a value") }
      return storage
    }
    set { storage = newValue }
  }
}
