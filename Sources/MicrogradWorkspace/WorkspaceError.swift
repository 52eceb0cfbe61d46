/// A reason why the lab cannot do what it was asked for, with the way to mend it.
package struct WorkspaceError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
