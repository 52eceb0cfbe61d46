import MicrogradEngine

@testable import MicrogradCompiler

/// Computes a program's code number by number: what each pass must leave as it was.
struct Interpreter {
  let ir: IR
  let parameters: [Double]
  let lanes: Int
  private var rows: [IR.ID: [Double]] = [:]
  private var blocks: [IR.ID: [[Double]]] = [:]

  /// Gradients come out for code that has them; the lane mask is 1.
  init(_ ir: IR, parameters: [Double], lanes: Int) {
    (self.ir, self.parameters, self.lanes) = (ir, parameters, lanes)
    let uses = ir.useCounts()
    for id in ir.kinds.indices where uses[id] > 0 { compute(id) }
  }

  var loss: Double { rows[ir.loss]![0] }

  var gradients: [Double] {
    var gradients = ir.gradients.map { $0.map { rows[$0]![0] } ?? 0 }
    for part in ir.matrixGradients {
      let matrix = ir.matrices[part.matrix]
      let positions = part.inputs.count / matrix.inner
      for (index, gradient) in part.gradients.enumerated() {
        let row = rows[gradient]!, (r, position) = index.quotientAndRemainder(dividingBy: positions)
        for k in 0..<matrix.inner {
          let input = part.inputs[k * positions + position]
          gradients[matrix.weights[r][k]] += zip(row, rows[input]!).reduce(0) {
            $1.0 == 0 ? $0 : $0 + $1.0 * $1.1
          }
        }
        if let biases = matrix.biases { gradients[biases[r]] += row.reduce(0, +) }
      }
    }
    return gradients
  }

  private mutating func compute(_ id: IR.ID) {
    func row(_ number: Double) -> [Double] { Array(repeating: number, count: lanes) }
    switch ir.kinds[id] {
    case .constant(let number): rows[id] = row(number.value)
    case .parameter(let index): rows[id] = row(parameters[index])
    case .column(let index): rows[id] = ir.columns[index].numbers
    case .laneMask: rows[id] = row(1)
    case .apply(let operation, let a, let b):
      rows[id] = each { operation.value(rows[a]![$0], b.map { rows[$0]! }?[$0] ?? 0) }
    case .sum(let terms, let constant):
      rows[id] = each { lane in
        terms.reduce(constant.value) { sum, term in
          if let gradient = term.gradient, rows[gradient]![lane] == 0 { return sum }
          return sum + term.factor.value * rows[term.a]![lane] * (term.b.map { rows[$0]![lane] } ?? 1)
        }
      }
    case .maximum(let list):
      rows[id] = each { lane in
        list.dropFirst().reduce(rows[list[0]]![lane]) { Operation.maximum.value($0, rows[$1]![lane]) }
      }
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      rows[id] = each { lane in
        func number(_ id: IR.ID?) -> Double { id.flatMap { rows[$0] }?[lane] ?? 0 }
        let parts = operation.parts(of: number(gradient), number(a), number(b), number(y))
        return number(gradient) == 0 ? 0 : side == .left ? parts.toA : parts.toB!
      }
    case .reduction(let factor, let weights, let a, let b):
      let products = each { lane in
        let weight = rows[weights]![lane]
        return weight == 0 ? 0 : weight * (a.map { rows[$0]![lane] } ?? 1) * (b.map { rows[$0]![lane] } ?? 1)
      }
      rows[id] = row(factor.value * products.reduce(0, +))
    case .dense(let index, let inputs, let relu):
      let matrix = ir.matrices[index], positions = inputs.count / matrix.inner
      blocks[id] = (0..<matrix.rows * positions).map { row in
        let (r, position) = row.quotientAndRemainder(dividingBy: positions)
        return each { lane in
          let sum = matrix.weights[r].enumerated().reduce(matrix.biases.map { parameters[$0[r]] } ?? 0) {
            $0 + parameters[$1.element] * rows[inputs[$1.offset * positions + position]]![lane]
          }
          return relu ? max(sum, 0) : sum
        }
      }
    case .denseInputs(let index, let gradients, let mask):
      let matrix = ir.matrices[index], positions = gradients.count / matrix.rows
      blocks[id] = (0..<matrix.inner * positions).map { row in
        let (k, position) = row.quotientAndRemainder(dividingBy: positions)
        return each { lane in
          if let mask, rows[mask[row]]![lane] <= 0 { return 0 }
          return matrix.weights.indices.reduce(0) {
            $0 + parameters[matrix.weights[$1][k]] * rows[gradients[$1 * positions + position]]![lane]
          }
        }
      }
    case .row(let block, let index): rows[id] = blocks[block]![index]
    }
  }

  private func each(_ number: (Int) -> Double) -> [Double] { (0..<lanes).map(number) }
}
