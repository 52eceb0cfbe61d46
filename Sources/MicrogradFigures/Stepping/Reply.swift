import MicrogradJSON
import MicrogradLanguage

/// The answer of the engine to a request of a page: a JSON value, and numbers that are too many for text.
package struct Reply: Sendable {
  /// The answer.
  package var json: JSON
  /// Arrays of numbers, which the page reads from memory.
  package var buffers: [[Double]]

  package init(_ json: JSON, buffers: [[Double]] = []) {
    self.json = json
    self.buffers = buffers
  }

  /// Creates the answer to a request that cannot be met: what was wrong, and how to mend it.
  package init(error: Localized) { self.init(.object([("error", .localized(error))])) }
}
