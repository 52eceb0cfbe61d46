import Foundation
import MicrogradNetworks

/// A transformer on plain numbers, for comparison: all positions at once, with the causal mask written out. It shares
/// nothing with the library but the parameters.
enum NaiveTransformer {
  typealias Matrix = [[Double]]

  static func numbers(_ linear: Linear) -> Matrix { linear.weights.map { $0.map(\.data) } }

  /// The rows of `x`, each multiplied with a matrix.
  static func product(_ x: Matrix, _ matrix: Matrix) -> Matrix {
    x.map { row in
      var result: [Double] = []
      for weights in matrix {
        var sum = 0.0
        for k in row.indices { sum += weights[k] * row[k] }
        result.append(sum)
      }
      return result
    }
  }

  static func sum(_ a: Matrix, _ b: Matrix) -> Matrix {
    var result = a
    for i in a.indices { for j in a[i].indices { result[i][j] += b[i][j] } }
    return result
  }

  static func rootMeanSquareNorm(_ x: [Double], epsilon: Double = 1e-5) -> [Double] {
    var squares = 0.0
    for number in x { squares += number * number }
    let root = sqrt(squares / Double(x.count) + epsilon)
    return x.map { $0 / root }
  }

  static func softmax(_ x: [Double]) -> [Double] {
    var total = 0.0
    for number in x { total += exp(number) }
    return x.map { exp($0) / total }
  }

  /// The results of all positions, and the weights by head, position and earlier position: 0 above the diagonal.
  static func attend(_ attention: CausalSelfAttention, _ x: Matrix) -> (results: Matrix, weights: [[[Double]]]) {
    let q = product(x, numbers(attention.queries)), k = product(x, numbers(attention.keys))
    let v = product(x, numbers(attention.values))
    let width = q[0].count, size = width / attention.heads
    var mixed = Matrix(repeating: Array(repeating: 0, count: width), count: x.count), weights: [[[Double]]] = []
    for head in 0..<attention.heads {
      var table = Matrix(repeating: Array(repeating: 0, count: x.count), count: x.count)
      for p in x.indices {
        for t in x.indices {
          var score = 0.0
          for j in 0..<size { score += q[p][head * size + j] * k[t][head * size + j] }
          table[p][t] = t > p ? -.infinity : score / sqrt(Double(size))
        }
        table[p] = softmax(table[p])
        for t in x.indices {
          for j in 0..<size { mixed[p][head * size + j] += table[p][t] * v[t][head * size + j] }
        }
      }
      weights.append(table)
    }
    return (product(mixed, numbers(attention.output)), weights)
  }

  static func apply(_ block: TransformerBlock, _ x: Matrix) -> Matrix {
    let attended = sum(attend(block.attention, x.map { rootMeanSquareNorm($0) }).results, x)
    let hidden = product(attended.map { rootMeanSquareNorm($0) }, numbers(block.expand))
    let active = hidden.map { $0.map { Swift.max($0, 0) } }
    return sum(product(active, numbers(block.contract)), attended)
  }

  static func logits(_ model: GPT, _ tokens: [Int]) -> Matrix {
    var x: Matrix = []
    for (position, token) in tokens.enumerated() {
      let embedded = model.tokenEmbedding.rows[token].indices.map { column in
        model.tokenEmbedding.rows[token][column].data + model.positionEmbedding.rows[position][column].data
      }
      x.append(rootMeanSquareNorm(embedded))
    }
    for block in model.blocks { x = apply(block, x) }
    return product(x, numbers(model.head))
  }
}
