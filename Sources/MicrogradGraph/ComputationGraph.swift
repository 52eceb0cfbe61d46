import MicrogradEngine

/// A snapshot of the graph behind a value: every operation, with the numbers and gradients of this moment.
///
/// It is what drawings, explanations and exports work on. Unlike a `Value` it can be sent to other threads.
public struct ComputationGraph: Sendable {
  /// A value of the graph, and the operation that it was computed by.
  public struct Node: Sendable, Identifiable {
    /// The position in `nodes`.
    public let id: Int
    /// `leaf` if the value was not computed.
    public let operation: Operation
    /// The positions of the operands. They come before the node itself; one that is used twice is listed twice.
    public let operands: [Int]
    /// The number that belongs to the operation, such as an exponent.
    public let constant: Double?
    /// The number.
    public internal(set) var data: Double
    /// The gradient.
    public let grad: Double
    /// The name that the user gave it.
    public let label: String?
    /// The innermost scope that it was recorded in, if its name was kept; nil for leaves.
    let scope: NamedScope?

    /// The text in the operation's sign in drawings: `+`, `ReLU`, `^2`.
    public var symbol: String {
      let symbol = operation.symbol
      guard operation == .constantPower, let constant else { return symbol }
      return "^" + (Int(exactly: constant).map(String.init) ?? String(constant))
    }
  }

  /// The level of detail.
  public enum Detail: Sendable {
    /// As micrograd composes it: differences, quotients, negatives and dot products as products, sums and powers.
    case composed
    /// One node for each operation that was recorded.
    case recorded
  }

  /// The nodes in topological order; the value that the graph belongs to is the last.
  public let nodes: [Node]
  /// The parts that `grouped()` found; each is a range of nodes.
  public let groups: [Group]

  package init(nodes: [Node], groups: [Group] = []) {
    self.nodes = nodes
    self.groups = groups
  }
}

extension ComputationGraph.Node {
  /// Creates a node that belongs to no scope, such as one that is read from a file.
  package init(
    id: Int, operation: Operation, operands: [Int], constant: Double?, data: Double, grad: Double = 0, label: String?
  ) {
    self.init(
      id: id, operation: operation, operands: operands, constant: constant, data: data, grad: grad, label: label,
      scope: nil)
  }
}

extension ComputationGraph.Node {
  /// The node at another position.
  func moved(to id: Int, operands: [Int]) -> Self {
    Self(
      id: id, operation: operation, operands: operands, constant: constant, data: data, grad: grad, label: label,
      scope: scope)
  }
}
