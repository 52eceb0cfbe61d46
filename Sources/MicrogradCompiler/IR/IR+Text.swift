import MicrogradEngine

extension IR {
  /// The code, a line for each node that a result needs; `·` behind the name marks a node with a number in each lane.
  var text: String {
    let uses = useCounts()
    var lines = kinds.indices.filter { uses[$0] > 0 }.map {
      "%\($0)\(isLane[$0] ? "·" : "") = \(text(of: kinds[$0]))"
    }
    for (index, matrix) in matrices.enumerated() where uses.isEmpty == false {
      lines.insert(
        "matrix \(index): \(matrix.rows) × \(matrix.inner)\(matrix.biases == nil ? "" : " and biases")", at: index)
    }
    if loss >= 0 { lines.append("loss %\(loss)") }
    for output in outputs { lines.append("output %\(output)") }
    for (parameter, gradient) in gradients.enumerated() {
      if let gradient { lines.append("gradient of p\(parameter): %\(gradient)") }
    }
    for gradient in matrixGradients {
      lines.append(
        "gradient of matrix \(gradient.matrix): \(names(gradient.gradients)) × \(names(gradient.inputs)) over the lanes"
      )
    }
    return lines.joined(separator: "\n")
  }

  private func names(_ ids: [ID]) -> String { "[" + ids.map { "%\($0)" }.joined(separator: " ") + "]" }

  private func text(of kind: Kind) -> String {
    switch kind {
    case .constant(let number): "\(number.value)"
    case .parameter(let index): "p\(index)"
    case .column(let index): "column \(index)\(note(on: columns[index].source))"
    case .laneMask: "lane mask"
    case .apply(let operation, let a, let b):
      "\(operation.name) %\(a)\(b.map { " %\($0)" } ?? "")"
    case .sum(let terms, let constant): text(of: terms, constant.value)
    case .maximum(let rows): "maximum of \(names(rows))"
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      "vjp \(operation.name) \(side) %\(gradient) with "
        + names(operation.operandsOfVJP(side, a: a, b: b, y: y))
    case .reduction(let factor, let weights, let a, let b):
      "reduction over the lanes of \(factor.value == 1 ? "" : "\(factor.value)·")%\(weights)"
        + [a, b].compactMap { $0 }.map { "·%\($0)" }.joined()
    case .dense(let matrix, let inputs, let relu):
      "dense\(relu ? " relu" : "") matrix \(matrix)\(at(positions(matrix, inputs: inputs))) \(names(inputs))"
    case .denseInputs(let matrix, let gradients, let mask):
      "dense transposed matrix \(matrix)\(at(positions(matrix, gradients: gradients))) \(names(gradients))\(mask.map { " where positive \(names($0))" } ?? "")"
    case .row(let block, let index): "row \(index) of %\(block)"
    }
  }

  private func at(_ positions: Int) -> String { positions == 1 ? "" : " at \(positions) positions" }

  private func text(of terms: [Term], _ constant: Double) -> String {
    var text = constant == 0 ? "" : "\(constant)"
    for term in terms {
      let factor = term.factor.value, size = factor.magnitude
      let sign = factor < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + (size == 1 ? "" : "\(size)·") + "%\(term.a)" + (term.b.map { "·%\($0)" } ?? "")
    }
    return text
  }

  private func note(on source: Column.Source) -> String {
    switch source {
    case .input(let feature): " (input \(feature))"
    case .recorded: ""
    case .slotMask: " (slot mask)"
    case .derived: " (computed beforehand)"
    }
  }
}
