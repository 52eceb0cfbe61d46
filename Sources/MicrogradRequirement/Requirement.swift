import MicrogradPlatform

/// Traps with a message unless the condition holds. Unlike `precondition`, it prints the message in release builds too.
@inlinable @inline(__always)
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { stop(message()) }
}

/// Traps with a message.
@usableFromInline @inline(never) package func stop(_ message: String) -> Never {
  #if hasFeature(Embedded)
    // `fatalError` traps without its message there.
    Array(message.utf8).withUnsafeBufferPointer { micrograd_stop($0.baseAddress!, $0.count) }
  #else
    fatalError(message)
  #endif
}
