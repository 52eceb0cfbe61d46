/// The type of number that exported code computes with.
public enum ExportPrecision: Sendable, CaseIterable {
  case double, float
}
