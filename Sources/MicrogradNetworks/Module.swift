public import MicrogradEngine

/// Something with parameters that training moves.
public protocol Module {
  /// The parameters, in a fixed order.
  var parameters: [Value] { get }
}

extension Module {
  /// Sets the gradient of every parameter to 0. It is needed before each backward pass, since gradients accumulate.
  public func zeroGrad() {
    for parameter in parameters { parameter.grad = 0 }
  }
}
