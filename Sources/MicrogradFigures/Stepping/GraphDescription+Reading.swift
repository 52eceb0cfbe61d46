import MicrogradEngine
import MicrogradGraph
import MicrogradJSON

extension GraphDescription {
  /// Reads a description.
  ///
  /// - Throws: `SteppingError` if it does not describe a graph whose operands come before their users, and whose groups lie
  ///   inside each other.
  /// - Complexity: O(n) in its nodes, edges and groups.
  package init(_ json: JSON) throws(SteppingError) {
    let nodes = try Self.nodes(json)
    var isSetByHand = Array(repeating: false, count: nodes.count)
    for id in try Self.integers(json, "setByHand") {
      guard nodes.indices.contains(id), !nodes[id].isLeaf else { throw .description("setByHand") }
      isSetByHand[id] = true
    }
    let graph = ComputationGraph(nodes: nodes, groups: try Self.groups(json, nodes.count))
    self.init(graph, title: json["title"]?.text ?? "", isSetByHand: isSetByHand)
  }

  private static func integers(_ json: JSON, _ name: String) throws(SteppingError) -> [Int] {
    guard let array = json[name]?.array else { throw .description(name) }
    var integers: [Int] = []
    integers.reserveCapacity(array.count)
    for element in array {
      guard let integer = element.integer else { throw .description(name) }
      integers.append(integer)
    }
    return integers
  }

  // MARK: Nodes

  private static func nodes(_ json: JSON) throws(SteppingError) -> [ComputationGraph.Node] {
    let operations = try integers(json, "operations"), operands = try integers(json, "operands")
    guard let data = json["data"]?.text.flatMap(NumberText.decoded), data.count == operations.count, !data.isEmpty
    else { throw .description("data") }
    var constants: [Double?] = Array(repeating: nil, count: data.count)
    for (id, value) in try pairs(json, "constants", data.count) {
      // JSON has only finite numbers; others are strings.
      constants[id] = value.number ?? value.text.map { $0 == "inf" ? .infinity : $0 == "-inf" ? -.infinity : .nan }
    }
    var labels: [String?] = Array(repeating: nil, count: data.count)
    for (id, value) in try pairs(json, "labels", data.count) { labels[id] = value.text }
    var next = operands.makeIterator(), nodes: [ComputationGraph.Node] = []
    nodes.reserveCapacity(data.count)
    for id in operations.indices {
      guard let operation = UInt8(exactly: operations[id]).flatMap({ Operation(rawValue: $0) }) else {
        throw .description("operations")
      }
      guard let count = next.next(), isPossible(count, of: operation) else { throw .description("operands") }
      var used: [Int] = []
      for _ in 0..<count {
        guard let distance = next.next(), distance > 0, distance <= id else { throw .description("operands") }
        used.append(id - distance)
      }
      nodes.append(
        .init(
          id: id, operation: operation, operands: used, constant: constants[id], data: data[id], label: labels[id]))
    }
    return nodes
  }

  /// Returns whether an operation may have so many operands.
  private static func isPossible(_ count: Int, of operation: Operation) -> Bool {
    switch operation {
    case .leaf: count == 0
    case .dot: count >= 0
    default: (1...2).contains(count)
    }
  }

  private static func pairs(_ json: JSON, _ name: String, _ count: Int) throws(SteppingError) -> [(Int, JSON)] {
    guard let array = json[name]?.array else { throw .description(name) }
    var pairs: [(Int, JSON)] = []
    for element in array {
      guard let pair = element.array, pair.count == 2, let id = pair[0].integer, id >= 0, id < count else {
        throw .description(name)
      }
      pairs.append((id, pair[1]))
    }
    return pairs
  }

  // MARK: Groups

  /// A group before those inside it are known.
  private struct Entry {
    var group: ComputationGraph.Group
    var parent: Int
    var children: [Int] = []
  }

  private static func groups(_ json: JSON, _ count: Int) throws(SteppingError) -> [ComputationGraph.Group] {
    guard let array = json["groups"]?.array else { throw .description("groups") }
    var entries: [Entry] = [], roots: [Int] = []
    for element in array {
      guard let entry = entry(element) else { throw .description("groups") }
      // Inside the group around it, or the whole graph, and behind the sibling before it.
      guard entry.parent >= -1, entry.parent < entries.count else { throw .description("groups") }
      let around = entry.parent < 0 ? 0..<count : entries[entry.parent].group.nodes
      let sibling = entry.parent < 0 ? roots.last : entries[entry.parent].children.last
      let start = sibling.map { entries[$0].group.nodes.upperBound } ?? around.lowerBound
      guard entry.group.nodes.lowerBound >= start, entry.group.nodes.upperBound <= around.upperBound else {
        throw .description("groups")
      }
      if entry.parent < 0 {
        roots.append(entries.count)
      } else {
        entries[entry.parent].children.append(entries.count)
      }
      entries.append(entry)
    }
    // Those inside have their places behind: their children are complete first.
    for id in entries.indices.reversed() {
      let group = entries[id].group
      entries[id].group = .init(
        kind: group.kind, label: group.label, numbers: group.numbers, shape: group.shape, nodes: group.nodes,
        children: entries[id].children.map { entries[$0].group })
    }
    return roots.map { entries[$0].group }
  }

  private static func entry(_ json: JSON) -> Entry? {
    guard let members = json.array, members.count == 7,
      let kind = members[0].text.flatMap({ ComputationGraph.Group.Kind(rawValue: $0) }),
      let parent = members[1].integer,
      let start = members[2].integer, let end = members[3].integer, start >= 0, start < end,
      let numbers = members[5].array?.compactMap({ $0.integer }),
      let shape = members[6].array?.compactMap({ $0.integer }),
      numbers.isEmpty || numbers.count == 2 && numbers[0] <= numbers[1]
    else { return nil }
    return Entry(
      group: .init(
        kind: kind, label: members[4].text, numbers: numbers.isEmpty ? nil : numbers[0]...numbers[1], shape: shape,
        nodes: start..<end, children: []),
      parent: parent)
  }
}
