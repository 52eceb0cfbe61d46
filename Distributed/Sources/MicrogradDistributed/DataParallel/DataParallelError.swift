#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A training that ranks cannot do together, and how to mend it. All ranks throw the same.
public struct DataParallelError: Error, Sendable, Equatable {
  /// The error in words, with its mend.
  public let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension DataParallelError: CustomStringConvertible, LocalizedError {
  /// The error in words, with its mend.
  public var description: String { reason }

  /// The description.
  public var errorDescription: String? { description }
}
