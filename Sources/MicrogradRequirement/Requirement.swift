/// Traps with a message unless the condition holds. Unlike `precondition`, it prints the message in release builds too.
@inlinable @inline(__always)
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { stop(message()) }
}

/// Traps with a message.
@usableFromInline @inline(never) package func stop(_ message: String) -> Never { fatalError(message) }
