internal import CMicrogradMPI

/// All ranks of an MPI job, as one of them sees them.
///
/// A program is started once for each rank by `mpirun` (or `srun`), and the ranks exchange messages; started without it, it is
/// the only rank. MPI is initialised with `MPI_THREAD_FUNNELED`: the thread that made the communicator is the only one that may
/// use it, while others compute. Errors are thrown (`MPI_ERRORS_RETURN`), as far as the library survives them.
///
/// Source: MPI: A Message-Passing Interface Standard, version 3.1, 2015.
public final class Communicator {
  /// This process's number, from 0 to `count - 1`.
  public let rank: Int

  /// The number of processes.
  public let count: Int

  /// The messages that were posted and not yet sent.
  var posted: [(request: MGMPIRequest, bytes: UnsafeMutableRawBufferPointer)] = []
  private var hasLostRanks = false

  /// Initialises MPI. A process can do so once.
  public init() throws(MPIError) {
    try MPIError.check(mg_mpi_start(), "initialisation")
    var rank: CInt = 0, count: CInt = 0
    try MPIError.check(mg_mpi_rank(&rank), "rank")
    try MPIError.check(mg_mpi_count(&count), "number of ranks")
    (self.rank, self.count) = (Int(rank), Int(count))
  }

  /// Finalises MPI: waits until all ranks do so. No other method can be used afterwards.
  ///
  /// If ranks are dead, it does not wait for them, and leaves MPI as it is.
  public func finalize() throws(MPIError) {
    let deadline = ContinuousClock.now + .seconds(1)
    while try hasPosted(), !hasLostRanks || .now < deadline {}
    if !hasLostRanks { try MPIError.check(mg_mpi_finish(), "finalisation") }
  }

  /// Notes that some ranks are dead: MPI, which would wait for them in vain, is not finalised.
  func loseRanks() { hasLostRanks = true }

  /// Ends all ranks with an exit status, when one of them cannot continue.
  public func abort(status: Int32 = 1) -> Never {
    mg_mpi_abort(status)
    fatalError("MPI_Abort returned")
  }

  /// The name and version of the MPI library, one line.
  public static var library: String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(mg_mpi_library_capacity())) { text in
      guard let address = text.baseAddress, mg_mpi_library(address) == 0 else { return "unknown" }
      return String(String(cString: address).prefix { !$0.isNewline }.map { $0.isWhitespace ? " " : $0 })
    }
  }

  /// Waits until all ranks have called this method.
  public func barrier() throws(MPIError) {
    try MPIError.check(mg_mpi_barrier(), "barrier")
  }

  /// A count as MPI takes it.
  static func cCount(_ count: Int, _ operation: String) throws(MPIError) -> CInt {
    guard let result = CInt(exactly: count) else {
      throw MPIError(operation, reason: "\(count) elements are more than a message can have, \(CInt.max)")
    }
    return result
  }
}

/// A Swift program's communicator is used by one thread, see `Communicator`.
@available(*, unavailable)
extension Communicator: Sendable {}
