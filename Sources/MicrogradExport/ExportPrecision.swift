/// The type of number that exported code computes with.
public enum ExportPrecision: String, CaseIterable, Sendable {
  /// 64 bits
  case double
  /// 32 bits
  case float
}
