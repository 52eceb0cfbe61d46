#if !hasFeature(Embedded)
  import MicrogradPlatform
  import Synchronization

  /// Standard output and standard error, without a buffer, so that a failure to write is known at once.
  ///
  /// The whole package writes to them through this type. `print` has a buffer, and does not report whether its content was
  /// written.
  package enum StandardStream: Int32, CaseIterable {
    case output = 1
    case error = 2

    /// Whether somebody may be looking: the stream goes to a terminal.
    package var isTerminal: Bool { isatty(rawValue) == 1 }

    private static let failures = Mutex<[StandardStream: SystemError]>([:])

    /// Writes a whole text.
    ///
    /// - Throws: The system's error if writing fails. A caller may ignore it, since ``close()`` throws it again.
    package func write(_ text: String) throws(SystemError) {
      var text = text
      if let failure = text.withUTF8({ writeAll(UnsafeRawBufferPointer($0), to: rawValue) }) { throw kept(failure) }
    }

    /// Writes all bytes.
    ///
    /// - Throws: As for text.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
      if let failure = bytes.withUnsafeBytes({ writeAll($0, to: rawValue) }) { throw kept(failure) }
    }

    /// Closes the stream.
    ///
    /// - Throws: The first failure to write to the stream, or the failure to close it. Some file systems, such as NFS,
    ///   report only then that there is no room for what was written.
    package func close() throws(SystemError) {
      if systemClose(rawValue) != 0 { throw kept(.latest) }
      if let failure = Self.failures.withLock({ $0[self] }) { throw failure }
    }

    private func kept(_ failure: SystemError) -> SystemError {
      Self.failures.withLock { failures in
        let first = failures[self] ?? failure
        failures[self] = first
        return first
      }
    }
  }

  /// Writes all bytes to a file that is open. Returns the system's error if that fails.
  package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> SystemError? {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Apple's systems write at most 2 GiB at once.
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      let count = write(descriptor, part.baseAddress, part.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        waitUntilWritable(descriptor)
      } else if errno != EINTR {
        return SystemError.latest
      }
    }
    return nil
  }

  /// Waits until a stream accepts more bytes. A slow reader may have made it non-blocking.
  private func waitUntilWritable(_ descriptor: Int32) {
    var stream = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&stream, 1, -1)
  }

  /// The system's function, under a name that no method hides.
  private func systemClose(_ file: Int32) -> Int32 { close(file) }
#endif
