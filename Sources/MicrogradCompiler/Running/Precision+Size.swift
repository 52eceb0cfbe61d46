import MicrogradNetworks

extension Precision {
  /// Bytes of a number.
  var size: Int { self == .double ? 8 : 4 }

  /// Numbers in a cache line of 64 bytes: one vector of the widest kernels, several of the others.
  var line: Int { 64 / size }
}
