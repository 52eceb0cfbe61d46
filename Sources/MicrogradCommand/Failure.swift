/// Something went wrong that is not a mistake in the call: one line on standard error, and exit status 1.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
