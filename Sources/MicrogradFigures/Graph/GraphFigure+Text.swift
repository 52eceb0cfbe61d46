import MicrogradEngine

extension GraphFigure {
  /// What is deeper is listed below, from the left again: lines of a deep tree would be longer and longer.
  private static let deepest = 40

  /// The graph as an indented list for a terminal: each value above what it was computed from. What was listed before is
  /// not listed again, and in folded graphs the parts are.
  public func text(style: TextStyle = TextStyle()) -> String {
    let outline = GraphOutline(isFolded ? graph.grouped() : graph)
    var lines = title.isEmpty ? [] : [style.bold(style.plain(title)), ""]
    if outline.groups.isEmpty {
      lines += tree(style)
    } else {
      lines += list(outline, level: nil, open: outline.readable(), indent: "", style)
    }
    return (lines + words(style)).joined(separator: "\n") + "\n"
  }

  /// The words of the step that is shown.
  private func words(_ style: TextStyle) -> [String] {
    guard let moment else { return [] }
    let isStart = moment.count == 0
    let text =
      isStart
      ? style.plain(Phrase.start.filled(language))
      : moment.explanation.text(of: moment.count - 1, in: language, style: style)
    return ["", text]
  }

  private func tree(_ style: TextStyle) -> [String] {
    var lines: [String] = [], listed: Set<Int> = [], roots = graph.nodes.suffix(1).map(\.id), next = 0
    while next < roots.count {
      if !listed.contains(roots[next]) { lines += tree(below: roots[next], &listed, &roots, style) }
      next += 1
    }
    return lines
  }

  private func tree(below root: Int, _ listed: inout Set<Int>, _ roots: inout [Int], _ style: TextStyle) -> [String] {
    var lines: [String] = []
    var waiting: [(node: Int, stem: String, branch: String, depth: Int)] = [(root, "", "", 0)]
    while let (id, stem, branch, depth) = waiting.popLast() {
      let node = graph.nodes[id], isTooDeep = depth > Self.deepest && !node.isLeaf
      if isTooDeep { roots.append(id) }
      let isElsewhere = isTooDeep || !node.isLeaf && !listed.insert(id).inserted
      lines.append(style.faint(style.plain(stem + branch)) + line(for: node, isElsewhere, style))
      guard !isElsewhere else { continue }
      let inner = stem + (branch.isEmpty ? "" : branch.hasPrefix("└") ? "   " : "│  ")
      for (place, operand) in node.operands.enumerated().reversed() {
        waiting.append((operand, inner, place == node.operands.count - 1 ? "└─ " : "├─ ", depth + 1))
      }
    }
    return lines
  }

  private func line(for node: ComputationGraph.Node, _ isElsewhere: Bool, _ style: TextStyle) -> String {
    let symbol = node.isLeaf ? "" : " = \(node.symbol)"
    let head = style.bold(style.plain(node.name)) + style.plain(symbol)
    if isElsewhere { return head + style.faint(style.plain(" …")) }
    let isKnown = moment?.hasNumber[node.id] ?? true, gradient = moment.map { $0.gradients[node.id] } ?? node.grad
    let unknown = style.isASCII ? "." : "·"
    let data = isKnown ? node.data.inFigure : unknown, grad = gradient?.inFigure ?? unknown
    let numbers = style.faint("  data ") + data + style.faint("  grad ") + grad
    return head + numbers + (moment?.step?.node == node.id ? style.accented("  <") : "")
  }

  private func list(
    _ outline: GraphOutline, level: GraphOutline.GroupID?, open: Set<GraphOutline.GroupID>, indent: String,
    _ style: TextStyle
  ) -> [String] {
    outline.level(level).items.flatMap { item -> [String] in
      switch item {
      case .node(let id): return [indent + line(for: outline.graph.nodes[id], false, style)]
      case .nodeOutside, .groupOutside: return []
      case .group(let id):
        let group = outline.groups[id]
        let head = indent + style.bold(style.plain("▸ " + group.title(in: language)))
        let heading = head + style.faint("  \(group.contents(in: language))")
        let inside = open.contains(id) ? list(outline, level: id, open: open, indent: indent + "  ", style) : []
        return [heading] + inside
      }
    }
  }
}
