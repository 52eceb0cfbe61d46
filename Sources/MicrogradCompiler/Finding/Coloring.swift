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
  private var classes: ColorClasses
  /// The colour of the last node.
  private var previous = Coloring.constant

  /// Colours the nodes.
  ///
  /// - Parameter parameters: The nodes of the parameters; -1 for one that is not in the graph.
  /// - Throws: `Refusal.noSamples` if hardly two nodes have the same colour, and none that a sum adds up.
  init(_ sums: FlattenedSums, parameters: [Int32]) throws(Refusal) {
    colors = NodeTable(repeating: Coloring.constant, count: sums.count)
    classes = ColorClasses(parameters: parameters.count)
    for (index, node) in parameters.enumerated() where node >= 0 { colors[node] = Int32(index) + 1 }
    var interner = Interner(first: Int32(parameters.count) + 1)
    // A table of so many colours no longer fits into the cache, so it is worth a look whether they are good for anything.
    let many = 1 << 16
    setColors(0..<min(many, sums.count), in: sums, &interner)
    guard sums.count > many else { return }
    if count > many / 2, !sums.mayHaveSamples(parameters: parameters) { throw Refusal.noSamples }
    setColors(many..<sums.count, in: sums, &interner)
  }

  /// The number of colours.
  var count: Int { classes.count }

  /// The number of nodes of a colour, without absorbed ones.
  @inline(__always) func size(of color: Int32) -> Int32 { classes.sizes[color] }

  /// Whether nodes of a colour depend on parameters alone. All nodes of such a colour are the same number.
  @inline(__always) func isPure(_ color: Int32) -> Bool { classes.isPure[color] }

  private mutating func setColors(_ nodes: Range<Int>, in sums: FlattenedSums, _ interner: inout Interner) {
    for node in nodes {
      switch sums.kinds[node] {
      case .leaf: break
      case .dot, .list: setColorOfList(node, in: sums, &interner)
      default: setColor(of: node, in: sums, &interner)
      }
    }
  }

  @inline(__always)
  private mutating func setColor(of node: Int, in sums: FlattenedSums, _ interner: inout Interner) {
    let indices = sums.operandIndices(of: Int32(truncatingIfNeeded: node))
    let first = colors[sums.operands.nodes[indices.lowerBound]]
    let second = colors[sums.operands.nodes[indices.upperBound &- 1]]
    let isAbsorbed = sums.kinds[node] == .absorbed, operation = UInt64(sums.operations[node].rawValue)
    // A link has another colour than the same operation by itself: the sum around it has other terms.
    let tag = isAbsorbed ? 10 &+ operation : 16 &+ 2 &* operation &+ (indices.count == 1 ? 0 : 1)
    let key = Coloring.key(tag, first, second)
    // The next node of a sample usually has the colour that came next in the sample before.
    var color = classes.successors[previous]
    if classes.keys[color] != key {
      color = interner.intern(key)
      if color >= count { classes.add(color, key, isPure: isPure(first) && isPure(second)) }
      classes.successors[previous] = color
    }
    colors[node] = color
    previous = color
    if !isAbsorbed { classes.sizes[color] &+= 1 }
  }

  private mutating func setColorOfList(_ node: Int, in sums: FlattenedSums, _ interner: inout Interner) {
    var color: Int32 = 0, pure = true
    for index in sums.operandIndices(of: Int32(node)) {
      let operand = colors[sums.operands.nodes[index]]
      pure = pure && isPure(operand)
      color = interner.intern(Coloring.key(1, color, operand))
    }
    let key = Coloring.key(4 + UInt64(sums.kinds[node].rawValue), color, 0)
    color = interner.intern(key)
    if color >= count { classes.add(color, key, isPure: pure) }
    colors[node] = color
    previous = color
    classes.sizes[color] += 1
  }

  /// 8 bits for the tag, 28 for each colour: exact up to 268 million colours.
  @inline(__always) private static func key(_ tag: UInt64, _ first: Int32, _ second: Int32) -> UInt64 {
    tag << 56 | UInt64(UInt32(bitPattern: first)) << 28 | UInt64(UInt32(bitPattern: second))
  }
}

/// The colours found so far, with the properties of each, in tables that grow.
private struct ColorClasses {
  private(set) var count: Int
  var sizes = NodeTable<Int32>(repeating: 0, count: 1024)
  private(set) var isPure = NodeTable(repeating: false, count: 1024)
  /// The key that tells a colour from all others; 0 for those of leaves and of parts of lists.
  private(set) var keys = NodeTable<UInt64>(repeating: 0, count: 1024)
  /// The colour of the node that followed the last node of a colour.
  var successors = NodeTable<Int32>(repeating: 0, count: 1024)

  /// The colours of constants and of the parameters.
  init(parameters: Int) {
    count = parameters + 1
    reserve(count)
    for color in 1..<count { isPure[color] = true }
  }

  mutating func add(_ color: Int32, _ key: UInt64, isPure: Bool) {
    count = Int(color) + 1
    reserve(count)
    keys[color] = key
    self.isPure[color] = isPure
  }

  private mutating func reserve(_ needed: Int) {
    guard needed > sizes.count else { return }
    let size = max(needed, 2 * sizes.count)
    sizes = sizes.extended(by: 0, to: size)
    isPure = isPure.extended(by: false, to: size)
    keys = keys.extended(by: 0, to: size)
    successors = successors.extended(by: 0, to: size)
  }
}

extension NodeTable {
  /// A longer table that begins with the elements of this one.
  fileprivate func extended(by element: Element, to count: Int) -> NodeTable {
    let longer = NodeTable(repeating: element, count: count)
    longer.pointer.update(from: pointer, count: self.count)
    return longer
  }
}
