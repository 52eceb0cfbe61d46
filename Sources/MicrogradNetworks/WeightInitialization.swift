/// The range that initial weights are drawn from: uniformly from -limit to limit.
public enum WeightInitialization: String, CaseIterable, Sendable {
  /// Limit 1 for every size, as in micrograd.
  case unit
  /// Limit √(6 / (inputs + outputs)), which keeps the variance of tanh-like layers.
  ///
  /// Source: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010.
  case xavier
  /// Limit √(6 / inputs), which keeps the variance of ReLU layers.
  ///
  /// Source: He et al., *Delving Deep into Rectifiers*, 2015, [arXiv:1502.01852](https://arxiv.org/abs/1502.01852).
  case he

  func limit(inputs: Int, outputs: Int) -> Double {
    switch self {
    case .unit: 1
    case .xavier: (6 / Double(inputs + outputs)).squareRoot()
    case .he: (6 / Double(inputs)).squareRoot()
    }
  }
}
