#if canImport(Runtime)
  import Runtime
#endif

/// A place in the user's program, for diagnostics: the innermost call that is not the library's own.
///
/// Operators cannot have a `#line` argument, so it is found in the call stack. Where the toolchain has no backtraces, or
/// the program no debug information, there is no place to tell.
struct CallSite {
  #if canImport(Runtime)
    /// A `Backtrace`; type-erased, because that is not available on older systems of Apple's.
    private let backtrace: Any
    /// Made once: it is most of the cost of a backtrace (300 of 303 µs).
    private static let images: (any Sendable)? = {
      if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) { ImageMap.capture() } else { nil }
    }()
  #endif

  @inline(never) static func capture() -> CallSite? {
    #if canImport(Runtime)
      guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *),
        let backtrace = try? Backtrace.capture(
          algorithm: .fast, limit: 24, top: 0, images: images as? ImageMap)
      else { return nil }
      return CallSite(backtrace: backtrace)
    #else
      return nil
    #endif
  }

  /// The file and the line. Takes about a millisecond.
  func resolve() -> (file: String, line: Int)? {
    #if canImport(Runtime)
      guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *),
        let frames = (backtrace as? Backtrace)?.symbolicated(with: CallSite.images as? ImageMap)?.frames
      else { return nil }
      return frames.lazy.compactMap { $0.symbol?.sourceLocation }
        .first { place in place.line > 0 && !CallSite.libraryFolders.contains { place.path.hasPrefix($0) } }
        .map { ($0.path, $0.line) }
    #else
      return nil
    #endif
  }

  /// The folders whose code is not the user's: this one, and that of the networks beside it.
  private static let libraryFolders: [String] = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    let sources = parts.dropLast(3).joined(separator: "/")
    return ["\(sources)/MicrogradEngine/", "\(sources)/MicrogradNetworks/"]
  }()
}
