/// Makes the tree of parts into groups: numbers them, folds long rows of the same into one, and puts the nodes into order.
struct GroupAssembly {
  /// Longer rows of the same are folded, into this many at once.
  private static let longestRow = 40
  private static let rowLength = 10
  /// Of more samples than this, one is the example.
  private static let mostSamples = 4
  /// Fewer leaves of a kind are shown one by one.
  private static let fewestLeaves = 6

  private let tree: PartTree
  private let source: [ComputationGraph.Node]
  /// The nodes in their new order, by their old positions.
  private var order: [Int] = []
  private var groups: [ComputationGraph.Group] = []

  init(_ tree: PartTree, of graph: ComputationGraph) {
    self.tree = tree
    source = graph.nodes
    groups = assemble(draft(level: nil))
  }

  var graph: ComputationGraph {
    var positions = source.map { _ in 0 }
    for (position, old) in order.enumerated() { positions[old] = position }
    let nodes = order.enumerated().map { position, old in
      source[old].moved(to: position, operands: source[old].operands.map { positions[$0] })
    }
    return ComputationGraph(nodes: nodes, groups: groups)
  }

  // MARK: What stands at a level

  /// A group before its nodes have their places.
  private struct Draft {
    var kind: ComputationGraph.Group.Kind
    var label: String?
    var numbers: ClosedRange<Int>?
    var shape: [Int] = []
    var content: [Content]
  }

  /// Parts that are numbered together.
  private struct Family: Hashable {
    let kind: ComputationGraph.Group.Kind
    /// The name of scopes; nil for other kinds.
    let name: String?

    init(_ kind: ComputationGraph.Group.Kind, _ label: String?) {
      self.kind = kind
      name = kind == .scope ? label : nil
    }

    init(_ part: Part) { self.init(part.kind, part.label) }
  }

  private enum Content {
    case node(Int)
    case group(Draft)
  }

  private func draft(level: Int?) -> [Content] {
    let items = tree.levels[level] ?? []
    var seen: [Family: Int] = [:], total: [Family: Int] = [:]
    for case .part(let part) in items where !tree.parts[part].members.isEmpty {
      total[Family(tree.parts[part]), default: 0] += 1
    }
    let content = items.compactMap { item -> Content? in
      switch item {
      case .node(let node): return .node(node)
      case .part(let index):
        let part = tree.parts[index]
        if part.members.isEmpty { return nil }
        let family = Family(part), number = seen[family, default: 0] + 1
        seen[family] = number
        return .group(
          Draft(
            kind: part.kind, label: part.label, numbers: total[family]! > 1 ? number...number : nil,
            shape: part.shape, content: draft(level: index)))
      }
    }
    return rowsFolded(leavesFolded(content))
  }

  // MARK: Leaves

  /// Leaves that are called alike, or not at all, become groups, and come first.
  private func leavesFolded(_ content: [Content]) -> [Content] {
    var families: [(stem: String, leaves: [Int])] = [], places: [String: Int] = [:]
    for case .node(let node) in content where source[node].isLeaf {
      let stem = Self.stem(source[node].label ?? "")
      if places[stem] == nil {
        places[stem] = families.count
        families.append((stem, []))
      }
      families[places[stem]!].leaves.append(node)
    }
    let large = families.filter { $0.leaves.count >= Self.fewestLeaves }, folded = Set(large.flatMap { $0.leaves })
    let groups = large.map { family in
      Content.group(
        Draft(
          kind: .leaves, label: family.stem.isEmpty ? nil : family.stem, shape: shape(of: family.leaves),
          content: rowsFolded(family.leaves.map { .node($0) })))
    }
    return groups + content.filter { if case .node(let node) = $0 { !folded.contains(node) } else { true } }
  }

  /// The part of a name before its numbers: `w1` of `w1.2.1`, `x` of `x12`.
  private static func stem(_ label: String) -> String {
    if let dot = label.firstIndex(of: ".") { return String(label[..<dot]) }
    var stem = label[...]
    while let last = stem.last, ("0"..."9").contains(last) { stem.removeLast() }
    return String(stem)
  }

  /// The number of different numbers at each position of names such as `w1.2.1`; for other names, the number of leaves.
  private func shape(of leaves: [Int]) -> [Int] {
    let numbers = leaves.map { (source[$0].label ?? "").split(separator: ".").dropFirst() }
    guard let places = numbers.first?.count, places > 0, numbers.allSatisfy({ $0.count == places }) else {
      return [leaves.count]
    }
    let shape = (0..<places).map { place in Set(numbers.map { $0[$0.startIndex + place] }).count }
    return shape.reduce(1, *) == leaves.count ? shape : [leaves.count]
  }

  // MARK: Rows

  /// Long rows of the same are cut into rows of ten, those into tens of them, and so on. The first sample stays outside, as
  /// the example of them all.
  private func rowsFolded(_ content: [Content]) -> [Content] {
    content.split(by: family).flatMap { row -> [Content] in
      guard family(of: row[0]).kind == .sample else { return fold(row) }
      guard row.count > Self.mostSamples else { return row }
      return [row[0], .group(run(Array(row.dropFirst())))]
    }
  }

  private func fold(_ row: [Content]) -> [Content] {
    guard row.count > Self.longestRow else { return row }
    return fold(
      stride(from: 0, to: row.count, by: Self.rowLength).map { start in
        .group(run(Array(row[start..<Swift.min(start + Self.rowLength, row.count)])))
      })
  }

  private func run(_ row: [Content]) -> Draft {
    let numbers = row.compactMap { if case .group(let draft) = $0 { draft.numbers } else { nil } }
    let family = family(of: row[0])
    var draft = Draft(kind: family.kind, label: family.name, content: fold(row))
    if let first = numbers.first, let last = numbers.last { draft.numbers = first.lowerBound...last.upperBound }
    if numbers.isEmpty { draft.shape = [row.count] }
    return draft
  }

  private func family(of content: Content) -> Family {
    switch content {
    case .node(let node): Family(source[node].isLeaf ? .leaves : .values, nil)
    case .group(let draft): Family(draft.kind, draft.label)
    }
  }

  // MARK: Places

  private mutating func assemble(_ content: [Content]) -> [ComputationGraph.Group] {
    var groups: [ComputationGraph.Group] = []
    for item in content {
      switch item {
      case .node(let node): order.append(node)
      case .group(let draft):
        let start = order.count, children = assemble(draft.content)
        groups.append(
          .init(
            kind: draft.kind, label: draft.label, numbers: draft.numbers, shape: draft.shape,
            nodes: start..<order.count, children: children))
      }
    }
    return groups
  }
}

extension Array {
  /// Neighbours with the same key together.
  fileprivate func split<Key: Equatable>(by key: (Element) -> Key) -> [[Element]] {
    reduce(into: []) { rows, element in
      if let last = rows.last?.last, key(last) == key(element) {
        rows[rows.count - 1].append(element)
      } else {
        rows.append([element])
      }
    }
  }
}
