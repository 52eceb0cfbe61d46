import MicrogradEngine

extension IR {
  /// The code, a line for each node that a result needs; `·` behind the name marks a node with a number for each sample.
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
        "gradient of matrix \(gradient.matrix): \(names(gradient.gradients)) × \(names(gradient.inputs)) over the samples"
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
    case .present: "weight of the sample"
    case .apply(let operation, let a, let b):
      "\(operation.name) %\(a)\(b.map { " %\($0)" } ?? "")"
    case .sum(let terms, let constant): text(of: terms, constant.value)
    case .pull(let operation, let side, let gradient, let a, let b, let y):
      "pull \(operation.name) \(side) %\(gradient) with "
        + names(operation.operandsOfPull(side, a: a, b: b, y: y))
    case .total(let factor, let weights, let a, let b):
      "total over the samples of \(factor.value == 1 ? "" : "\(factor.value)·")%\(weights)"
        + [a, b].compactMap { $0 }.map { "·%\($0)" }.joined()
    case .dense(let matrix, let inputs, let relu): "dense\(relu ? " relu" : "") matrix \(matrix) \(names(inputs))"
    case .denseInputs(let matrix, let gradients, let mask):
      "dense transposed matrix \(matrix) \(names(gradients))\(mask.map { " where positive \(names($0))" } ?? "")"
    case .row(let block, let index): "row \(index) of %\(block)"
    }
  }

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
    case .membership: " (which samples)"
    case .derived: " (computed beforehand)"
    }
  }
}
