import Bridge
import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

// The small module of a page that steps through a graph.

nonisolated(unsafe) private let dispatcher = SteppingDispatcher()

/// Answers a request of such a page.
@_expose(wasm, "micrograd_call") public func call(_ request: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<
  UInt8
> {
  respond(to: request, length: length) { request in
    dispatcher.answer(request)
      ?? Reply(
        error: Localized(en: "The request names no action that exists.", fr: "La requête ne nomme aucune action."))
  }
}
