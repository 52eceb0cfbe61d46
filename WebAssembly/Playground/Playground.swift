import Bridge
import MicrogradFigures
import MicrogradJSON
import MicrogradPlayground

// The module of the playground: all that it asks, and stepping through graphs.

nonisolated(unsafe) private let dispatcher = PlaygroundDispatcher()

/// Answers a request of the playground's page.
@_expose(wasm, "micrograd_call") public func call(_ request: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<
  UInt8
> {
  respond(to: request, length: length) { dispatcher.answer($0) }
}
