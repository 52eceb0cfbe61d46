extension Value: Scalar {
  static var handsOnZeros: Bool { true }
  static func power(_ base: Value, _ exponent: Value) -> Value { pow(base, exponent) }
  static func power(_ base: Value, constant exponent: Double) -> Value { pow(base, exponent) }
  static func exp(_ x: Value) -> Value { x.exp() }
  static func log(_ x: Value) -> Value { x.log() }
  static func sin(_ x: Value) -> Value { x.sin() }
  static func cos(_ x: Value) -> Value { x.cos() }
  static func sigmoid(_ x: Value) -> Value { x.sigmoid() }
  static func exp(_ factor: Double, timesSquareOf x: Value) -> Value { (x * x * factor).exp() }
  // One formula for all numbers: samples whose passes are recorded alike can be compiled together.
  static func slopeOfSigmoid(_ x: Value, _ y: Value) -> Value { y * (-x).sigmoid() }
  static func slopeOfTanh(_ x: Value, _ y: Value) -> Value { 4 * (2 * x).sigmoid() * (-2 * x).sigmoid() }
  static func normalDistribution(_ x: Value) -> Value { 0.5 * (x * -0.5.squareRoot()).erfc() }
  static func handOn(_ part: @autoclosure () -> Value, if isOpen: Bool, to receive: (Value) -> Void) {
    if isOpen { receive(part()) }
  }
}
