import MicrogradRequirement

/// Whether a value of another thread may be used here without a race.
///
/// Counts and gradients are not atomic, so values may change threads only where one thread's work ends before the
/// other's begins. Within tasks the compiler sees to that: `Value` is not `Sendable`, so an `await` can move it, but
/// two tasks cannot share it. The main thread may receive what a task has made. Anything else got here past the
/// compiler (by `nonisolated(unsafe)`, or code in an older language mode), and is stopped before it counts wrongly.
func checkHandover() {
  if !Platform.mayReceiveValues {
    stop(
      """
      micrograd: a Value of another thread is used on this one. A Value belongs to one thread: give each thread a model \
      of its own and pass numbers between them, or do the work in tasks (async), which may move between threads.
      """)
  }
}
