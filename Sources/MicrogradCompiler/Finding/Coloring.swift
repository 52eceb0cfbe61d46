import MicrogradEngine

/// Pass 2, colours: nodes that were computed in the same way get the same colour.
///
/// From the leaves upwards: all constants have one colour, since samples differ in them; each parameter has a colour of its
/// own, since samples share them; and a computed node's colour is that of its operation and its operands' colours. So the
/// first hidden neuron has one colour in all samples, and the second neuron another.
///
/// Complexity: linear; one look into a hash table for each operand.
struct Coloring {
  static let constant: Int32 = 0

  /// The colour of each node; meaningless for absorbed ones.
  let colors: NodeTable<Int32>
  /// How many nodes have a colour.
  private(set) var sizes: [Int32]
  /// Whether nodes of a colour depend on parameters alone. Those of one colour are then the same number.
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
    for node in 0..<sums.count where sums.kinds[node] != .absorbed && sums.kinds[node] != .leaf {
      setColor(of: node, in: sums, &interner)
    }
  }

  var count: Int { sizes.count }

  private mutating func setColor(of node: Int, in sums: FlattenedSums, _ interner: inout Interner) {
    var color: Int32 = 0, pure = true
    let kind = sums.kinds[node], places = sums.terms(of: Int32(node))
    if kind == .apply {
      let first = colors[sums.terms[places.lowerBound].node]
      let second = colors[sums.terms[places.upperBound - 1].node]
      pure = isPure[Int(first)] && isPure[Int(second)]
      let tag = 2 * UInt64(sums.operations[node].rawValue) + (places.count == 1 ? 0 : 1)
      color = interner.intern(Coloring.key(16 + tag, first, second))
    } else {
      for place in places {
        let term = sums.terms[place], operand = colors[term.node]
        pure = pure && isPure[Int(operand)]
        color = interner.intern(Coloring.key(term.isNegative ? 2 : 1, color, operand))
      }
      color = interner.intern(Coloring.key(4 + UInt64(kind.rawValue), color, 0))
    }
    while sizes.count <= Int(color) {
      sizes.append(0)
      isPure.append(false)
    }
    colors[node] = color
    sizes[Int(color)] += 1
    isPure[Int(color)] = pure
  }

  /// 8 bits for the tag, 28 for each colour: exact up to 268 million colours.
  private static func key(_ tag: UInt64, _ first: Int32, _ second: Int32) -> UInt64 {
    tag << 56 | UInt64(UInt32(bitPattern: first)) << 28 | UInt64(UInt32(bitPattern: second))
  }
}
