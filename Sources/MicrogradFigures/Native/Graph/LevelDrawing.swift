import MicrogradEngine
import MicrogradGraph
import MicrogradLanguage

/// Draws the levels of a graph inside each other: open groups as frames, closed ones as boxes.
struct LevelDrawing {
  let outline: GraphOutline
  let open: Set<GraphOutline.GroupID>
  let nodes: NodeDrawing
  let language: Language

  /// The drawing of a level, from (0, 0).
  struct Picture {
    var elements: [SVGElement]
    var size: Size
  }

  func picture(of group: GraphOutline.GroupID?) -> Picture {
    let level = outline.level(group)
    let insides = level.items.map { item -> Picture? in
      if case .group(let id) = item, open.contains(id) { picture(of: id) } else { nil }
    }
    let closed = level.items.map(closedSize)
    let sizes = zip(closed, zip(level.items, insides)).map { size, entry in
      entry.1.map { nodes.sizes.frameSize(name(of: entry.0), around: $0.size) } ?? size
    }
    let layout = LayeredLayout(level, of: outline.graph, closed)
    let opened = layout.opened(sizes), frames = opened.frames
    let boxes = level.items.indices.map { index in
      insides[index].map { frame(around: $0, frames[index], level.items[index]) }
        ?? box(level.items[index], frames[index])
    }
    return Picture(elements: opened.routes.flatMap { lines($0, level, frames) } + boxes, size: opened.size)
  }

  private func node(_ item: GraphOutline.Item) -> ComputationGraph.Node? {
    if case .node(let id) = item { outline.graph.nodes[id] } else { nil }
  }

  // MARK: Sizes

  private func closedSize(_ item: GraphOutline.Item) -> Size {
    switch item {
    case .node(let id): nodes.sizes.size(of: outline.graph.nodes[id])
    case .group: nodes.sizes.groupSize(name(of: item))
    case .nodeOutside, .groupOutside: nodes.sizes.signSize(name(of: item))
    }
  }

  private func name(of item: GraphOutline.Item) -> String {
    switch item {
    case .node(let id), .nodeOutside(let id): outline.graph.nodes[id].label ?? outline.graph.nodes[id].data.inFigure
    case .group(let id), .groupOutside(let id): outline.groups[id].title(in: language)
    }
  }

  // MARK: Shapes

  private func box(_ item: GraphOutline.Item, _ frame: Rectangle) -> SVGElement {
    switch item {
    case .node(let id):
      nodes.element(for: outline.graph.nodes[id], in: frame, isResult: id == outline.graph.nodes.count - 1)
    case .nodeOutside, .groupOutside:
      NodeDrawing.sign(name(of: item), in: frame, isActive: isTouched(item))
    case .group(let id):
      closedGroup(id, frame, isActive: isTouched(item))
    }
  }

  /// Returns a box on top of another one, which shows that there is more behind it.
  private func closedGroup(_ id: GraphOutline.GroupID, _ frame: Rectangle, isActive: Bool) -> SVGElement {
    let group = outline.groups[id], style: Style = isActive ? .active : .group
    var behind = frame, front = frame
    behind.x += 4
    behind.width -= 4
    behind.height -= 4
    front.width -= 4
    front.y += 4
    front.height -= 4
    return .group(
      nil, [:],
      [
        .rectangle(behind, style, radius: 4), .rectangle(front, style, radius: 4),
        .text(group.title(in: language), at: Point(front.midX, front.midY - 7), .text, font: .bold, anchor: .middle),
        .text(
          group.contents(in: language), at: Point(front.midX, front.midY + 8), .secondaryText, font: .small,
          anchor: .middle),
      ])
  }

  private func frame(around inside: Picture, _ frame: Rectangle, _ item: GraphOutline.Item) -> SVGElement {
    .group(
      nil, [:],
      [
        .rectangle(frame, .openGroup, radius: 8),
        .text(
          name(of: item), at: Point(frame.x + BoxSizes.groupPadding, frame.y + BoxSizes.groupHeight / 2), .text,
          font: .bold),
        .group(
          nil,
          [
            "transform":
              "translate(\((frame.x + BoxSizes.groupPadding).pixels) \((frame.y + BoxSizes.groupHeight).pixels))"
          ],
          inside.elements),
      ])
  }

  // MARK: Lines

  private func lines(
    _ route: LayeredLayout.Route, _ level: GraphOutline.Level, _ frames: [Rectangle]
  ) -> [SVGElement] {
    guard let edge = route.edge, let target = route.target else { return [.route(route.points)] }
    var points = route.points
    if let node = node(level.items[target]) {
      points[points.count - 1].x += nodes.sizes.recess(of: node, at: points.last!.y - frames[target].midY)
    }
    let isActive = nodes.isActive(
      edgeFrom: outline.nodes(of: level.items[level.edges[edge].from]), to: outline.nodes(of: level.items[target]))
    return SVGElement.arrow(along: points, isActive: isActive)
  }

  private func isTouched(_ item: GraphOutline.Item) -> Bool { nodes.isTouched(outline.nodes(of: item)) }
}
