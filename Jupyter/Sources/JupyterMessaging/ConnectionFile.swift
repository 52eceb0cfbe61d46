import Foundation
import ZMTP

/// The file in which a front end tells a kernel where to listen.
public struct ConnectionFile: Decodable, Sendable {
  /// `tcp` or `ipc`.
  public let transport: String
  /// The interface or, for `ipc`, the beginning of the paths.
  public let ip: String
  /// The key for signatures. If it is empty, messages are not signed.
  public let key: String
  let signatureScheme: String?
  let shellPort, iopubPort, stdinPort, controlPort, heartbeatPort: Int

  private enum CodingKeys: String, CodingKey {
    case transport, ip, key
    case signatureScheme = "signature_scheme"
    case shellPort = "shell_port"
    case iopubPort = "iopub_port"
    case stdinPort = "stdin_port"
    case controlPort = "control_port"
    case heartbeatPort = "hb_port"
  }

  /// Reads a connection file.
  ///
  /// - Throws: The system's error if it cannot be read; ``Unsupported`` if it requires a feature that this kernel lacks.
  public init(at path: String) throws {
    self = try JSONDecoder().decode(ConnectionFile.self, from: Data(contentsOf: URL(filePath: path)))
    if let signatureScheme, !key.isEmpty, signatureScheme != "hmac-sha256" {
      throw Unsupported(description: "signatures by \(signatureScheme); this kernel knows hmac-sha256")
    }
    guard ["tcp", "ipc"].contains(transport) else {
      throw Unsupported(description: "the transport \(transport); this kernel knows tcp and ipc")
    }
  }

  /// A feature that the file requires, and this kernel lacks.
  public struct Unsupported: Error, CustomStringConvertible {
    /// A description of the feature.
    public let description: String
  }

  func address(_ port: Int) -> Socket.Address {
    transport == "ipc" ? .unix(path: "\(ip)-\(port)") : .tcp(host: ip, port: port)
  }
}
