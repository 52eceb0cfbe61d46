#if os(Linux)
  import MicrogradPlatform

  /// A filter of system calls, for Bubblewrap: threads may be made, but no processes. Otherwise a program that only makes
  /// copies of itself could bring the machine to a halt until its time is over.
  ///
  /// It is a program for the kernel's packet filter, as `seccomp(2)` describes it.
  enum SystemCallFilter {
    #if arch(x86_64)
      private static let architecture: UInt32? = 0xc000_003e
      private static let fork: [UInt32] = [57, 58]
      private static let clone: UInt32 = 56
    #elseif arch(arm64)
      private static let architecture: UInt32? = 0xc000_00b7
      private static let fork: [UInt32] = []
      private static let clone: UInt32 = 220
    #else
      private static let architecture: UInt32? = nil
      private static let fork: [UInt32] = []
      private static let clone: UInt32 = 0
    #endif
    private static let clone3: UInt32 = 435

    /// The filter, or nil if there is none for this processor.
    static let program: [UInt8]? = {
      guard let architecture else { return nil }
      let load: UInt16 = 0x20, jumpIfEqual: UInt16 = 0x15, jumpIfSet: UInt16 = 0x45, give: UInt16 = 0x06
      let allow: UInt32 = 0x7fff_0000, refuse: UInt32 = 0x0005_0000, kill: UInt32 = 0x8000_0000
      let (number, arch, flags): (UInt32, UInt32, UInt32) = (0, 4, 16)
      var steps: [(code: UInt16, yes: UInt8, no: UInt8, value: UInt32)] = [
        (load, 0, 0, arch), (jumpIfEqual, 1, 0, architecture), (give, 0, 0, kill), (load, 0, 0, number),
      ]
      for call in fork { steps += [(jumpIfEqual, 0, 1, call), (give, 0, 0, refuse | UInt32(EPERM))] }
      steps += [
        // The C library then tries clone, whose flags a filter can see.
        (jumpIfEqual, 0, 1, clone3), (give, 0, 0, refuse | UInt32(ENOSYS)),
        (jumpIfEqual, 0, 3, clone), (load, 0, 0, flags), (jumpIfSet, 1, 0, 0x10000 /* CLONE_THREAD */),
        (give, 0, 0, refuse | UInt32(EPERM)), (give, 0, 0, allow),
      ]
      return steps.flatMap { step in
        [step.code].flatMap(bytes) + [step.yes, step.no] + [step.value].flatMap(bytes)
      }
    }()

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: number) { Array($0) }
    }
  }
#endif
