import Foundation
public import JSONValue

/// A message of the Jupyter protocol, version 5.4.
///
/// Source: [Messaging in Jupyter](https://jupyter-client.readthedocs.io/en/stable/messaging.html).
public struct Message: Sendable {
  /// The version of the protocol.
  public static let protocolVersion = "5.4"
  private static let delimiter = Array("<IDS|MSG>".utf8)

  /// The identities of the peers that get the answer, or the topic of a published message.
  public var identities: [[UInt8]]
  /// The sender, the time and the type.
  public var header: JSON
  /// The header of the message that it answers, or that caused it.
  public var parent: JSON
  /// Additional data that are not part of the content.
  public var metadata: JSON
  /// The content, by type.
  public var content: JSON

  /// The type, such as `execute_request`.
  public var type: String { header["msg_type"]?.string ?? "" }

  /// Creates a message that answers another one, or was caused by it.
  public init(_ type: String, _ content: JSON, to request: Message?, session: String, metadata: JSON = [:]) {
    identities = request?.identities ?? []
    header = [
      "msg_id": .string(UUID().uuidString), "session": .string(session), "username": "kernel",
      "date": .string(Date().formatted(.iso8601.time(includingFractionalSeconds: true))),
      "msg_type": .string(type), "version": .string(Self.protocolVersion),
    ]
    parent = request?.header ?? [:]
    self.metadata = metadata
    self.content = content
  }

  /// Reads a message. Returns `nil` if it is not one, or if its signature is wrong.
  public init?(parts: [[UInt8]], signer: Signer) {
    guard let start = parts.firstIndex(of: Self.delimiter), parts.count >= start + 6 else { return nil }
    let fields = parts[start + 2..<start + 6]
    guard signer.isValid(parts[start + 1], of: fields) else { return nil }
    let values = fields.compactMap { try? JSON(parsing: $0) }
    guard values.count == 4, values[0]["msg_type"]?.string != nil else { return nil }
    identities = Array(parts[..<start])
    (header, parent, metadata, content) = (values[0], values[1], values[2], values[3])
  }

  /// The parts to send.
  public func parts(signer: Signer) -> [[UInt8]] {
    let fields = [header, parent, metadata, content].map(\.bytes)
    return identities + [Self.delimiter, signer.signature(of: fields)] + fields
  }
}
