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
        Self.end(by: number)
      }
      source.resume()
      return source
    }
  }

  /// Ends the process by a signal, so that its parent learns why, even if the signal is blocked as the parent left it.
  private static func end(by number: Int32) {
    signal(number, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
