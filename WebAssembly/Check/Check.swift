import Bridge
import MicrogradFigures
import MicrogradJSON
import MicrogradLanguage

// A module for the test that compares WebAssembly with the processor: it is part of no page.

/// Answers a request with a `seed`: what `Agreement.swift` computes from it.
@_expose(wasm, "micrograd_call") public func call(_ request: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<
  UInt8
> {
  respond(to: request, length: length) { request in
    guard let seed = request["seed"]?.integer, seed >= 0 else {
      return Reply(error: Localized(en: "There is no seed.", fr: "Il n'y a pas de graine."))
    }
    return Reply(
      .object([]), buffers: [exactNumbers(seed: seed), closeNumbers(seed: seed), expression(seed: seed)])
  }
}
