extension Value: Scalar {
  static var handsOnZeros: Bool { true }
  static func power(_ base: Value, _ exponent: Value) -> Value { pow(base, exponent) }
  static func power(_ base: Value, constant exponent: Double) -> Value { pow(base, exponent) }
  static func exp(_ x: Value) -> Value { x.exp() }
  static func log(_ x: Value) -> Value { x.log() }
  static func sin(_ x: Value) -> Value { x.sin() }
  static func cos(_ x: Value) -> Value { x.cos() }
  static func sigmoid(_ x: Value) -> Value { x.sigmoid() }
  static func normalDistribution(_ x: Value) -> Value { 0.5 * (1 + (x * 0.5.squareRoot()).erf()) }
}
