import Foundation

/// An address at which other programs can connect.
struct Listener {
  private let descriptor: Int32

  /// Opens an address.
  ///
  /// - Throws: ``ZMTPError/notLoopback(_:)``, ``ZMTPError/unavailable(_:reason:)``.
  init(at address: Socket.Address) throws {
    switch address {
    case .tcp(let host, let port): descriptor = try Self.open(host: host, port: port)
    case .unix(let path): descriptor = try Self.open(path: path)
    }
  }

  /// Passes on every connection, as long as the program runs.
  func run(_ accepted: @escaping @Sendable (Connection) -> Void) {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
    source.setEventHandler { [descriptor] in
      withExtendedLifetime(source) {}  // nobody else holds it
      let connected = accept(descriptor, nil, nil)
      guard connected >= 0 else { return }
      _ = fcntl(connected, F_SETFD, FD_CLOEXEC)
      Self.set(TCP_NODELAY, level: CInt(IPPROTO_TCP), of: connected)  // of no use for .unix, and no harm
      accepted(Connection(connected))
    }
    source.activate()
  }

  // MARK: - Addresses

  /// Parses an address. Names are not looked up, since they could belong to other machines.
  private static func open(host: String, port: Int) throws -> Int32 {
    let number = host == "localhost" ? "127.0.0.1" : host
    var hints = addrinfo(), found: UnsafeMutablePointer<addrinfo>?
    hints.ai_flags = AI_NUMERICHOST
    hints.ai_socktype = stream
    guard number == "::1" || number.hasPrefix("127."), getaddrinfo(number, String(port), &hints, &found) == 0,
      let address = found?.pointee
    else { throw ZMTPError.notLoopback(host) }
    defer { freeaddrinfo(found) }
    return try open(address.ai_addr, length: address.ai_addrlen, name: "\(host):\(port)")
  }

  private static func open(path: String) throws -> Int32 {
    var address = sockaddr_un(), status = stat()
    address.sun_family = sa_family_t(AF_UNIX)
    guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw ZMTPError.unavailable(path, reason: String(cString: strerror(ENAMETOOLONG)))
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    // A socket file that an earlier program left behind.
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
    return try withUnsafeBytes(of: &address) {
      try open($0.assumingMemoryBound(to: sockaddr.self).baseAddress!, length: socklen_t($0.count), name: path)
    }
  }

  private static func open(_ address: UnsafePointer<sockaddr>, length: socklen_t, name: String) throws -> Int32 {
    let descriptor = socket(CInt(address.pointee.sa_family), stream, 0)
    set(SO_REUSEADDR, level: SOL_SOCKET, of: descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    guard bind(descriptor, address, length) == 0, listen(descriptor, 128) == 0 else {
      let reason = String(cString: strerror(errno))
      close(descriptor)
      throw ZMTPError.unavailable(name, reason: reason)
    }
    return descriptor
  }

  private static func set(_ option: CInt, level: CInt, of descriptor: Int32) {
    var isOn: CInt = 1
    setsockopt(descriptor, level, option, &isOn, socklen_t(MemoryLayout<CInt>.size))
  }

  #if canImport(Glibc)
    private static let stream = CInt(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif
}
