import CMicrogradNode

// Everything that the engine asks of a platform, and what stands for it where there is none: in WebAssembly, where one
// thread runs Embedded Swift without an operating system.

#if !hasFeature(Embedded)
  import MicrogradPlatform
  import MicrogradRequirement
  import Synchronization

  enum Platform {
    /// Whether the calling thread may be given values that another one recorded (see Handover.swift).
    static var mayReceiveValues: Bool { withUnsafeCurrentTask { $0 != nil } || mg_is_main_thread() }

    /// Memory in huge pages, where there are any and it is large enough. A page of 4 KiB holds 85 cells, and going through a large
    /// graph then takes twice as long.
    static func allocate(_ byteCount: Int, alignment: Int) -> UnsafeMutableRawPointer {
      #if os(Linux)
        let hugePage = 1 << 21
        if byteCount >= hugePage {
          let whole = (byteCount + hugePage - 1) & -hugePage  // So that the last page is one too.
          let memory = UnsafeMutableRawPointer.allocate(byteCount: whole, alignment: hugePage)
          madvise(memory, byteCount, MADV_HUGEPAGE)
          return memory
        }
      #endif
      return .allocate(byteCount: byteCount, alignment: alignment)
    }

    static func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// The calculation continues where nobody can read of it.
    static func writeToStandardError(_ text: String) { try? StandardStream.error.write(text) }
  }

  /// Something to do when a thread ends.
  struct EndOfThread {
    #if canImport(Darwin)
      typealias Action = @convention(c) (UnsafeMutableRawPointer) -> Void
    #else
      typealias Action = @convention(c) (UnsafeMutableRawPointer?) -> Void
    #endif
    private var key = pthread_key_t()

    init(_ action: Action) { pthread_key_create(&key, action) }

    /// Runs the action with this argument when the calling thread ends.
    func schedule(with argument: UnsafeMutableRawPointer) { pthread_setspecific(key, argument) }
  }

  extension Value: CustomReflectable {
    /// The number, the gradient and the label, as `dump` and debuggers show them.
    public var customMirror: Mirror {
      Mirror(self, children: ["data": data, "grad": grad, "label": label as Any], displayStyle: .struct)
    }
  }
#else
  enum Platform {
    static var mayReceiveValues: Bool { true }
    static func allocate(_ byteCount: Int, alignment: Int) -> UnsafeMutableRawPointer {
      .allocate(byteCount: byteCount, alignment: alignment)
    }
    static func environmentVariable(_ name: String) -> String? { nil }
    static func writeToStandardError(_ text: String) { print(text, terminator: "") }
  }

  /// The only thread does not end.
  struct EndOfThread {
    init(_ action: (UnsafeMutableRawPointer?) -> Void) {}
    func schedule(with argument: UnsafeMutableRawPointer) {}
  }

  /// A value that only one thread can use, since there is only one.
  final class Mutex<Value>: @unchecked Sendable {
    private var value: Value
    init(_ value: Value) { self.value = value }
    func withLock<Result>(_ body: (inout Value) -> Result) -> Result { body(&value) }
  }
#endif
