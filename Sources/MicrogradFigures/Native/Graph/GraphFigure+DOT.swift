import MicrogradEngine
import MicrogradGraph

extension GraphFigure {
  /// Returns the graph in the language of Graphviz, with the boxes and circles of micrograd's `trace_graph`.
  ///
  /// It contains every value. The parts that an SVG shows as boxes are nested clusters.
  public func dot() -> String {
    let graph = isFolded ? graph.grouped() : graph
    var lines = ["digraph {", "  rankdir=LR"]
    if !title.isEmpty { lines.append("  label=\"\(Self.escapedText(title))\" labelloc=t") }
    lines.append("  node [fontname=\"Helvetica,Arial,sans-serif\" fontsize=12]")
    for node in graph.nodes {
      lines += Self.statements(for: node, isResult: node.id == graph.nodes.count - 1)
    }
    var count = 0
    for group in graph.groups { lines += cluster(group, of: graph, indentation: "  ", &count) }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  /// Returns a frame around the nodes of a part.
  ///
  /// - Parameter count: The number of clusters so far. Each must have its own name.
  private func cluster(
    _ group: ComputationGraph.Group, of graph: ComputationGraph, indentation: String, _ count: inout Int
  ) -> [String] {
    count += 1
    var lines = [
      "\(indentation)subgraph cluster_\(count) {",
      "\(indentation)  label=\"\(Self.escapedText(group.title(in: language)))\" style=rounded",
    ]
    for child in group.children { lines += cluster(child, of: graph, indentation: indentation + "  ", &count) }
    let own = RangeSet(group.nodes).subtracting(RangeSet(group.children.map(\.nodes))).ranges.joined()
    let names = own.map { graph.nodes[$0].isLeaf ? "v\($0)" : "op\($0) v\($0)" }
    if !names.isEmpty { lines.append("\(indentation)  \(names.joined(separator: " "))") }
    return lines + ["\(indentation)}"]
  }

  private static func statements(for node: ComputationGraph.Node, isResult: Bool) -> [String] {
    var cells = node.label.map { [escapedCell($0)] } ?? []
    cells += ["data \(node.data.inFigure)", "grad \(node.grad.inFigure)"]
    let look = isResult ? " penwidth=2" : node.isLeaf ? " style=rounded" : ""
    let box = "  v\(node.id) [shape=record label=\"{ \(cells.joined(separator: " | ")) }\"\(look)]"
    guard !node.isLeaf else { return [box] }
    let order = node.operation.hasOrderedOperands ? " ordering=in" : ""
    let circle = "  op\(node.id) [shape=ellipse label=\"\(escapedText(node.symbol))\"\(order)]"
    return [box, circle, "  op\(node.id) -> v\(node.id)"] + node.operands.map { "  v\($0) -> op\(node.id)" }
  }

  /// Escapes text for quotes, in which Graphviz reads backslashes, quotes and entities.
  private static func escapedText(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"": result += "\\\(scalar)"
      case "&": result += "&amp;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Escapes text for a cell of a record, in which braces, bars and angle brackets have a meaning too.
  private static func escapedCell(_ text: String) -> String {
    var result = ""
    for character in escapedText(text) {
      if "{}|<>".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
