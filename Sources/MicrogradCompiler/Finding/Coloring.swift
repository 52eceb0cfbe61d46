import MicrogradEngine

/// The pass `colors`: nodes that were computed in the same way get the same colour.
///
/// From the leaves upwards: all constants have one colour, since samples differ in them; each parameter has a colour
/// of its own, since samples share them; and a computed node's operation and its operands' colours give its colour.
/// So the first hidden neuron has one colour in all samples, and the second neuron another. Links of sums have
/// colours as well: sums of one colour have the same brackets.
///
/// Complexity: linear; one look into a hash table for each operand.
struct Coloring {
  static let constant: Int32 = 0

  let colors: NodeTable<Int32>
  /// The number of nodes of each colour, without absorbed ones.
  private(set) var sizes: [Int32]
  /// Whether nodes of a colour depend on parameters alone. All nodes of such a colour are the same number.
  private(set) var isPure: [Bool]

  /// - Parameter parameters: The nodes of the parameters; -1 for one that is not in the graph.
  init(_ sums: FlattenedSums, parameters: [Int32]) {
    let firstColor = Int32(parameters.count) + 1
    colors = NodeTable(repeating: Coloring.constant, count: sums.count)
    sizes = Array(repeating: 0, count: Int(firstColor))
    isPure = [false] + Array(repeating: true, count: parameters.count)
    for (index, node) in parameters.enumerated() where node >= 0 {
      colors[node] = Int32(index) + 1
    }
    var interner = Interner(first: firstColor)
    for node in 0..<sums.count where sums.kinds[node] != .leaf { setColor(of: node, in: sums, &interner) }
  }

  var count: Int { sizes.count }

  private mutating func setColor(of node: Int, in sums: FlattenedSums, _ interner: inout Interner) {
    var color: Int32 = 0, pure = true
    let kind = sums.kinds[node], operands = sums.operands
    let indices = sums.operandIndices(of: Int32(node))
    if kind == .dot || kind == .list {
      for index in indices {
        let operand = colors[operands.nodes[index]]
        pure = pure && isPure[Int(operand)]
        color = interner.intern(Coloring.key(1, color, operand))
      }
      color = interner.intern(Coloring.key(4 + UInt64(kind.rawValue), color, 0))
    } else {
      let first = colors[operands.nodes[indices.lowerBound]], second = colors[operands.nodes[indices.upperBound - 1]]
      pure = isPure[Int(first)] && isPure[Int(second)]
      let operation = UInt64(sums.operations[node].rawValue)
      // A link has another colour than the same operation by itself: the sum around it has other terms.
      let tag = kind == .absorbed ? 10 + operation : 16 + 2 * operation + (indices.count == 1 ? 0 : 1)
      color = interner.intern(Coloring.key(tag, first, second))
    }
    while sizes.count <= Int(color) {
      sizes.append(0)
      isPure.append(false)
    }
    colors[node] = color
    isPure[Int(color)] = pure
    if kind != .absorbed { sizes[Int(color)] += 1 }
  }

  /// 8 bits for the tag, 28 for each colour: exact up to 268 million colours.
  private static func key(_ tag: UInt64, _ first: Int32, _ second: Int32) -> UInt64 {
    tag << 56 | UInt64(UInt32(bitPattern: first)) << 28 | UInt64(UInt32(bitPattern: second))
  }
}
