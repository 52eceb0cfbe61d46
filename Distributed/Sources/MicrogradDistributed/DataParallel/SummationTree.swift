/// The order in which the sums of parts are added: pairs of halves, whoever holds the parts.
///
/// A rank that holds consecutive parts adds up the largest subtrees that are all its own, and only their sums are exchanged. With
/// ranks and parts that are powers of 2, that is one sum for each rank.
enum SummationTree {
  /// The largest subtrees of all parts that lie in a range, in their order.
  static func subtrees(in range: Range<Int>, of node: Range<Int>) -> [Range<Int>] {
    let common = node.clamped(to: range)
    if common.isEmpty { return [] }
    if common == node { return [node] }
    let (left, right) = halves(node)
    return subtrees(in: range, of: left) + subtrees(in: range, of: right)
  }

  /// The two subtrees of a node of at least two parts.
  static func halves(_ node: Range<Int>) -> (Range<Int>, Range<Int>) {
    let middle = (node.lowerBound + node.upperBound) / 2
    return (node.lowerBound..<middle, middle..<node.upperBound)
  }

  /// The count of levels below a node.
  static func depth(of node: Range<Int>) -> Int {
    if node.count < 2 { return 0 }
    let (left, right) = halves(node)
    return 1 + max(depth(of: left), depth(of: right))
  }
}
