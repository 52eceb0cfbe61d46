import MicrogradEngine

/// The other way in: the code of one sample, recorded with stand-ins for its numbers.
///
/// Nothing has to be found. What depends on a stand-in varies with the sample; all else is the same for all.
///
/// Complexity: linear.
struct SampleCode {
  private(set) var ir = IR()
  private let parameters: Int

  init(parameters: Int, inputs: Int) {
    self.parameters = parameters
    for input in 0..<inputs { ir.columns.append(Column(source: .input(input), numbers: [])) }
  }

  /// Appends the code of a graph, in which the parameters and the stand-ins were located first, in this order.
  mutating func append(_ graph: FlatGraph) -> IR.ID { append(graph, results: [graph.root])[0] }

  /// The same for several nodes of the graph.
  mutating func append(_ graph: FlatGraph, results: some Sequence<Int32>) -> [IR.ID] {
    var codes = [IR.ID](repeating: -1, count: graph.count), lists: [Int32: [IR.ID]] = [:]
    let leaves = graph.located.prefix(parameters + ir.columns.count)
    for (index, node) in leaves.enumerated() where node >= 0 && codes[Int(node)] < 0 {
      codes[Int(node)] = ir.intern(index < parameters ? .parameter(index) : .column(index - parameters))
    }
    for node in 0..<Int32(graph.count) where codes[Int(node)] < 0 {
      let operands = graph.operands(of: node)
      switch graph.kinds[Int(node)] {
      case .leaf: codes[Int(node)] = ir.constant(graph.numbers[Int(node)])
      case .list: lists[node] = operands.map { codes[Int($0)] }
      case .dot:
        let start = operands.startIndex
        let products = zip(lists[operands[start]] ?? [], lists[operands[start + 1]] ?? []).map { IR.Term(1, $0, $1) }
        codes[Int(node)] = ir.sum(products + operands.dropFirst(2).map { IR.Term(1, codes[Int($0)]) })
      case .apply:
        let names = operands.map { codes[Int($0)] }
        codes[Int(node)] = ir.apply(graph.operations[Int(node)], names[0], names.count > 1 ? names[1] : nil)
      }
    }
    return results.map { codes[Int($0)] }
  }

  /// The code whose loss is the mean of the samples' losses, plus what does not depend on them.
  mutating func finish(loss: IR.ID, plus other: IR.ID?) -> IR {
    let mean = ir.total(weights: ir.intern(.present), loss)
    ir.loss = ir.sum([IR.Term(1, mean)] + (other.map { [IR.Term(1, $0)] } ?? []))
    return ir
  }

  mutating func finish(outputs: [IR.ID]) -> IR {
    ir.outputs = outputs
    return ir
  }
}
