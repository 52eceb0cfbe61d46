import CMicrogradKernels
import MicrogradEngine

/// Threads that take steps together.
final class Team {
  let pointer: OpaquePointer
  let threads: Int

  /// Nil if there is nothing to share, or no thread can be had.
  init?(threads: Int) {
    guard threads > 1 else { return nil }
    Arena.freeDoomed()
    guard let pointer = mg_team_create(Int32(threads)) else { return nil }
    self.pointer = pointer
    self.threads = threads
  }

  deinit { mg_team_destroy(pointer) }

  /// Multiplications in a step of some 20 µs: below that, waiting for each other takes more time than is won.
  static let worthwhileWork = 1_000_000
}
