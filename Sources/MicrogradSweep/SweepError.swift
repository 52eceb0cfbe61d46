/// A sweep, a record or settings that nothing can be run with, and how to mend it.
public struct SweepError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The error in words, with its mend.
  public let description: String

  /// Creates an error from its words.
  public init(_ description: String) { self.description = description }
}
