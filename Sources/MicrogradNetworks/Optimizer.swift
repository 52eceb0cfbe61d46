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
  /// What is moved.
  var parameters: [Value] { get }
  /// How far a step goes.
  var learningRate: Double { get set }
  /// Moves each parameter once, by its present gradient.
  mutating func step()
}

extension Optimizer {
  /// Sets the gradient of every parameter to 0, as is needed before each backward pass: gradients accumulate.
  public func zeroGrad() {
    for parameter in parameters { parameter.grad = 0 }
  }
}
