/// A loss, data or settings that a program cannot work with, and how to mend it.
public struct ProgramError: Error, CustomStringConvertible, Sendable {
  /// The error in words, with its mend.
  public let description: String
  package init(_ description: String) { self.description = description }
}
