/// What a program computes with.
public enum Precision: String, Sendable, CaseIterable {
  /// 64 bits, as the values do.
  case double
  /// 32 bits: twice as many numbers in a vector, seven digits each.
  case float

  var size: Int { self == .double ? 8 : 4 }
}
