public import MicrogradEngine

/// Moves parameters along their gradients.
///
/// ```swift
/// var optimizer = SGD(model.parameters, learningRate: 0.1)
/// for step in 0..<100 {
///   optimizer.zeroGrad()
///   loss(model).backward()
///   optimizer.learningRate = schedule(step)
///   optimizer.step()
/// }
/// ```
public protocol Optimizer {
  /// The values that a step moves.
  var parameters: [Value] { get }
  /// The factor of a step's length.
  var learningRate: Double { get set }
  /// Moves each parameter once, by its gradient.
  mutating func step()
}

extension Optimizer {
  /// Sets the gradient of every parameter to 0. It is needed before each backward pass, since gradients accumulate.
  public func zeroGrad() {
    for parameter in parameters { parameter.grad = 0 }
  }
}
