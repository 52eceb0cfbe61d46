import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

// What the module exports to JavaScript (see `Sources/MicrogradFigures/Page/Web/engine.js`): memory for a request, and the
// last reply with its numbers. The two entries, Graph and Playground, export the call itself.

/// The last reply, as text in UTF-8 and as numbers. A page has one thread.
nonisolated(unsafe) private var text: [UInt8] = []
nonisolated(unsafe) private var buffers: [[Double]] = []

/// Answers a request, which is JSON in UTF-8.
///
/// - Returns: The reply as JSON in UTF-8, which stays in place until the next request.
package func respond(
  to request: UnsafePointer<UInt8>, length: Int, _ answer: (JSON) -> Reply
) -> UnsafePointer<UInt8> {
  let reply: Reply
  do {
    reply = answer(try JSON(parsing: Array(UnsafeBufferPointer(start: request, count: length))))
  } catch {
    reply = Reply(
      error: Localized(
        en: "The request is not JSON: \(error.description)", fr: "La requête n’est pas du JSON : \(error.description)"
      ))
  }
  text = Array(reply.json.description.utf8)
  buffers = reply.buffers
  return start(of: text)
}

/// The address of an array that is not changed before the next request.
private func start<Element>(of array: [Element]) -> UnsafePointer<Element> {
  array.withUnsafeBufferPointer { $0.baseAddress! }
}

/// The count of bytes of the last reply.
@_expose(wasm, "micrograd_reply_length") public func replyLength() -> Int { text.count }

/// The count of arrays of numbers that belong to the last reply.
@_expose(wasm, "micrograd_buffer_count") public func bufferCount() -> Int { buffers.count }

/// One of these arrays, as double-precision numbers.
@_expose(wasm, "micrograd_buffer") public func buffer(_ index: Int) -> UnsafePointer<Double>? {
  buffers[index].isEmpty ? nil : start(of: buffers[index])
}

/// The count of numbers in one of these arrays.
@_expose(wasm, "micrograd_buffer_length") public func bufferLength(_ index: Int) -> Int { buffers[index].count }
