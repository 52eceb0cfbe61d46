internal import CMicrogradMPI
#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// An error that MPI reports.
public struct MPIError: Error, Sendable, Equatable {
  /// The operation that failed, such as `allreduce`.
  public let operation: String

  /// The words of the MPI library.
  public let reason: String

  /// The error of an operation.
  init(_ operation: String, reason: String) {
    (self.operation, self.reason) = (operation, reason)
  }

  /// Throws if `code` is not that of success.
  static func check(_ code: CInt, _ operation: String) throws(MPIError) {
    guard code != 0 else { return }
    let words = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(mg_mpi_error_capacity())) { text in
      text.initialize(repeating: 0)
      guard let address = text.baseAddress else { return "" }
      mg_mpi_error(code, address)
      return String(cString: address)
    }
    throw MPIError(operation, reason: words.isEmpty ? "error \(code)" : words)
  }
}

extension MPIError: CustomStringConvertible, LocalizedError {
  /// The operation and the reason.
  public var description: String { "MPI, \(operation): \(reason)" }

  /// The description.
  public var errorDescription: String? { description }
}
