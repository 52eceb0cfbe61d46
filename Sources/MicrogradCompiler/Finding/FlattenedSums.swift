import MicrogradEngine

/// Pass 1, sums: chains of additions, subtractions and changes of sign become sums of any number of terms.
///
/// `((a + b) - c) + d` is three nodes, and which three depends on how it was written. A link of the chain whose only use is
/// the next link is absorbed, and what is left is one sum with a sign for each term. The sum of a hundred samples' losses
/// becomes one node with a hundred terms, which is where the samples are found later.
///
/// Complexity: linear in the number of nodes and operands.
struct FlattenedSums {
  enum Kind: UInt8, BitwiseCopyable {
    case leaf, apply, dot, list
    /// A sum; its operands carry signs.
    case sum
    /// Part of another node's sum.
    case absorbed
  }

  /// An operand and its sign, in one number.
  struct Term: BitwiseCopyable {
    let code: Int32
    init(_ node: Int32, isNegative: Bool) { code = node << 1 | (isNegative ? 1 : 0) }
    init(code: Int32) { self.code = code }
    var node: Int32 { code >> 1 }
    var isNegative: Bool { code & 1 != 0 }
  }

  let graph: FlatGraph
  let kinds: NodeTable<Kind>
  /// What was applied, where the kind is `apply`.
  let operations: NodeTable<Operation>
  /// The terms of node i are `terms[starts[i]..<starts[i + 1]]`; those of other nodes than sums are positive.
  let starts: NodeTable<Int32>
  let terms: NodeTable<Term>

  init(_ graph: FlatGraph) {
    self.graph = graph
    kinds = NodeTable(graph.kinds.lazy.map { Kind(rawValue: $0.rawValue).unsafelyUnwrapped })
    operations = NodeTable(graph.operations)
    starts = NodeTable(repeating: 0, count: graph.count + 1)
    terms = NodeTable(repeating: Term(code: 0), count: graph.operands.count)
    let operands = Operands(graph)
    absorb(operands)
    flatten(operands)
  }

  var count: Int { kinds.count }

  @inline(__always) func terms(of node: Int32) -> Range<Int> { Int(starts[node])..<Int(starts[Int(node) + 1]) }

  /// The operands as they were recorded, copied for reads without checks.
  private struct Operands {
    let starts, nodes: NodeTable<Int32>
    init(_ graph: FlatGraph) { (starts, nodes) = (NodeTable(graph.starts), NodeTable(graph.operands)) }
  }

  /// Finds the sums, and the links that are absorbed by their only consumer.
  private func absorb(_ operands: Operands) {
    let consumers = consumers(operands)
    for node in 0..<count where isLinear(node) {
      let consumer = consumers[node]
      kinds[node] = consumer >= 0 && isLinear(Int(consumer)) ? .absorbed : .sum
    }
  }

  /// For each node the one that uses it; -1 if several do, or none.
  private func consumers(_ operands: Operands) -> NodeTable<Int32> {
    let unused: Int32 = -2, several: Int32 = -1
    let consumers = NodeTable(repeating: unused, count: count)
    consumers[graph.root] = several
    for node in 0..<count {
      for place in operands.starts[node]..<operands.starts[node + 1] {
        let operand = operands.nodes[place]
        consumers[operand] = consumers[operand] == unused ? Int32(node) : several
      }
    }
    return consumers
  }

  private func isLinear(_ node: Int) -> Bool {
    switch (kinds[node], operations[node]) {
    case (.apply, .add), (.apply, .subtract), (.apply, .negate), (.sum, _), (.absorbed, _): true
    default: false
    }
  }

  private func flatten(_ operands: Operands) {
    var stack: [Term] = [], end = 0
    for node in 0..<count {
      switch kinds[node] {
      case .absorbed: break
      case .sum: appendTerms(of: Int32(node), operands, &stack, &end)
      default:
        for place in operands.starts[node]..<operands.starts[node + 1] {
          terms[end] = Term(operands.nodes[place], isNegative: false)
          end += 1
        }
      }
      starts[node + 1] = Int32(end)
    }
  }

  /// - Parameter stack: Empty before and after; one for all sums, so that they need not allocate theirs.
  private func appendTerms(of sum: Int32, _ operands: Operands, _ stack: inout [Term], _ end: inout Int) {
    stack.append(Term(sum, isNegative: false))
    while let term = stack.popLast() {
      guard term.node == sum || kinds[term.node] == .absorbed else {
        terms[end] = term
        end += 1
        continue
      }
      let start = operands.starts[term.node], operation = operations[term.node]
      // The last operand is pushed first, so that terms come out from left to right.
      if operation != .negate {
        stack.append(Term(operands.nodes[start + 1], isNegative: term.isNegative != (operation == .subtract)))
      }
      stack.append(Term(operands.nodes[start], isNegative: term.isNegative != (operation == .negate)))
    }
  }
}
