internal import CMicrogradMPI

/// An operation among all ranks that was started and may not be done yet.
///
/// Each request must be waited for, or asked until it is done.
public struct Request: ~Copyable {
  /// Nil if there was nothing to do.
  private var handle: MGMPIRequest?

  init(_ handle: MGMPIRequest?) { self.handle = handle }

  /// Returns whether the operation is done, and lets MPI work on it.
  public mutating func isDone() throws(MPIError) -> Bool {
    guard var request = handle else { return true }
    var isDone = false
    try MPIError.check(mg_mpi_test(&request, &isDone), "test")
    handle = isDone ? nil : request
    return isDone
  }

  /// Waits until the operation is done.
  public consuming func wait() throws(MPIError) {
    guard var request = handle else { return }
    try MPIError.check(mg_mpi_wait(&request), "wait")
  }
}
