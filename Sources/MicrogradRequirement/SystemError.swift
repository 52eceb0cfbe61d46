#if !hasFeature(Embedded)
  import MicrogradPlatform

  /// The operating system's reason for a call that failed, such as "No such file or directory".
  package struct SystemError: Error, CustomStringConvertible {
    package let code: Int32

    package init(code: Int32) { self.code = code }

    /// The error of the call that has just failed.
    package static var latest: SystemError { SystemError(code: errno) }

    package var description: String { String(cString: strerror(code)) }
  }
#endif
