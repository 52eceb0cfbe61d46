import MicrogradEngine

extension ComputationGraph {
  /// A part of a graph that can be shown as one box.
  public struct Group: Sendable {
    /// The kinds of parts.
    public enum Kind: String, Sendable {
      /// The computation of a value that the user gave a name.
      case named
      /// The values that were recorded within a named scope.
      case scope
      /// One of several equal computations that are added up, such as the losses of samples.
      case sample
      /// Neurons with the same inputs.
      case layer
      /// A weighted sum and its activation.
      case neuron
      /// A weighted sum.
      case dotProduct
      /// A sum of many terms.
      case sum
      /// The leaves that all samples share.
      case parameters
      /// Leaves whose names begin alike, such as the weights of a layer.
      case leaves
      /// Values one behind the other that have nothing in common but their number.
      case values
    }

    /// The kind of part.
    public let kind: Kind
    /// The name that the user gave it, or that its leaves have in common.
    public let label: String?
    /// Its number among its siblings of the same kind, or the numbers of those that it holds: `2...100`.
    public let numbers: ClosedRange<Int>?
    /// The size: the terms of a sum or neuron, inputs and neurons of a layer, rows and columns of weights.
    public let shape: [Int]
    /// Its nodes.
    public let nodes: Range<Int>
    /// The parts that it consists of, beside nodes of its own.
    public let children: [Group]

    package init(
      kind: Kind, label: String?, numbers: ClosedRange<Int>?, shape: [Int], nodes: Range<Int>, children: [Group]
    ) {
      self.kind = kind
      self.label = label
      self.numbers = numbers
      self.shape = shape
      self.nodes = nodes
      self.children = children
    }
  }

  /// The same graph with its parts found: samples, layers, neurons, dot products, long sums, and what the user named.
  ///
  /// The nodes are put into an order in which each part stands together; it is topological still. A label on a computed
  /// value names the computation of it: all that was computed for this value alone. The scopes that were recorded by
  /// `withNamedScopes` are parts as they are, and other parts lie within them or around them.
  ///
  /// - Complexity: About linear in the number of nodes for graphs like those of neural nets.
  public func grouped() -> ComputationGraph {
    GroupAssembly(PartTree(PartFinder(self).parts, of: self), of: self).graph
  }
}
