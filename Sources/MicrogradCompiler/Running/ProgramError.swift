/// What a program cannot do, and how to mend it.
public struct ProgramError: Error, CustomStringConvertible, Sendable {
  /// The whole story, for people.
  public let description: String
  package init(_ description: String) { self.description = description }
}
