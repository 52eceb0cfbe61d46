import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage
import MicrogradRequirement

/// A reader's walk through a graph: forward through the visible boxes, and backward through them.
///
/// A closed group is passed in one step. Leaves can be edited; the values are then computed anew by the engine's rules.
final class SteppingSession {
  /// The width of the cells for numbers, which has to do for those that the reader's edits will give.
  private static let cellWidth = 108.0

  private let description: GraphDescription
  /// The graph with the numbers of the edited leaves.
  private(set) var graph: ComputationGraph
  let outline: GraphOutline
  private(set) var open: Set<GraphOutline.GroupID>
  private(set) var visible: VisibleGraph
  private var planner: LevelPlanner
  /// The number of steps that have been taken.
  private(set) var step = 0

  var language: Language { planner.language }

  /// Begins before the first step.
  ///
  /// - Parameters:
  ///   - open: The groups that are open; by default those that leave a picture that can be read.
  ///   - measured: The widths of characters in the reader's font.
  init(
    _ description: GraphDescription, in language: Language, open: Set<GraphOutline.GroupID>? = nil,
    measured: [Unicode.Scalar: BoxSizes.MeasuredWidth] = [:]
  ) {
    self.description = description
    graph = description.graph
    outline = GraphOutline(description.graph)
    let sizes = BoxSizes(
      dataWidth: Self.cellWidth, gradWidth: Self.cellWidth, showsPositions: true, longestLabel: .infinity,
      measured: measured)
    planner = LevelPlanner(outline, in: language, sizes)
    let open = open ?? outline.readable()
    self.open = open
    visible = VisibleGraph(planner.plan(nil, open: open), of: outline, planner.sizes)
  }

  // MARK: Steps

  /// A step: the visible box that it is about, by its index, and the pass.
  struct Stop {
    let box: Int
    let direction: Explanation.Step.Direction
  }

  /// The number of steps, forward and backward.
  var stepCount: Int { 2 * visible.stops.count }

  /// The step that was just taken.
  var stop: Stop? {
    let count = visible.stops.count
    guard step > 0 else { return nil }
    return step <= count
      ? Stop(box: visible.stops[step - 1], direction: .forward)
      : Stop(box: visible.stops[2 * count - step], direction: .backward)
  }

  /// Goes to a step, or as near as there is one.
  func go(to step: Int) { self.step = max(0, min(stepCount, step)) }

  /// Opens the groups around a node, and goes to the step that visits it.
  func go(to node: Int, _ direction: Explanation.Step.Direction) {
    let around = outline.groups.indices.filter { outline.groups[$0].nodes.contains(node) && !open.contains($0) }
    if !around.isEmpty {
      open.formUnion(around)
      planner.forgetAll()
      place()
    }
    let count = visible.stops.count
    // A graph of a leaf has no steps.
    if count == 0 { return }
    let first = visible.stops.firstIndex { visible.boxes[$0].nodes.upperBound > node } ?? count - 1
    step = direction == .forward ? first + 1 : 2 * count - first
  }

  // MARK: Groups

  /// Opens a closed group, and closes an open one. The walk stays at the same place of the pass.
  func toggle(_ group: GraphOutline.GroupID) {
    let before = stop.map { (visible.boxes[$0.box].nodes, $0.direction) }
    if open.remove(group) == nil { open.insert(group) }
    planner.forget(around: group)
    place()
    stay(at: before)
  }

  /// Opens these groups, and closes all others.
  func setOpen(_ groups: Set<GraphOutline.GroupID>) {
    let before = stop.map { (visible.boxes[$0.box].nodes, $0.direction) }
    open = groups
    planner.forgetAll()
    place()
    stay(at: before)
  }

  func speak(_ language: Language) {
    guard language != planner.language else { return }
    planner = LevelPlanner(outline, in: language, planner.sizes)
    place()
  }

  private func place() {
    visible = VisibleGraph(planner.plan(nil, open: open), of: outline, planner.sizes)
  }

  private func stay(at place: (nodes: Range<Int>, direction: Explanation.Step.Direction)?) {
    guard let (nodes, direction) = place else { return }
    let count = visible.stops.count
    switch direction {
    case .forward:
      step = 1 + (visible.stops.lastIndex { visible.boxes[$0].nodes.lowerBound < nodes.upperBound } ?? -1)
    case .backward:
      step = 2 * count - (visible.stops.firstIndex { visible.boxes[$0].nodes.upperBound > nodes.lowerBound } ?? count)
    }
  }

  // MARK: Leaves

  /// The visible leaves.
  var leaves: [Int] {
    visible.boxes.compactMap { box in
      if case .node(let id) = box.item, graph.nodes[id].isLeaf { id } else { nil }
    }
  }

  /// Gives a leaf another number.
  func edit(_ leaf: Int, _ number: Double) {
    graph = graph.setting(leaf, to: number, keeping: description.isSetByHand)
  }

  /// Gives all leaves the numbers that they had at the beginning.
  func reset() { graph = description.graph }

  // MARK: Boxes

  /// Returns the widths of a value's operation and of the cell for its name.
  func widths(of id: Int) -> (operation: Double, name: Double) {
    let node = outline.graph.nodes[id]
    return (node.isLeaf ? 0 : planner.sizes.operationSize(node).width, planner.sizes.labelWidth(node))
  }

  /// Returns the name of a value, or the title of a group.
  func name(of item: GraphOutline.Item) -> String { planner.name(of: item) }
}
