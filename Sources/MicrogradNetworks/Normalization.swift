public import MicrogradEngine
import MicrogradRequirement

/// Root mean square normalization: `yᵢ = xᵢ · (mean(x²) + ε)^(-1/2)`, times a gain for each number if there are gains.
///
/// Source: Zhang and Sennrich, *Root Mean Square Layer Normalization*, 2019,
/// [arXiv:1910.07467](https://arxiv.org/abs/1910.07467).
public struct RMSNorm: Module {
  /// The factors of the results; nil: there are none.
  public let gains: [Value]?
  /// Added to the mean of the squares, so that it is not 0.
  public let epsilon: Double

  /// Creates a normalization without parameters.
  public init(epsilon: Double = 1e-5) {
    gains = nil
    self.epsilon = epsilon
  }

  /// Creates a normalization with a gain of 1 for each of `width` numbers.
  ///
  /// - Precondition: `width` is not negative.
  public init(width: Int, epsilon: Double = 1e-5) {
    gains = [Value](constant: 1, count: width)
    self.epsilon = epsilon
  }

  /// The normalized numbers.
  ///
  /// - Precondition: There is at least one number, and as many as gains.
  public func callAsFunction(_ x: [Value]) -> [Value] {
    require(!x.isEmpty, "RMSNorm of no values")
    let scale = pow(dot(x, x) / Double(x.count) + epsilon, -0.5)
    return scaled(x.map { $0 * scale }, by: gains)
  }

  /// The gains.
  public var parameters: [Value] { gains ?? [] }
}

/// Layer normalization: `yᵢ = gainᵢ · (xᵢ - mean(x)) · (variance(x) + ε)^(-1/2) + biasᵢ`, with the variance of a whole
/// population, `mean((x - mean(x))²)`.
///
/// Source: Ba, Kiros and Hinton, *Layer Normalization*, 2016, [arXiv:1607.06450](https://arxiv.org/abs/1607.06450).
public struct LayerNorm: Module {
  /// The factors of the results.
  public let gains: [Value]
  /// The numbers that are added to the results.
  public let biases: [Value]
  /// Added to the variance, so that it is not 0.
  public let epsilon: Double

  /// Creates a normalization with gains of 1 and biases of 0.
  ///
  /// - Precondition: `width` is not negative.
  public init(width: Int, epsilon: Double = 1e-5) {
    gains = [Value](constant: 1, count: width)
    biases = [Value](constant: 0, count: width)
    self.epsilon = epsilon
  }

  /// The normalized numbers.
  ///
  /// - Precondition: There are as many numbers as gains, and at least one.
  public func callAsFunction(_ x: [Value]) -> [Value] {
    require(!x.isEmpty, "LayerNorm of no values")
    let mean = x.mean()
    let centered = x.map { $0 - mean }
    let scale = pow(dot(centered, centered) / Double(x.count) + epsilon, -0.5)
    return zip(scaled(centered.map { $0 * scale }, by: gains), biases).map { $0 + $1 }
  }

  /// The gains, then the biases.
  public var parameters: [Value] { gains + biases }
}

private func scaled(_ x: [Value], by gains: [Value]?) -> [Value] {
  guard let gains else { return x }
  require(x.count == gains.count, "\(x.count) values with \(gains.count) gains")
  return zip(x, gains).map { $0 * $1 }
}

extension [Value] {
  /// New values, all of the same number.
  fileprivate init(constant: Double, count: Int) {
    require(count >= 0, "a normalization of \(count) values")
    self = (0..<count).map { _ in Value(constant) }
  }
}
