/// The type of number that a program computes with.
public enum Precision: String, Sendable, CaseIterable {
  /// 64 bits, as in values.
  case double
  /// 32 bits: twice as many numbers in a vector, seven digits each.
  case float
}
