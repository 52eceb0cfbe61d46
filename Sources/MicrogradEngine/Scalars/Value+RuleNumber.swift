/// A rule that reads values records itself, and can be differentiated again.
extension Value: RuleNumber {
  @usableFromInline static func power(_ base: Value, _ exponent: Value) -> Value { pow(base, exponent) }
  @usableFromInline static func exp(_ x: Value) -> Value { x.exp() }
  @usableFromInline static func expMinusOne(_ x: Value) -> Value { x.expMinusOne() }
  @usableFromInline static func log(_ x: Value) -> Value { x.log() }
  @usableFromInline static func log(onePlus x: Value) -> Value { x.logOnePlus() }
  @usableFromInline static func sqrt(_ x: Value) -> Value { x.sqrt() }
  @usableFromInline static func abs(_ x: Value) -> Value { x.abs() }
  @usableFromInline static func sign(_ x: Value) -> Value { Value(.sign(x.data)) }
  @usableFromInline static func sin(_ x: Value) -> Value { x.sin() }
  @usableFromInline static func cos(_ x: Value) -> Value { x.cos() }
  @usableFromInline static func atan(_ x: Value) -> Value { x.atan() }
  @usableFromInline static func tanh(_ x: Value) -> Value { x.tanh() }
  @usableFromInline static func sigmoid(_ x: Value) -> Value { x.sigmoid() }
  @usableFromInline static func softplus(_ x: Value) -> Value { x.softplus() }
  @usableFromInline static func erf(_ x: Value) -> Value { x.erf() }
  @usableFromInline static func erfc(_ x: Value) -> Value { x.erfc() }
  @usableFromInline static func expOfNegativeSquare(_ x: Value) -> Value { (-(x * x)).exp() }
  @usableFromInline static func normalDistribution(_ x: Value) -> Value { 0.5 * (x * -0.5.squareRoot()).erfc() }
  @usableFromInline static func normalDensity(_ x: Value) -> Value { (x * x * -0.5).exp() * Double.normalDensity(0) }
  @usableFromInline static var twoOverRootPi: Value { Value(.twoOverRootPi) }
  @usableFromInline static var infinity: Value { Value(.infinity) }

  // One formula for all numbers: samples whose passes are recorded alike can be compiled together.
  @usableFromInline static func derivativeOfSigmoid(_ x: Value, _ y: Value) -> Value { y * (-x).sigmoid() }
  @usableFromInline static func derivativeOfTanh(_ x: Value, _ y: Value) -> Value {
    4 * (2 * x).sigmoid() * (-2 * x).sigmoid()
  }
  @usableFromInline static func derivativeOfPower(_ x: Value, _ b: Value) -> Value { b.data * pow(x, b.data - 1) }

  // What is chosen is recorded, but not the choice: it does not change with small steps of the operands.
  @usableFromInline static func isLarger(_ a: Value, than b: Value) -> Bool { Double.isLarger(a.data, than: b.data) }
  @usableFromInline static func isSmaller(_ a: Value, than b: Value) -> Bool {
    Double.isSmaller(a.data, than: b.data)
  }
  @usableFromInline static func isEqual(_ a: Value, to b: Value) -> Bool { a.data == b.data }
  @usableFromInline static func isAtLeast(_ a: Value, _ b: Value) -> Bool { a.data >= b.data }
  @usableFromInline static func both(_ first: Bool, _ second: Bool) -> Bool { first && second }
  @usableFromInline static func select(
    _ condition: Bool, _ x: @autoclosure () -> Value, _ y: @autoclosure () -> Value
  ) -> Value { condition ? x() : y() }
  @usableFromInline static func except(
    _ condition: Bool, _ limit: @autoclosure () -> Value, _ formula: @autoclosure () -> Value
  ) -> Value { condition ? limit() : formula() }
}
