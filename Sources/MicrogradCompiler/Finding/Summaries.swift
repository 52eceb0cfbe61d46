import MicrogradEngine

// The findings of the first passes as text: a headline, and below it a listing if it is short enough to read.

private let longestListing = 400

extension FlattenedSums {
  var headline: String {
    let absorbed = (0..<count).count { kinds[$0] == .absorbed }
    return "\(count) nodes, \(absorbed) of them absorbed by sums"
  }

  /// The nodes with their operands.
  var summary: String {
    let kept = (0..<Int32(count)).filter { kinds[$0] != .absorbed }
    guard kept.count <= longestListing else { return headline }
    return ([headline] + kept.map { "%\($0) = \(line($0))" }).joined(separator: "\n")
  }

  fileprivate func line(_ node: Int32) -> String {
    let operands = self.terms(of: node).map { "\(terms[$0].isNegative ? "-" : "")%\(terms[$0].node)" }
    switch kinds[node] {
    case .leaf: return "\(graph.numbers[Int(node)])"
    case .apply: return "\(graph.operations[Int(node)]) \(operands.joined(separator: " "))"
    default: return "\(kinds[node]) \(operands.joined(separator: " "))"
    }
  }
}

extension Coloring {
  var headline: String { "\((0..<Int32(count)).count { size(of: $0) > 0 }) colours of computed nodes" }

  /// The number of nodes of each colour, and an example of each.
  func summary(of sums: FlattenedSums) -> String {
    var examples: [Int32: Int32] = [:]
    for node in 0..<Int32(sums.count) where sums.kinds[node] != .absorbed {
      if examples[colors[node]] == nil { examples[colors[node]] = node }
    }
    guard examples.count <= longestListing else { return headline }
    let lines = examples.sorted { $0.key < $1.key }.map { color, node in
      let size = size(of: color)
      return "colour \(color): \(size == 0 ? "leaves" : "\(size) ×"), such as %\(node) = \(sums.line(node))"
    }
    return ([headline] + lines).joined(separator: "\n")
  }
}

extension Lanes {
  var headline: String { "\(laneCount) lanes with \(slotCount) slots each" }

  /// The number of lanes, and the slots with the first node in each.
  func summary(of sums: FlattenedSums) -> String {
    guard slotCount <= longestListing else { return headline }
    let lines = (0..<Int32(slotCount)).map { slot in
      let members = self.members(of: slot), nodes = members.filter { $0 >= 0 }
      let share = nodes.count == laneCount ? "all" : "\(nodes.count)"
      return "slot \(slot), in \(share) lanes: \(nodes.first.map { "%\($0) = \(sums.line($0))" } ?? "")"
    }
    return ([headline] + lines).joined(separator: "\n")
  }
}
