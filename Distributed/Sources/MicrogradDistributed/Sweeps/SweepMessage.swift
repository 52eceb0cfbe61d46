import MicrogradSweep

/// The kinds of messages between the manager of a sweep and its workers, as MPI's tags.
enum SweepMessage: Int {
  /// From both, every second: a sign of life.
  case alive = 1
  /// From the manager: a trial to run, as JSON.
  case trial
  /// From a worker: a result, as the line of a record.
  case result
  /// From the manager: there are no more trials.
  case stop
  /// From a worker: it takes no more trials. Its reason, if the manager has not told it to stop.
  case bye
  /// From the manager, when no worker that lives takes any: `SweepManager.ranksAreDead`, or nothing.
  case end
}

extension Communicator {
  func post(_ message: SweepMessage, _ text: String = "", to rank: Int) throws(MPIError) {
    try post(Array(text.utf8), to: rank, tag: message.rawValue)
  }

  /// Returns the next message that has arrived; nil if there is none.
  func nextSweepMessage() throws(MPIError) -> (message: SweepMessage, source: Int, text: String)? {
    guard let envelope = try probe() else { return nil }
    let bytes = try receive(envelope)
    guard let message = SweepMessage(rawValue: envelope.tag) else {
      throw MPIError("sweep", reason: "a message of an unknown kind, \(envelope.tag), from rank \(envelope.source)")
    }
    return (message, envelope.source, String(decoding: bytes, as: UTF8.self))
  }
}
