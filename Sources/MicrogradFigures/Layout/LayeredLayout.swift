import MicrogradRequirement

/// A layout of an acyclic graph: boxes in columns from left to right, and routes for the edges between them.
///
/// The method is that of Sugiyama, in phases with one file each:
/// 1. `LayerAssignment` gives each node a layer such that edges go forward, and are short;
/// 2. `LayeredGraph` breaks long edges at every layer that they cross, with a placeholder ("dummy");
/// 3. `CrossingReduction` orders each layer from top to bottom;
/// 4. `CoordinateAssignment` finds heights at which nodes do not overlap and most edges are straight;
/// 5. `EdgeRouting` draws the edges: inside a layer they run horizontally, between layers they curve.
///
/// Edges of one node that continue beyond the next layer share a trunk, and leave it where they are needed. So the number
/// of dummies is at most the number of nodes times the number of layers, however many edges there are.
///
/// Source: Sugiyama, Tagawa and Toda, *Methods for Visual Understanding of Hierarchical System Structures*, IEEE
/// Transactions on Systems, Man, and Cybernetics 11 (1981).
struct LayeredLayout {
  /// A box to place.
  struct Node {
    var size: Size
    /// Whether arriving edges keep the order in which they are given, from top to bottom. Otherwise they are sorted by
    /// the heights at which they start, so that they do not cross in front of the node.
    var keepsInputOrder = false
  }

  /// An edge between two nodes, given by their positions in the list of nodes. Several may join the same two nodes.
  struct Edge {
    var from: Int
    var to: Int
  }

  /// Distances in pixels.
  struct Spacing {
    /// The least distance between layers, which is more where edges climb far.
    var layer = 44.0
    /// The distance between nodes of a layer.
    var node = 16.0
    /// The distance between a long edge and its neighbours in a layer.
    var edge = 12.0
    /// The distance between edges that arrive at one node, if it is high enough.
    var port = 9.0
  }

  /// A part of an edge, or the common part of several edges from one node.
  ///
  /// Consecutive points at the same height are joined by a straight line, others by an S-shaped curve which starts and
  /// ends horizontally.
  struct Route: Equatable {
    var source: Int
    /// The edge that arrives at the end, or `nil` for a trunk.
    var edge: Int?
    /// The node that `edge` ends at.
    var target: Int?
    var points: [Point]
  }

  /// The boxes, in the order of the nodes.
  let frames: [Rectangle]
  /// The lines, each running to the right.
  let routes: [Route]
  /// The size of the whole, from (0, 0).
  let size: Size
  /// The layer of each node.
  let layers: [Int]
  /// The left and right sides of the layers.
  let sides: [(left: Double, right: Double)]

  /// Lays out a graph whose nodes are in topological order.
  ///
  /// - Precondition: Each edge goes from an earlier to a later node.
  /// - Complexity: About linear in nodes, dummies and edges for graphs like those of neural nets.
  init(nodes: [Node], edges: [Edge], spacing: Spacing = Spacing()) {
    require(
      edges.allSatisfy { $0.from >= 0 && $0.from < $0.to && $0.to < nodes.count },
      "each edge must go from an earlier to a later node")
    layers = LayerAssignment.layers(nodeCount: nodes.count, edges: edges)
    var graph = LayeredGraph(nodes: nodes, edges: edges, layers: layers, spacing: spacing)
    CrossingReduction.reorder(&graph)
    let heights = CoordinateAssignment.centers(of: graph)
    let routing = EdgeRouting(graph: graph, nodes: nodes, edges: edges, centers: heights, spacing: spacing)
    frames = routing.frames
    routes = routing.routes
    size = routing.size
    sides = routing.sides
  }

  init(
    frames: [Rectangle], routes: [Route], size: Size, layers: [Int], sides: [(left: Double, right: Double)]
  ) {
    self.frames = frames
    self.routes = routes
    self.size = size
    self.layers = layers
    self.sides = sides
  }
}
