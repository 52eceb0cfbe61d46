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
      if let failure = text.withUTF8({ write(UnsafeRawBufferPointer($0)) }) { throw kept(failure) }
    }

    /// Writes all bytes.
    ///
    /// - Throws: As for text.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
      if let failure = bytes.withUnsafeBytes({ write($0) }) { throw kept(failure) }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> SystemError? {
      var rest = bytes[...]
      while !rest.isEmpty {
        // Apple's systems write at most 2 GiB at once.
        let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
        let count = systemWrite(rawValue, part.baseAddress, part.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          waitUntilWritable()
        } else if errno != EINTR {
          return SystemError.latest
        }
      }
      return nil
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

    /// Waits until the stream accepts more bytes. A slow reader may have made it non-blocking.
    private func waitUntilWritable() {
      var stream = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
      poll(&stream, 1, -1)
    }
  }

  // The system's functions, under names that no method hides.

  private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, bytes, count)
  }
  private func systemClose(_ file: Int32) -> Int32 { close(file) }
#endif
