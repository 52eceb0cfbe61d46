public import Micrograd

/// An argument with which a function of a solution is called.
public enum Argument: Sendable, Equatable {
  /// A number.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// A list of numbers, such as the inputs of a sample.
  case numbers([Double])
  /// A list of whole numbers, such as labels.
  case integers([Int])
  /// A list of lists of numbers, such as the inputs of several samples.
  case rows([[Double]])
  /// Samples.
  case data(Dataset)
  /// A value that an operation made, such as the output of a network.
  case value(Double)
  /// A network with ReLU neurons in the hidden layers, and a linear output. The gradients are those that an earlier backward
  /// pass has left.
  case network(inputs: Int, sizes: [Int], parameters: [Double], gradients: [Double])
}

/// A type that may hold values.
public protocol ValueHolder {
  /// The values that it holds. A function may share those of an argument with its result.
  var heldValues: [Value] { get }
}

extension ValueHolder {
  /// None.
  public var heldValues: [Value] { [] }
}

extension Array: ValueHolder where Element: ValueHolder {
  /// Those of the elements.
  public var heldValues: [Value] { flatMap(\.heldValues) }
}

/// A type that functions of a solution may take.
public protocol Askable: ValueHolder {
  /// Returns the value that an argument describes, or nil if the argument is of another type.
  static func make(from argument: Argument) -> Self?
  /// Reports the state that a function may have changed.
  func reportState(as name: String, to answer: inout Answer)
}

extension Askable {
  /// Reports nothing, since a function cannot change its argument.
  public func reportState(as name: String, to answer: inout Answer) {}
}

/// A type of which functions of a solution may take lists.
public protocol AskableElement: ValueHolder {
  /// Returns the list that an argument describes, or nil if the argument is of another type.
  static func makeList(from argument: Argument) -> [Self]?
}

// MARK: - Numbers

extension Double: Askable, AskableElement {
  /// Returns the number.
  public static func make(from argument: Argument) -> Double? {
    if case .number(let number) = argument { number } else { nil }
  }
  /// Returns the numbers.
  public static func makeList(from argument: Argument) -> [Double]? {
    if case .numbers(let numbers) = argument { numbers } else { nil }
  }
}

extension Int: Askable, AskableElement {
  /// Returns the whole number.
  public static func make(from argument: Argument) -> Int? {
    if case .integer(let number) = argument { number } else { nil }
  }
  /// Returns the whole numbers.
  public static func makeList(from argument: Argument) -> [Int]? {
    if case .integers(let numbers) = argument { numbers } else { nil }
  }
}

extension UInt32: Askable {
  /// Returns the whole number, unless it is negative or has more than 32 bits.
  public static func make(from argument: Argument) -> UInt32? {
    Int.make(from: argument).flatMap { Self(exactly: $0) }
  }
}

extension Array: AskableElement where Element == Double {
  /// Returns the rows.
  public static func makeList(from argument: Argument) -> [[Double]]? {
    if case .rows(let rows) = argument { rows } else { nil }
  }
}

extension Array: Askable where Element: AskableElement {
  /// Returns the list.
  public static func make(from argument: Argument) -> [Element]? { Element.makeList(from: argument) }
}

// MARK: - Data, values and networks

extension Dataset: Askable {
  /// Returns the samples.
  public static func make(from argument: Argument) -> Dataset? {
    if case .data(let data) = argument { data } else { nil }
  }
}

extension Value: Askable {
  /// Returns the result of an operation.
  public static func make(from argument: Argument) -> Value? {
    if case .value(let number) = argument { Value(number) * 1 } else { nil }
  }
  /// The value itself.
  public var heldValues: [Value] { [self] }
  /// Reports number and gradient.
  public func reportState(as name: String, to answer: inout Answer) { report(as: name, to: &answer) }
}

extension MLP: Askable {
  /// Returns a network with the given parameters and gradients.
  public static func make(from argument: Argument) -> MLP? {
    guard case .network(let inputs, let sizes, let parameters, let gradients) = argument else { return nil }
    let model = MLP(inputs, sizes, seed: 0)
    for (parameter, (data, grad)) in zip(model.parameters, zip(parameters, gradients)) {
      (parameter.data, parameter.grad) = (data, grad)
    }
    // For the pictures.
    model.labelParameters()
    return model
  }
  /// The parameters.
  public var heldValues: [Value] { parameters }
  /// Reports the parameters and their gradients.
  public func reportState(as name: String, to answer: inout Answer) {
    for (index, parameter) in parameters.enumerated() {
      parameter.report(as: "\(name).parameters[\(index)]", to: &answer)
    }
  }
}
