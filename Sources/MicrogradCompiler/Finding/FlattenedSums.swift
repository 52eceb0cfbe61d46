import MicrogradEngine

/// Pass 1, sums: chains of additions, subtractions and changes of sign become sums of any number of terms.
///
/// `((a + b) - c) + d` is three nodes, and which three depends on how it was written. A link of the chain whose only use is
/// the next link is absorbed, and what is left is one sum with a sign for each term. The sum of a hundred samples' losses
/// becomes one node with a hundred terms, which is where the samples are found later.
///
/// Complexity: linear in the number of nodes and operands.
struct FlattenedSums {
  enum Kind: UInt8 {
    case leaf, apply, dot, list
    /// A sum; its operands carry signs.
    case sum
    /// Part of another node's sum.
    case absorbed
  }

  /// An operand and its sign, in one number.
  struct Term {
    let code: Int32
    init(_ node: Int32, isNegative: Bool) { code = node << 1 | (isNegative ? 1 : 0) }
    init(code: Int32) { self.code = code }
    var node: Int32 { code >> 1 }
    var isNegative: Bool { code & 1 != 0 }
  }

  let graph: FlatGraph
  private(set) var kinds: [Kind]
  /// The terms of node i are `terms[starts[i]..<starts[i + 1]]`; those of other nodes than sums are positive.
  private(set) var starts: [Int32] = [0]
  private(set) var terms: [Term] = []

  init(_ graph: FlatGraph) {
    self.graph = graph
    kinds = graph.kinds.map { Kind(rawValue: $0.rawValue).unsafelyUnwrapped }
    let consumers = FlattenedSums.consumers(in: graph)
    for node in 0..<graph.count where isLinear(Int32(node)) {
      let consumer = consumers[node]
      kinds[node] = consumer >= 0 && isLinear(consumer) ? .absorbed : .sum
    }
    flatten()
  }

  var count: Int { kinds.count }

  func terms(of node: Int32) -> Range<Int> { Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) }

  /// For each node the one that uses it; -1 if several do, or none.
  private static func consumers(in graph: FlatGraph) -> [Int32] {
    let unused: Int32 = -2, several: Int32 = -1
    var consumers = [Int32](repeating: unused, count: graph.count)
    consumers[Int(graph.root)] = several
    for node in 0..<graph.count {
      for place in Int(graph.starts[node])..<Int(graph.starts[node + 1]) {
        let operand = Int(graph.operands[place])
        consumers[operand] = consumers[operand] == unused ? Int32(node) : several
      }
    }
    return consumers
  }

  private func isLinear(_ node: Int32) -> Bool {
    // A pattern: the engine's == for kinds is a call into another module.
    guard case .apply = graph.kinds[Int(node)] else { return false }
    switch graph.operations[Int(node)] {
    case .add, .subtract, .negate: return true
    default: return false
    }
  }

  private mutating func flatten() {
    starts.reserveCapacity(graph.count + 1)
    terms.reserveCapacity(graph.operands.count)
    var stack: [Term] = []
    for node in 0..<Int32(graph.count) {
      switch kinds[Int(node)] {
      case .absorbed: break
      case .sum: appendTerms(of: node, &stack)
      default:
        for place in graph.starts[Int(node)]..<graph.starts[Int(node) + 1] {
          terms.append(Term(graph.operands[Int(place)], isNegative: false))
        }
      }
      starts.append(Int32(terms.count))
    }
  }

  /// - Parameter stack: Empty before and after; one for all sums, so that they need not allocate theirs.
  private mutating func appendTerms(of sum: Int32, _ stack: inout [Term]) {
    stack.append(Term(sum, isNegative: false))
    while let term = stack.popLast() {
      guard term.node == sum || kinds[Int(term.node)] == .absorbed else {
        terms.append(term)
        continue
      }
      let start = Int(graph.starts[Int(term.node)]), operation = graph.operations[Int(term.node)]
      // The last operand is pushed first, so that terms come out from left to right.
      if operation != .negate {
        stack.append(Term(graph.operands[start + 1], isNegative: term.isNegative != (operation == .subtract)))
      }
      stack.append(Term(graph.operands[start], isNegative: term.isNegative != (operation == .negate)))
    }
  }
}
