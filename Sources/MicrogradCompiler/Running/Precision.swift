/// The type of number that a program computes with.
public enum Precision: String, Sendable, CaseIterable {
  /// 64 bits, as in values.
  case double
  /// 32 bits: twice as many numbers in a vector, seven digits each.
  case float

  /// Bytes of a number.
  var size: Int { self == .double ? 8 : 4 }

  /// Numbers in a cache line of 64 bytes: one vector of the widest kernels, several of the others.
  var line: Int { 64 / size }
}
