import MicrogradEngine

extension GraphFigure {
  /// The graph as an indented list for a terminal: each value above what it was computed from. What was listed before is
  /// not listed again, and in folded graphs the parts are.
  public func text(style: TextStyle = TextStyle()) -> String {
    let parts = textParts(style: style)
    let heading = parts.title.isEmpty ? [] : [parts.title, ""]
    let words = parts.words.isEmpty ? [] : [""] + parts.words
    let values = parts.values.enumerated().map { index, value in
      style.faint(value.stem) + value.text + (index == parts.current ? TextParts.mark(style) : "")
    }
    return (heading + values + words).joined(separator: "\n") + "\n"
  }

  /// The lines of a figure's text, for those who do not show all of them at once.
  package struct TextParts {
    package var title: String
    /// A line for each value: what shows its place in the tree, without a style, and the rest.
    package var values: [(stem: String, text: String)] = []
    /// The line of the value that the step is about.
    package var current: Int?
    /// What stands behind that line.
    package static func mark(_ style: TextStyle) -> String { style.accented("  <") }
    /// The words of the step that is shown.
    package var words: [String] = []

    package init(title: String) { self.title = title }
  }

  package func textParts(style: TextStyle) -> TextParts {
    let outline = GraphOutline(isFolded ? graph.grouped() : graph)
    var parts = TextParts(title: title.isEmpty ? "" : style.bold(style.plain(title)))
    if outline.groups.isEmpty {
      (parts.values, parts.current) = tree(style)
    } else {
      parts.values = list(outline, level: nil, open: outline.readable(), indent: "", style)
    }
    if let moment { parts.words = words(moment, style) }
    return parts
  }

  private func words(_ moment: Moment, _ style: TextStyle) -> [String] {
    guard moment.count > 0 else { return [style.plain(Phrase.start.filled(language))] }
    let text = moment.explanation.text(of: moment.count - 1, in: language, style: style)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The values, and which of the lines is about the step's.
  private func tree(_ style: TextStyle) -> (lines: [(String, String)], current: Int?) {
    guard let root = graph.nodes.last else { return ([], nil) }
    var lines: [(String, String)] = [], current: Int?, listed: Set<Int> = []
    var waiting: [(node: Int, stem: String, branch: String)] = [(root.id, "", "")]
    while let (id, stem, branch) = waiting.popLast() {
      let node = graph.nodes[id], isRepeated = !node.isLeaf && !listed.insert(id).inserted
      if id == moment?.step?.node, !isRepeated { current = lines.count }
      lines.append((style.plain(stem + branch), line(for: node, isRepeated, style)))
      guard !isRepeated else { continue }
      let inner = stem + (branch.isEmpty ? "" : branch.hasPrefix("└") ? "   " : "│  ")
      for (place, operand) in node.operands.enumerated().reversed() {
        waiting.append((operand, inner, place == node.operands.count - 1 ? "└─ " : "├─ "))
      }
    }
    return (lines, current)
  }

  private func line(for node: ComputationGraph.Node, _ isRepeated: Bool, _ style: TextStyle) -> String {
    let symbol = node.isLeaf ? "" : " = \(node.symbol)"
    let head = style.bold(style.plain(node.name)) + style.plain(symbol)
    if isRepeated { return head + style.faint(style.plain(" …")) }
    let isKnown = moment?.hasNumber[node.id] ?? true, gradient = moment.map { $0.gradients[node.id] } ?? node.grad
    let unknown = style.isASCII ? "." : "·"
    let data = isKnown ? node.data.inFigure : unknown, grad = gradient?.inFigure ?? unknown
    return head + style.faint("  data ") + data + style.faint("  grad ") + grad
  }

  private func list(
    _ outline: GraphOutline, level: GraphOutline.GroupID?, open: Set<GraphOutline.GroupID>, indent: String,
    _ style: TextStyle
  ) -> [(String, String)] {
    outline.level(level).items.flatMap { item -> [(String, String)] in
      switch item {
      case .node(let id): return [(indent, line(for: outline.graph.nodes[id], false, style))]
      case .nodeOutside, .groupOutside: return []
      case .group(let id):
        let group = outline.groups[id]
        let head = style.bold(style.plain("▸ " + group.title(in: language)))
        let heading = head + style.faint("  \(group.contents(in: language))")
        let inside = open.contains(id) ? list(outline, level: id, open: open, indent: indent + "  ", style) : []
        return [(indent, heading)] + inside
      }
    }
  }
}
