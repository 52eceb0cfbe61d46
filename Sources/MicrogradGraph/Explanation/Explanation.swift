import MicrogradEngine

/// A forward and a backward pass through a graph, step by step: what is computed at each value, from which numbers, and
/// by which formula.
///
/// ```swift
/// let explanation = Explanation(((a * b + c).relu()).graph())
/// for step in explanation.steps where step.direction == .backward {
///   step.gradient                          // ∂result/∂value
///   step.contributions[0].localDerivative  // times this …
///   step.contributions[0].sum              // … is added up here
/// }
/// ```
///
/// The numbers come from the table of operations. The backward pass is one of its own: it starts at 1 and at sums of 0,
/// whatever gradients the values had.
///
/// - SeeAlso: Griewank and Walther, *Evaluating Derivatives*, 2008, whose tables of a forward and a return sweep this is.
public struct Explanation: Sendable {
  /// The graph that is explained.
  public let graph: ComputationGraph
  /// One step for each computed value, forward, and then backward in the opposite order.
  public let steps: [Step]
  /// The gradient of each node when all steps are done.
  public let gradients: [Double]

  /// One step of a pass: it visits one value.
  public struct Step: Sendable {
    /// The two passes.
    public enum Direction: String, Sendable {
      /// The value is computed from its operands.
      case forward
      /// The value hands its gradient on to its operands.
      case backward
    }

    /// The pass.
    public let direction: Direction
    /// The position of the value in the graph.
    public let node: Int
    /// The operation's formula, in terms of the variables.
    public let formula: String
    /// The numbers that the formulas of this step are about.
    public let variables: [Variable]
    /// The result of the formula.
    public let computed: Double
    /// The number that the value has. It differs from `computed` if it was set by hand after the forward pass.
    public let result: Double
    /// Backward: the gradient that arrives, complete, since all users of the value come before it.
    public let gradient: Double
    /// Backward: the parts that the operands receive, in order; one that is used twice receives twice.
    public let contributions: [Contribution]

    /// Whether the number is another one than the operation gives, by more than rounding.
    public var isSetByHand: Bool {
      guard computed != result, !(computed.isNaN && result.isNaN) else { return false }
      let scale = variables.reduce(result.magnitude) { Swift.max($0, $1.number.magnitude) }
      return !((computed - result).magnitude <= 1e-9 * scale)
    }
  }

  /// A letter of a formula, and its number.
  public struct Variable: Sendable {
    /// As in the formula.
    public let name: String
    /// The number that it stands for.
    public let number: Double
    /// The position of the value whose number it is; `nil` for a number of the operation's own, such as an exponent.
    public let node: Int?
  }

  /// The part of a gradient that a value hands on to one of its operands.
  public struct Contribution: Sendable {
    /// The position of the operand in the graph.
    public let operand: Int
    /// The local derivative's formula.
    public let formula: String
    /// The derivative of the value by this operand.
    public let localDerivative: Double
    /// The gradient that arrives times the local derivative; 0 if no gradient arrives, as in `backward()`.
    public let product: Double
    /// The operand's gradient before this product is added.
    public let sumBefore: Double
    /// The operand's gradient from then on.
    public let sum: Double
  }

  /// Goes forward and backward through a graph.
  ///
  /// - Complexity: Linear in the number of nodes and edges.
  public init(_ graph: ComputationGraph) {
    self.graph = graph
    let computed = graph.nodes.filter { $0.operation != .leaf }
    var pass = BackwardPass(graph)
    let backward = computed.reversed().map { pass.step($0.id) }
    steps = computed.map { Self.forward($0.id, in: graph) } + backward
    gradients = pass.gradients
  }

  /// Returns the forward step of a computed node.
  package static func forward(_ id: Int, in graph: ComputationGraph) -> Step {
    let node = graph.nodes[id], rule = LocalRule(of: node, in: graph)
    return Step(
      direction: .forward, node: id, formula: rule.formula, variables: rule.variables, computed: rule.computed,
      result: node.data, gradient: 0, contributions: [])
  }
}
