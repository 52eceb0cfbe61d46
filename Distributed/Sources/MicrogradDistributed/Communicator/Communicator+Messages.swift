internal import CMicrogradMPI

extension Communicator {
  /// The description of a message that has arrived and was not received yet.
  public struct Envelope: Sendable, Hashable {
    /// The rank that sent it.
    public let source: Int

    /// The number that tells kinds of messages apart.
    public let tag: Int

    /// The number of bytes.
    public let count: Int
  }

  /// Sends bytes to a rank; returns when they can be changed, which may be before they are received.
  ///
  /// - Parameter tag: A number that tells kinds of messages apart, from 0 to 32,767.
  public func send(_ bytes: [UInt8], to rank: Int, tag: Int = 0) throws(MPIError) {
    let count = try Self.cCount(bytes.count, "send")
    // An empty array's address may be nil, which C does not take.
    let code = (bytes + [0]).withUnsafeBytes { mg_mpi_send($0.baseAddress!, count, CInt(rank), CInt(tag)) }
    try MPIError.check(code, "send to rank \(rank)")
  }

  /// Sends bytes to a rank without waiting for anything, even if the rank is dead.
  func post(_ bytes: [UInt8], to rank: Int, tag: Int) throws(MPIError) {
    _ = try hasPosted()
    let count = try Self.cCount(bytes.count, "send")
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
    copy.copyBytes(from: bytes)
    var request = MGMPIRequest()
    let code = mg_mpi_send_start(copy.baseAddress!, count, CInt(rank), CInt(tag), &request)
    posted.append((request, copy))
    try MPIError.check(code, "send to rank \(rank)")
  }

  /// Returns whether messages that were posted are not yet sent, and lets MPI work on them.
  func hasPosted() throws(MPIError) -> Bool {
    let messages = posted
    posted = []
    for (request, bytes) in messages {
      var request = request, isDone = false
      try MPIError.check(mg_mpi_test(&request, &isDone), "send")
      if isDone { bytes.deallocate() } else { posted.append((request, bytes)) }
    }
    return !posted.isEmpty
  }

  /// Returns the description of the next message without waiting for one: nil if none has arrived.
  ///
  /// - Parameter source: The rank that sends it, any if nil.
  /// - Parameter tag: The kind of message, any if nil.
  public func probe(from source: Int? = nil, tag: Int? = nil) throws(MPIError) -> Envelope? {
    var isThere = false, envelope = MGMPIEnvelope()
    try MPIError.check(mg_mpi_probe(CInt(source ?? -1), CInt(tag ?? -1), &isThere, &envelope), "probe")
    guard isThere else { return nil }
    return Envelope(source: Int(envelope.source), tag: Int(envelope.tag), count: Int(envelope.count))
  }

  /// Receives the message that `probe(from:tag:)` has described.
  public func receive(_ envelope: Envelope) throws(MPIError) -> [UInt8] {
    var code: CInt = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: max(envelope.count, 1)) { buffer, count in
      code = mg_mpi_receive(
        buffer.baseAddress!, CInt(envelope.count), CInt(envelope.source), CInt(envelope.tag))
      count = code == 0 ? envelope.count : 0
    }
    try MPIError.check(code, "receive from rank \(envelope.source)")
    return bytes
  }

  /// Waits for a message and receives it.
  ///
  /// The library waits busily, at the cost of a core. Who may have to wait for long calls `probe(from:tag:)` now and then.
  public func receive(from source: Int, tag: Int = 0) throws(MPIError) -> [UInt8] {
    while true {
      if let envelope = try probe(from: source, tag: tag) { return try receive(envelope) }
    }
  }
}
