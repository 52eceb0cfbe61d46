import MicrogradEngine

/// The pass `sums`: chains of additions, subtractions and changes of sign become sums of any number of terms.
///
/// `((a + b) - c) + d` is three nodes, and which three depends on how it was written. A link of the chain whose only
/// use is the next link is absorbed, and one sum with a sign for each term remains. The sum of a hundred samples'
/// losses becomes one node with a hundred terms, where later passes find the samples. The order in which terms were
/// added is not forgotten: the code of a sample adds them as they were written (`code(of:_:in:)`).
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
  /// The operation of each node of kind `apply`.
  var operations: NodeTable<Operation> { graph.operations }
  /// The terms of node i are `terms[starts[i]..<starts[i + 1]]`; those of other nodes than sums are positive.
  let starts: NodeTable<Int32>
  let terms: NodeTable<Term>
  /// The operands as they were recorded.
  let operands: Operands
  private let sums = Operation.sums

  /// - Parameter kept: Links that stay sums of their own.
  init(_ graph: FlatGraph, keeping kept: Set<Int32> = []) {
    self.graph = graph
    kinds = NodeTable(unwritten: graph.count)
    starts = NodeTable(unwritten: graph.count + 1)
    terms = NodeTable(unwritten: graph.operands.count)
    operands = Operands(graph)
    absorb(except: kept)
    flatten()
  }

  var count: Int { kinds.count }

  @inline(__always) func terms(of node: Int32) -> Range<Int> { Int(starts[node])..<Int(starts[Int(node) + 1]) }

  @inline(__always) func operandIndices(of node: Int32) -> Range<Int> {
    Int(operands.starts[node])..<Int(operands.starts[Int(node) + 1])
  }

  struct Operands {
    let starts, nodes: NodeTable<Int32>
    init(_ graph: FlatGraph) { (starts, nodes) = (graph.starts, graph.operands) }
  }

  /// Finds the sums, and the links that are absorbed by their only consumer.
  private func absorb(except kept: Set<Int32>) {
    let unused: UInt8 = 0, linkOfSum: UInt8 = 1, other: UInt8 = 2
    let uses = NodeTable(repeating: unused, count: count)
    uses[graph.root] = other
    // Consumers before what they use.
    for node in (0..<count).reversed() {
      let isLinear = isLinear(node)
      kinds[node] = isLinear ? .sum : Kind(rawValue: graph.kinds[node].rawValue).unsafelyUnwrapped
      if isLinear && uses[node] == linkOfSum && (kept.isEmpty || !kept.contains(Int32(node))) {
        kinds[node] = .absorbed
      }
      for index in operandIndices(of: Int32(truncatingIfNeeded: node)) {
        let operand = operands.nodes[index]
        uses[operand] = isLinear && uses[operand] == unused ? linkOfSum : other
      }
    }
  }

  private func isLinear(_ node: Int) -> Bool {
    if case .apply = graph.kinds[node] { sums >> operations[node].rawValue & 1 != 0 } else { false }
  }

  private func flatten() {
    var stack = Stack<Term>(), end = 0
    starts[0] = 0
    for node in 0..<count {
      switch kinds[node] {
      case .absorbed: break
      case .sum: appendTerms(of: Int32(node), &stack, &end)
      default:
        for index in operands.starts[node]..<operands.starts[node + 1] {
          terms[end] = Term(operands.nodes[index], isNegative: false)
          end += 1
        }
      }
      starts[node + 1] = Int32(end)
    }
  }

  /// - Parameter stack: Empty before and after; one for all sums, so that they need not allocate theirs.
  private func appendTerms(of sum: Int32, _ stack: inout Stack<Term>, _ end: inout Int) {
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

/// A stack in memory of its own, without the checks of `Array`.
private struct Stack<Element: BitwiseCopyable>: ~Copyable {
  private var memory = UnsafeMutablePointer<Element>.allocate(capacity: 64)
  private var capacity = 64, count = 0

  deinit { memory.deallocate() }

  @inline(__always) mutating func append(_ element: Element) {
    if _slowPath(count == capacity) { grow() }
    (memory + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always) mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return memory[count]
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
    larger.update(from: memory, count: count)
    memory.deallocate()
    memory = larger
    capacity *= 2
  }
}

// MARK: - As it was written

extension FlattenedSums {
  /// Makes the code of a sum that adds its terms in the order and with the brackets that it was written with.
  ///
  /// The first term is added first, so brackets around it mean nothing; and changes of sign are exact. All other
  /// brackets become sums of their own. With an explicit stack: recursion would overflow on sums nested deeply.
  ///
  /// - Parameter operands: The code of each term.
  func code(of sum: Int32, _ operands: [IR.ID], in ir: inout IR) -> IR.ID {
    enum Visit {
      case node(Int32, sign: Double, isFirst: Bool)
      case closingBracket(sign: Double)
    }
    var open: [[IR.Term]] = [[]], visits = [Visit.node(sum, sign: 1, isFirst: true)], next = 0
    while let visit = visits.popLast() {
      switch visit {
      case .closingBracket(let sign):
        let inner = ir.sum(open.removeLast())
        open[open.count - 1].append(IR.Term(sign, inner))
      case .node(let node, let sign, _) where node != sum && kinds[node] != .absorbed:
        open[open.count - 1].append(IR.Term(sign, operands[next]))
        next += 1
      case .node(let node, let sign, let isFirst):
        let start = self.operands.starts[node], left = self.operands.nodes[start], operation = operations[node]
        if operation == .negate {
          visits.append(.node(left, sign: -sign, isFirst: isFirst))
          continue
        }
        if !isFirst {
          open.append([])
          visits.append(.closingBracket(sign: sign))
        }
        let inner = isFirst ? sign : 1
        let right = self.operands.nodes[start + 1]
        visits.append(.node(right, sign: operation == .subtract ? -inner : inner, isFirst: false))
        visits.append(.node(left, sign: inner, isFirst: true))
      }
    }
    return ir.sum(open[0])
  }
}
