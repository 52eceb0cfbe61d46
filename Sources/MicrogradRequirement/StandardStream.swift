#if !hasFeature(Embedded)
  import MicrogradPlatform
  import Synchronization

  /// Standard output and standard error, without a buffer: what cannot be written is known at once.
  ///
  /// Everything that the package writes to them goes through here. `print` has a buffer, and does not say what became of
  /// its content.
  package enum StandardStream: Int32, CaseIterable {
    case output = 1
    case error = 2

    private static let failures = Mutex<[StandardStream: SystemError]>([:])

    /// Writes all of a text.
    ///
    /// - Throws: What the system says if it cannot. It is kept, too, so that those who have nobody to tell may pass over
    ///   it: ``close()`` throws it again.
    package func write(_ text: String) throws(SystemError) {
      var text = text
      let failure = text.withUTF8 { bytes -> SystemError? in
        var rest = UnsafeRawBufferPointer(bytes)[...]
        while !rest.isEmpty {
          // Apple's systems take no more than 2 GiB at once.
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
      if let failure { throw kept(failure) }
    }

    /// Closes the stream.
    ///
    /// - Throws: What became of it: the first failure to write to it, or that of closing. Some file systems, such as NFS,
    ///   say only then that there is no room for what was written.
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

    /// A reader that is slow may have made the stream one that does not wait by itself.
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
