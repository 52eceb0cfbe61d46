import RealModule

/// A rule that reads numbers computes, to the last digits, special values included.
extension Double: RuleNumber {
  /// xʸ as C's `pow` defines it. `Double.pow(x, y)` of swift-numerics is NaN for every negative base, so whole
  /// exponents go through its other overload; those beyond `Int` are even, and infinite ones ignore the sign.
  @inlinable static func power(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 2 { return base * base }
    if let whole = Int(exactly: exponent) { return .pow(base, whole) }
    let ignoresSign = exponent.magnitude >= 0x1p63 || base == -.infinity
    return .pow(ignoresSign ? base.magnitude : base, exponent)
  }

  @inlinable @inline(__always) static func abs(_ x: Double) -> Double { x.magnitude }
  @inlinable @inline(__always) static func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x }

  /// 1 / (1 + e⁻ˣ), written such that neither end overflows nor cancels.
  @inlinable static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + .exp(-x)) }
    let power = Double.exp(x)
    return power / (1 + power)
  }

  /// log(1 + eˣ), without overflow.
  @inlinable static func softplus(_ x: Double) -> Double { Swift.max(x, 0) + .log(onePlus: .exp(-x.magnitude)) }

  @usableFromInline static func expOfNegativeSquare(_ x: Double) -> Double { exp(-1, timesSquareOf: x) }

  /// e^(factor·x²), for a factor that is a power of 2. The square is taken in two parts, whose sum is exact: its rounding
  /// error would be magnified by up to 700 in the result.
  private static func exp(_ factor: Double, timesSquareOf x: Double) -> Double {
    // Beyond, the result is 0, and the square may overflow.
    if x.magnitude > 40 { return 0 }
    let square = x * x, rest = (-square).addingProduct(x, x)
    return .exp(factor * square) * (1 + factor * rest)
  }

  /// By the complementary error function, which keeps its digits where Φ is tiny.
  @inlinable static func normalDistribution(_ x: Double) -> Double {
    let z = -x * 0.5.squareRoot(), distribution = 0.5 * .erfc(z)
    guard z > 1 else { return distribution }
    // There z's rounding error is magnified by up to 1,500, and so taken out: the derivative is -e^(-z²) / √π. The first
    // number is what √½ has beyond a Double.
    let error = -x * -4.833_646_656_726_457e-17 + (-z).addingProduct(-x, 0.5.squareRoot())
    return distribution - error * .exp(-z * z) * 0.564_189_583_547_756_3
  }

  /// The number is 1 / √(2π).
  @usableFromInline static func normalDensity(_ x: Double) -> Double {
    exp(-0.5, timesSquareOf: x) * 0.398_942_280_401_432_7
  }

  @inlinable package static var twoOverRootPi: Double { 1.128_379_167_095_512_6 }

  /// y·(1 - y), unless y is so close to 1 that its rounding error shows in the difference.
  @inlinable @inline(__always) static func derivativeOfSigmoid(_ x: Double, _ y: Double) -> Double {
    y < 0.875 ? y * (1 - y) : derivativeOfSaturatedSigmoid(x)
  }

  /// 1 - y², unless y is so close to ±1 that its rounding error shows in the difference.
  @inlinable @inline(__always) static func derivativeOfTanh(_ x: Double, _ y: Double) -> Double {
    y.magnitude < 0.9375 ? 1 - y * y : 4 * derivativeOfSaturatedSigmoid(2 * x)
  }

  /// σ(x)·σ(-x). Another exponential function, and not inlined: sweeps keep their short loops.
  @inline(never) @usableFromInline static func derivativeOfSaturatedSigmoid(_ x: Double) -> Double {
    sigmoid(x) * sigmoid(-x)
  }

  @inlinable @inline(__always) static func derivativeOfPower(_ x: Double, _ b: Double) -> Double {
    b * power(x, b - 1)
  }

  // MARK: Choices

  @inlinable @inline(__always) static func isLarger(_ a: Double, than b: Double) -> Bool { a.isNaN || a > b }
  @inlinable @inline(__always) static func isSmaller(_ a: Double, than b: Double) -> Bool { a.isNaN || a < b }
  @inlinable @inline(__always) static func isEqual(_ a: Double, to b: Double) -> Bool { a == b }
  @inlinable @inline(__always) static func isAtLeast(_ a: Double, _ b: Double) -> Bool { a >= b }
  @inlinable @inline(__always) static func both(_ first: Bool, _ second: Bool) -> Bool { first && second }
  @inlinable @inline(__always)
  static func select(_ condition: Bool, _ x: @autoclosure () -> Double, _ y: @autoclosure () -> Double) -> Double {
    condition ? x() : y()
  }
  @inlinable @inline(__always)
  static func except(
    _ condition: Bool, _ limit: @autoclosure () -> Double, _ formula: @autoclosure () -> Double
  ) -> Double { condition ? limit() : formula() }
}
