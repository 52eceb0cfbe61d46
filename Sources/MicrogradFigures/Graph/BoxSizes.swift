import MicrogradEngine
import MicrogradGraph

/// The sizes of the boxes of a graph, in a picture and in a page.
///
/// A box of a value consists of its operation, if there is one, an arrow, and cells for its name, its data and its gradient.
/// The cells for numbers are equally wide in the whole figure, so that they stand below each other.
struct BoxSizes {
  static let boxHeight = 26.0
  static let padding = 8.0
  /// The distance between the circle of an operation and the box of its result.
  static let link = 18.0
  /// The height that each edge arriving at an operation needs.
  private static let portDistance = 9.0
  /// The height of a closed group, and of the head of an open one.
  static let groupHeight = 38.0
  /// The distance between an open group and what is inside.
  static let groupPadding = 14.0
  static let font = Font.normal
  static let labelFont = Font.bold

  let dataWidth: Double
  let gradWidth: Double
  /// Whether values without a label show their position, such as `v7`.
  let showsPositions: Bool
  /// The greatest width of a label, beyond which it is shortened.
  let longestLabel: Double
  /// The widths of characters in the reader's font; those that are missing are estimated.
  var measured: [Unicode.Scalar: MeasuredWidth] = [:]

  // MARK: Values

  /// Returns the name that a box shows; nil if it has no cell for one.
  func label(of node: ComputationGraph.Node) -> String? { showsPositions ? node.name : node.label }

  /// Returns the size of the operation, if there is one, the arrow, and the box together.
  func size(of node: ComputationGraph.Node) -> Size {
    Size(
      width: (node.isLeaf ? 0 : operationSize(node).width + Self.link) + boxWidth(node),
      height: node.isLeaf ? Self.boxHeight : operationSize(node).height)
  }

  func boxWidth(_ node: ComputationGraph.Node) -> Double { labelWidth(node) + dataWidth + gradWidth }

  func labelWidth(_ node: ComputationGraph.Node) -> Double {
    label(of: node).map { min(width(of: $0, Self.labelFont), longestLabel) + 2 * Self.padding } ?? 0
  }

  /// Returns the size of a circle, or of an oblong if the name is long or there are many edges.
  func operationSize(_ node: ComputationGraph.Node) -> Size {
    let height = max(Self.boxHeight, Double(node.operands.count + 1) * Self.portDistance)
    return Size(width: max(Self.boxHeight, width(of: node.symbol, Self.font) + 14), height: height)
  }

  /// Returns the distance between the left side of an operation's frame and its outline, at a height from its middle.
  func recess(of node: ComputationGraph.Node, at offset: Double) -> Double {
    guard !node.isLeaf else { return 0 }
    let radius = Self.boxHeight / 2, straight = operationSize(node).height / 2 - radius
    let height = min(max(abs(offset) - straight, 0), radius)
    return radius - (radius * radius - height * height).squareRoot()
  }

  // MARK: Signs and groups

  func signSize(_ name: String) -> Size {
    Size(width: min(width(of: name, Self.font), longestLabel) + 2 * Self.padding, height: 20)
  }

  /// Returns the size of a closed group.
  func groupSize(_ title: String) -> Size {
    Size(width: max(width(of: title, Self.labelFont) + 30, 110), height: Self.groupHeight)
  }

  /// Returns the size of an open group.
  func frameSize(_ title: String, around inside: Size) -> Size {
    Size(
      width: max(inside.width + 2 * Self.groupPadding, groupSize(title).width),
      height: inside.height + Self.groupHeight + Self.groupPadding)
  }
}

extension BoxSizes {
  /// The width of a character in the two fonts of boxes.
  struct MeasuredWidth {
    let normal: Double
    let bold: Double
  }

  private func width(of text: String, _ font: Font) -> Double {
    if measured.isEmpty { return font.width(of: text) }
    return text.unicodeScalars.reduce(0) { sum, scalar in
      guard let width = measured[scalar] else { return sum + font.width(of: String(scalar)) }
      return sum + (font.isBold ? width.bold : width.normal)
    }
  }
}

extension LayeredLayout {
  /// Places the items of a level.
  init(_ level: GraphOutline.Level, of graph: ComputationGraph, _ sizes: [Size]) {
    let nodes = level.items.indices.map { index in
      var node = Node(size: sizes[index])
      if case .node(let id) = level.items[index] {
        node.keepsInputOrder = graph.nodes[id].operation.hasOrderedOperands
      }
      return node
    }
    self.init(nodes: nodes, edges: level.edges.map { Edge(from: $0.from, to: $0.to) })
  }
}
