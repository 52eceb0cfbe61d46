import Dispatch
import MicrogradPlatform

/// A word at Ctrl-C, or when a job is ended, on how a sweep continues. The process then ends by the signal.
final class SweepInterruption {
  private let sources: [any DispatchSourceSignal]

  /// Waits for signals until it is released.
  ///
  /// - Parameter note: What to say on standard error.
  init(note: String) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        Terminal.note("\n\(note)")
        // The parent learns that it was the signal.
        signal(number, SIG_DFL)
        kill(getpid(), number)
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
