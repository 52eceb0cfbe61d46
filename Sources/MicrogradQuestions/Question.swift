/// A call of a function, whose result and effects are the answer.
public struct Question: Sendable, Equatable {
  /// An argument with the name by which it is shown.
  public struct NamedArgument: Sendable, Equatable {
    /// The name, such as `model`.
    public let name: String
    /// The argument.
    public let argument: Argument
  }

  /// The name of the function.
  public let function: String
  /// The arguments, in order.
  public let arguments: [NamedArgument]
  /// Whether `backward()` is called on the result before anything is reported.
  public let propagates: Bool
  /// Whether an answer with other gradients is wrong: not where a function may leave behind what it likes.
  public let comparesGradients: Bool

  /// Creates a question.
  ///
  /// - Parameters:
  ///   - function: The name of the function.
  ///   - arguments: Its arguments in order, with the names by which messages call them.
  ///   - propagates: Whether `backward()` is called on the result before anything is reported, to see how the result depends
  ///     on the arguments.
  ///   - comparesGradients: Whether an answer with other gradients is wrong: not where a function may leave behind what it
  ///     likes.
  public init(
    _ function: String, _ arguments: KeyValuePairs<String, Argument>, propagates: Bool = false,
    comparesGradients: Bool = true
  ) {
    self.init(
      function: function, arguments: arguments.map { NamedArgument(name: $0.key, argument: $0.value) },
      propagates: propagates, comparesGradients: comparesGradients)
  }

  init(function: String, arguments: [NamedArgument], propagates: Bool, comparesGradients: Bool) {
    (self.function, self.arguments) = (function, arguments)
    (self.propagates, self.comparesGradients) = (propagates, comparesGradients)
  }
}

extension Question: CustomStringConvertible {
  /// The call, as messages show it, and what is done with its result.
  public var description: String {
    let call = "\(function)(\(arguments.map { "\($0.name): \($0.argument)" }.joined(separator: ", ")))"
    return propagates ? "\(call); result.backward()" : call
  }
}

extension Argument: CustomStringConvertible {
  /// The number of elements of a list that are shown.
  private static var shownElements: Int { 4 }

  /// The argument as Swift would write it, if it is short.
  public var description: String {
    switch self {
    case .number(let number), .value(let number): "\(number)"
    case .integer(let number): "\(number)"
    case .numbers(let numbers): Self.list(numbers)
    case .integers(let numbers): Self.list(numbers)
    case .rows(let rows): Self.list(rows)
    case .data(let data): "Dataset(inputs: \(Self.list(data.inputs)), labels: \(Self.list(data.labels)))"
    case .network(let inputs, let sizes, let parameters, _):
      "MLP(\(inputs), \(sizes), parameters: \(Self.list(parameters)))"
    }
  }

  private static func list(_ elements: [some CustomStringConvertible]) -> String {
    let shown = elements.prefix(shownElements).map(\.description) + (elements.count > shownElements ? ["…"] : [])
    return "[\(shown.joined(separator: ", "))]"
  }
}
