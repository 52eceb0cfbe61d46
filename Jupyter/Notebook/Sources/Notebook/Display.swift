/// Shows a value below the cell that runs, and lets it be replaced later.
///
/// ```swift
/// let curve = display(Plot.curves([]))
/// for step in 0..<100 {
///   …
///   curve.update(Plot.curves([Series("error", values: errors)]))
/// }
/// ```
@discardableResult
public func display(_ value: some Any) -> Display {
  let display = Display(id: "display-\(UInt64.random(in: 0 ... .max))")
  Worker.shared.show(value, as: .output, id: display.id)
  return display
}

/// A shown value, which can be replaced.
public struct Display: Sendable {
  let id: String

  /// Replaces it by another value.
  public func update(_ value: some Any) { Worker.shared.show(value, as: .update, id: id) }
}

/// Removes the output of the cell so far: at once or, without a flicker, when there is new output.
public func clearOutput(wait: Bool = false) { Worker.shared.clearOutput(wait: wait) }
