import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// The boxes and edges of a graph that are visible, and their positions: those at the top, and those inside of open groups.
struct VisibleGraph {
  /// A box of a value, of a group, or of a sign for something at another level.
  struct Box {
    let item: GraphOutline.Item
    let frame: Rectangle
    /// Whether it is a group that is open. What is inside follows.
    let isOpen: Bool
    /// The nodes that it stands for.
    let nodes: Range<Int>
  }

  /// A line: an edge, or what several edges have in common.
  struct Line {
    /// The nodes at the start and at the end of the edge; nil for the common part of several.
    let edge: (from: Range<Int>, to: Range<Int>)?
    let points: [Point]
  }

  private(set) var boxes: [Box] = []
  private(set) var lines: [Line] = []
  let size: Size
  /// The indices of the boxes that are computed, in the order in which they are: closed groups and values that are no leaves.
  private(set) var stops: [Int] = []

  /// Places what a plan of the whole graph shows.
  ///
  /// - Complexity: Linear in the boxes and lines.
  init(_ plan: LevelPlan, of outline: GraphOutline, _ sizes: BoxSizes) {
    size = plan.layout.size
    add(plan, outline, sizes, Point(0, 0))
  }

  private mutating func add(_ plan: LevelPlan, _ outline: GraphOutline, _ sizes: BoxSizes, _ origin: Point) {
    func placed(_ frame: Rectangle) -> Rectangle {
      Rectangle(x: origin.x + frame.x, y: origin.y + frame.y, width: frame.width, height: frame.height)
    }
    for route in plan.layout.routes {
      var points = route.points.map { Point(origin.x + $0.x, origin.y + $0.y) }, edge: (Range<Int>, Range<Int>)?
      if let index = route.edge, let target = route.target {
        let item = plan.level.items[target], source = plan.level.items[plan.level.edges[index].from]
        if case .node(let id) = item {
          let offset = route.points[points.count - 1].y - plan.layout.frames[target].midY
          points[points.count - 1].x += sizes.recess(of: outline.graph.nodes[id], at: offset)
        }
        edge = (outline.nodes(of: source), outline.nodes(of: item))
      }
      lines.append(Line(edge: edge, points: points))
    }
    for (index, item) in plan.level.items.enumerated() {
      let frame = placed(plan.layout.frames[index]), inside = plan.insides[index], nodes = outline.nodes(of: item)
      if inside == nil, isStop(item, nodes, outline) { stops.append(boxes.count) }
      boxes.append(Box(item: item, frame: frame, isOpen: inside != nil, nodes: nodes))
      if let inside {
        add(
          inside, outline, sizes, Point(frame.x + BoxSizes.groupPadding, frame.y + BoxSizes.groupHeight))
      }
    }
  }

  private func isStop(_ item: GraphOutline.Item, _ nodes: Range<Int>, _ outline: GraphOutline) -> Bool {
    !item.isOutside && nodes.contains { !outline.graph.nodes[$0].isLeaf }
  }
}
