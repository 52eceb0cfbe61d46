import CMicrogradKernels
import MicrogradNetworks

/// The kernels for one instruction set.
struct Kernels: @unchecked Sendable {
  /// Points to a constant of the C library.
  let pointer: UnsafePointer<MGKernels>

  var name: String { String(cString: pointer.pointee.name) }

  /// The kernels of that name; nil if this processor cannot run them.
  init?(named name: String) {
    guard let pointer = mg_kernels(name) else { return nil }
    self.pointer = pointer
  }

  /// Numbers in a vector.
  func vector(_ precision: Precision) -> Int {
    Int(precision == .double ? pointer.pointee.vectorOfDoubles : pointer.pointee.vectorOfFloats)
  }

  /// Kernels with vectors half as long that do as much in the same time.
  var narrower: Kernels? { name == "avx512" ? Kernels.narrow : nil }

  private static let narrow = Kernels(named: "avx2")

  private init() { pointer = mg_kernels(nil)! }

  /// The widest that the processor has, or those that the environment variable `MICROGRAD_KERNELS` names.
  static let best: Kernels = {
    guard let name = Platform.environmentVariable("MICROGRAD_KERNELS"), !name.isEmpty else { return Kernels() }
    guard let kernels = Kernels(named: name) else {
      fatalError(
        "MICROGRAD_KERNELS=\(name): no such kernels for this processor; avx512, avx2, baseline and neon are known")
    }
    return kernels
  }()
}
