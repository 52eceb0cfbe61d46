import CMicrogradKernels
import MicrogradEngine

extension Operation {
  /// Whether the kernels compute it; otherwise it is computed number by number, by the table of operations itself.
  ///
  /// They compute what is made of the functions of Elementary.h and its neighbours: to make another operation fast, write
  /// its function there.
  var hasKernel: Bool { mg_has_kernel(rawValue) }
}

/// Computes functions that have no kernel, by the engine's table of operations: right, and slow.
func applyTable(
  operation: UInt8, which: UInt8, isDouble: Bool, count: Int32, a: UnsafeRawPointer, strideA: Int32,
  b: UnsafeRawPointer?, strideB: Int32, y: UnsafeRawPointer?, d: UnsafeRawPointer?, c: UnsafeMutableRawPointer,
  accumulates: Bool
) {
  guard let operation = Operation(rawValue: operation) else { return }
  func number(_ pointer: UnsafeRawPointer?, _ index: Int) -> Double {
    guard let pointer else { return 0 }
    return isDouble
      ? pointer.load(fromByteOffset: 8 * index, as: Double.self)
      : Double(pointer.load(fromByteOffset: 4 * index, as: Float.self))
  }
  for index in 0..<Int(count) {
    let x = number(a, index * Int(strideA)), z = number(b, index * Int(strideB)), gradient = number(d, index)
    var result = 0.0
    if which == 0 {
      result = operation.value(x, z)
    } else if gradient != 0 {
      let parts = operation.parts(of: gradient, x, z, number(y, index))
      result = which == 1 ? parts.toA : parts.toB ?? 0
    }
    if accumulates { result += number(c, index) }
    if isDouble {
      c.storeBytes(of: result, toByteOffset: 8 * index, as: Double.self)
    } else {
      c.storeBytes(of: Float(result), toByteOffset: 4 * index, as: Float.self)
    }
  }
}
