import MicrogradEngine
import MicrogradGraph

extension GraphFigure {
  /// The deepest level of indentation. Deeper values start again at the left, below the tree, so that lines stay short.
  private static let deepest = 40

  /// Returns the graph as an indented list for a terminal: each value above its operands. A value that was listed before is
  /// not listed again. Of a folded graph, the parts are listed.
  public func text(style: TextStyle = TextStyle()) -> String {
    let parts = textParts(style: style)
    let heading = parts.title.isEmpty ? [] : [parts.title, ""]
    let words = parts.words.isEmpty ? [] : [""] + parts.words
    let values = parts.values.enumerated().map { index, value in
      style.faint(value.stem) + value.text + (index == parts.current ? TextParts.mark(style) : "")
    }
    return (heading + values + words).joined(separator: "\n") + "\n"
  }

  /// The lines of a figure's text, for a screen that does not show all of them at once.
  package struct TextParts {
    package var title: String
    /// A line for each value: the stem, without a style, which shows its place in the tree, and the text.
    package var values: [(stem: String, text: String)] = []
    /// The index of the line with the value of the step.
    package var current: Int?
    /// Returns the mark at the end of that line.
    package static func mark(_ style: TextStyle) -> String { style.accented("  <") }
    /// The sentence and the arithmetic of the step that is shown.
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

  /// A line of the tree: the stem that shows its place, and the text.
  private typealias Line = (stem: String, text: String)

  /// Returns the lines of the values, and the index of the line with the value of the step.
  private func tree(_ style: TextStyle) -> (lines: [Line], current: Int?) {
    var lines: [Line] = [], current: Int?, listed: Set<Int> = [], roots = graph.nodes.suffix(1).map(\.id), next = 0
    while next < roots.count {
      if !listed.contains(roots[next]) { addTree(below: roots[next], to: &lines, &current, &listed, &roots, style) }
      next += 1
    }
    return (lines, current)
  }

  private func addTree(
    below root: Int, to lines: inout [Line], _ current: inout Int?, _ listed: inout Set<Int>, _ roots: inout [Int],
    _ style: TextStyle
  ) {
    var waiting: [(node: Int, stem: String, branch: String, depth: Int)] = [(root, "", "", 0)]
    while let (id, stem, branch, depth) = waiting.popLast() {
      let node = graph.nodes[id], isTooDeep = depth > Self.deepest && !node.isLeaf
      if isTooDeep { roots.append(id) }
      let isElsewhere = isTooDeep || !node.isLeaf && !listed.insert(id).inserted
      if id == moment?.step?.node, !isElsewhere { current = lines.count }
      lines.append((style.plain(stem + branch), line(for: node, isElsewhere, style)))
      guard !isElsewhere else { continue }
      let inner = stem + (branch.isEmpty ? "" : branch.hasPrefix("└") ? "   " : "│  ")
      for (place, operand) in node.operands.enumerated().reversed() {
        waiting.append((operand, inner, place == node.operands.count - 1 ? "└─ " : "├─ ", depth + 1))
      }
    }
  }

  private func line(for node: ComputationGraph.Node, _ isElsewhere: Bool, _ style: TextStyle) -> String {
    let symbol = node.isLeaf ? "" : " = \(node.symbol)"
    let head = style.bold(style.plain(node.name)) + style.plain(symbol)
    if isElsewhere { return head + style.faint(style.plain(" …")) }
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
