import Foundation

/// A stream of bytes in both directions.
final class Connection: Sendable {
  private let channel: DispatchIO
  private let queue = DispatchQueue(label: "ZMTP")
  /// The bytes from the other end, until one of the two ends closes the connection.
  let bytes: AsyncStream<[UInt8]>

  /// Takes over a socket that is connected.
  init(_ descriptor: Int32) {
    channel = DispatchIO(type: .stream, fileDescriptor: descriptor, queue: queue) { _ in Foundation.close(descriptor)
    }
    channel.setLimit(lowWater: 1)
    let (bytes, continuation) = AsyncStream.makeStream(of: [UInt8].self)
    self.bytes = bytes
    channel.read(offset: 0, length: .max, queue: queue) { isDone, data, _ in
      if let data, !data.isEmpty { continuation.yield(Array(data)) }
      if isDone { continuation.finish() }
    }
  }

  /// Sends bytes. Can be called from any thread; the order is kept. Nothing happens if the other end is gone.
  func send(_ bytes: [UInt8]) {
    channel.write(offset: 0, data: bytes.withUnsafeBytes { DispatchData(bytes: $0) }, queue: queue) { _, _, _ in }
  }

  /// Ends the connection.
  func close() { channel.close(flags: .stop) }
}
