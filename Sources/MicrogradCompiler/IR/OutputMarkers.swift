import MicrogradEngine

/// Numbers by which the outputs of a recorded graph are found again in its code.
///
/// Each output is multiplied by a number that says which it is, and the sum of these products is compiled as a loss is.
/// Where outputs were computed alike, the numbers are a column of the code: for each lane, the output that is there.
enum OutputMarkers {
  private static let first = UInt64(0x1p-900.bitPattern)

  static func number(of output: Int) -> Double { Double(bitPattern: first + UInt64(output)) }

  /// The output that a number stands for.
  fileprivate static func output(of number: Double, count: Int) -> Int? {
    let bits = number.bitPattern
    return bits >= first && bits - first < UInt64(count) ? Int(bits - first) : nil
  }
}

extension IR {
  /// A row of outputs: the output in each lane, -1 where there is none.
  struct OutputRow {
    let node: ID
    let outputs: [Int]
  }

  /// Replaces the loss, a sum of outputs times their markers, by the rows of these outputs.
  ///
  /// - Returns: Nil if some output is not in a row.
  func withMarkedOutputs(count: Int) -> (code: IR, rows: [OutputRow])? {
    var new = self, rows: [OutputRow] = [], found = Set<Int>()
    new.loss = -1
    for id in termsOfLoss {
      guard case .reduction(_, let weights, let product?, nil) = kinds[id],
        case .sum(let terms, let constant) = kinds[product], terms.count == 1, constant.value == 0,
        let b = terms[0].b,
        let (outputs, value) = markedColumn([terms[0].a, b], weights, count)
      else { return nil }
      let node = new.sum([Term(terms[0].factor.value, value)])
      guard new.isLane[node] else { return nil }
      rows.append(OutputRow(node: node, outputs: outputs))
      found.formUnion(outputs)
    }
    found.remove(-1)
    guard found.count == count else { return nil }
    new.outputs = rows.map(\.node)
    return (new, rows)
  }

  /// The terms of the loss.
  private var termsOfLoss: [ID] {
    guard case .sum(let terms, _) = kinds[loss] else { return [loss] }
    return terms.map(\.a)
  }

  /// The one of two factors that holds markers: the outputs that it stands for, and the other factor.
  private func markedColumn(_ factors: [ID], _ weights: ID, _ count: Int) -> (outputs: [Int], value: ID)? {
    for (factor, other) in zip(factors, factors.reversed()) {
      guard case .column(let column) = kinds[factor] else { continue }
      var mask: [Double]?
      if case .column(let index) = kinds[weights] { mask = columns[index].numbers }
      let outputs = columns[column].numbers.enumerated().map { lane, number in
        mask?[lane] == 0 ? -1 : OutputMarkers.output(of: number, count: count)
      }
      if outputs.allSatisfy({ $0 != nil }) { return (outputs.map { $0 ?? -1 }, other) }
    }
    return nil
  }

  /// The same code with the derivatives of the outputs with respect to each parameter behind them, parameter by parameter,
  /// in forward mode.
  ///
  /// Complexity: linear in the number of terms times that of the parameters.
  func withTangents(parameters: Int) -> IR {
    var pass = Tangents(compacted(), isShared: true)
    let outputs = pass.ir.outputs
    let columns = (0..<parameters).map { parameter in
      pass.append { ir, leaf in leaf == .parameter(parameter) ? ir.constant(1) : nil }
    }
    var new = pass.ir
    new.outputs += columns.flatMap { tangents in outputs.map { tangents[$0] ?? new.constant(0) } }
    return new
  }
}
