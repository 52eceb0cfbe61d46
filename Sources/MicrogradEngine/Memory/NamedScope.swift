import CMicrogradNode

/// Runs `body`, whose computation is a part of a larger one, and gives the part a name for drawings.
///
/// ```swift
/// func callAsFunction(_ x: [Value]) -> [Value] {
///   let hidden = namedScope("hidden") { weights.map { dot($0, x).tanh() } }
///   return namedScope("output") { output.map { dot($0, hidden) } }
/// }
/// ```
///
/// Where somebody asks for the names by ``withNamedScopes(_:)``, all that `body` records belongs to the part, and is drawn as
/// a box that opens. Elsewhere `body` runs as if it stood alone. Scopes inside each other become boxes inside each other;
/// several of the same name are numbered.
///
/// - Parameters:
///   - name: The name; it is asked for only where it is used.
///   - body: The computation.
/// - Complexity: About two nanoseconds where nobody asks; where somebody does, some 100 ns for each value.
@inlinable public func namedScope<Result, Failure: Error>(
  _ name: @autoclosure () -> String, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  guard let recorder = ScopeRecorder.current else { return try body() }
  let scope = recorder.open(name())
  defer { recorder.close(scope) }
  return try body()
}

/// Runs `body`, and keeps the names of its scopes (``namedScope(_:_:)``) with the values that it records: a graph of these values
/// is drawn with a box for each scope.
///
/// ```swift
/// let loss = withNamedScopes { model.loss(tokens) }
/// GraphFigure(loss.graph()).svg()
/// ```
///
/// It is about the calling thread. The numbers are the same with names and without.
public func withNamedScopes<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let arena = Arena.mine, outer = arena.pointee.scopes
  arena.pointee.scopes = outer ?? ScopeRecorder()
  defer { arena.pointee.scopes = outer }
  return try body()
}

/// A scope that was run once, with the scope that it ran in.
package final class NamedScope: Sendable {
  package let name: String
  package let outer: NamedScope?

  init(_ name: String, in outer: NamedScope?) {
    self.name = name
    self.outer = outer
  }
}

/// Keeps the names of a thread's scopes.
@usableFromInline final class ScopeRecorder {
  /// The innermost scope that is open.
  private var innermost: NamedScope?

  /// The calling thread's recorder; nil if nobody asks for names.
  @usableFromInline static var current: ScopeRecorder? {
    mg_tape().pointee.arena.flatMap { $0.assumingMemoryBound(to: Arena.self).pointee.scopes }
  }

  /// A scope that is open: the place of the first cell that is recorded in it.
  @usableFromInline struct Opened {
    fileprivate let scope: NamedScope
    /// The order of its slab, and where the cell is or will be; nil if that will be in a slab that is still to come.
    fileprivate let order: Int, first: Cell?
  }

  @usableFromInline func open(_ name: String) -> Opened {
    let scope = NamedScope(name, in: innermost)
    innermost = scope
    let slab = Arena.mine.pointee.newest
    return Opened(scope: scope, order: slab?.header.pointee.order ?? -1, first: mg_tape().pointee.next)
  }

  /// Gives the scope's name to all that was recorded since and is alive, but for what inner scopes have named.
  @usableFromInline func close(_ opened: Opened) {
    innermost = opened.scope.outer
    var next = Arena.mine.pointee.newest
    while let slab = next, slab.header.pointee.order >= opened.order {
      let isFirst = slab.header.pointee.order == opened.order
      var cell = isFirst ? opened.first ?? slab.first : slab.first
      let end = slab == Arena.mine.pointee.current ? mg_tape().pointee.next ?? slab.first : slab.end
      while cell < end {
        if cell.pointee.count != 0, !cell.isLeaf { Labels.set(cell, opened.scope) }
        cell += 1
      }
      next = slab.header.pointee.older
    }
  }
}
