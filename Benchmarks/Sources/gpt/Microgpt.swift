import Micrograd

/// microgpt as its reader would write it with this library: matrices of values, and functions of vectors.
struct Microgpt: Module {
  private let tokens, positions, output: [[Value]]
  private let queries, keys, values, mixing, up, down: [[Value]]
  private let product: Product

  /// The way in which sums of products are written.
  typealias Product = (_ weights: [Value], _ inputs: [Value]) -> Value

  init(weights: [Double], product: @escaping Product) {
    var rest = weights[...]
    func matrix(_ rows: Int, _ columns: Int) -> [[Value]] {
      (0..<rows).map { _ in
        defer { rest = rest.dropFirst(columns) }
        return rest.prefix(columns).map { Value($0) }
      }
    }
    let width = Sizes.width
    tokens = matrix(Sizes.vocabulary, width)
    positions = matrix(Sizes.context, width)
    output = matrix(Sizes.vocabulary, width)
    queries = matrix(width, width)
    keys = matrix(width, width)
    values = matrix(width, width)
    mixing = matrix(width, width)
    up = matrix(Sizes.hidden, width)
    down = matrix(width, Sizes.hidden)
    self.product = product
  }

  var parameters: [Value] {
    [tokens, positions, output, queries, keys, values, mixing, up, down].flatMap { $0.flatMap { $0 } }
  }

  /// The mean of -log p over the positions of a document.
  func loss(_ document: [Int]) -> Value {
    let logits = logits(document.dropLast().map { tokens[$0] })
    return zip(logits, document.dropFirst()).map { softmaxCrossEntropy(logits: $0, label: $1) }.mean()
  }

  /// The logits of each position, given the embeddings of its token.
  private func logits(_ embeddings: [[Value]]) -> [[Value]] {
    var seenKeys: [[Value]] = [], seenValues: [[Value]] = []
    return zip(embeddings, positions).map { token, position in
      let x = norm(zip(token, position).map { $0 + $1 })
      let normed = norm(x)
      seenKeys.append(apply(keys, normed))
      seenValues.append(apply(values, normed))
      let attended = attention(apply(queries, normed), seenKeys, seenValues)
      let middle = zip(apply(mixing, attended), x).map { $0 + $1 }
      let hidden = apply(up, norm(middle)).map { $0.relu() }
      return apply(output, zip(apply(down, hidden), middle).map { $0 + $1 })
    }
  }

  private func apply(_ matrix: [[Value]], _ x: [Value]) -> [Value] { matrix.map { product($0, x) } }

  private func norm(_ x: [Value]) -> [Value] {
    let scale = pow(product(x, x) / Double(x.count) + 1e-5, -0.5)
    return x.map { $0 * scale }
  }

  private func attention(_ query: [Value], _ keys: [[Value]], _ values: [[Value]]) -> [Value] {
    let size = Sizes.width / Sizes.heads
    return (0..<Sizes.heads).flatMap { head in
      let own = head * size..<(head + 1) * size
      let scores = keys.map { product(Array(query[own]), Array($0[own])) / Double(size).squareRoot() }
      let weights = softmax(scores)
      return own.map { feature in product(weights, values.map { $0[feature] }) }
    }
  }
}

extension Microgpt {
  /// The loss of a sample of a program for up to this number of positions: tokens, then targets, both one-hot. A row of
  /// tokens is 0 where the document has ended, and so is one of targets, which are divided by the document's length.
  func paddedLoss(_ sample: [Value], length: Int) -> Value {
    let rows = sample.chunked(Sizes.vocabulary)
    let embeddings = rows.prefix(length).map { oneHot in
      (0..<Sizes.width).map { feature in dot(oneHot, tokens.map { $0[feature] }) }
    }
    return zip(logits(embeddings), rows.dropFirst(length)).map { logits, target in
      target.sum() * logSumExp(logits) - dot(target, logits)
    }.sum()
  }

  /// The numbers of a document for `paddedLoss`.
  static func sample(_ document: [Int], length: Int) -> [Double] {
    var numbers = [Double](repeating: 0, count: 2 * length * Sizes.vocabulary)
    let count = document.count - 1
    for position in 0..<count {
      numbers[position * Sizes.vocabulary + document[position]] = 1
      numbers[(length + position) * Sizes.vocabulary + document[position + 1]] = 1 / Double(count)
    }
    return numbers
  }
}

extension Array {
  /// The elements in pieces of this size.
  func chunked(_ size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<$0 + size]) }
  }
}

/// A sum of products without `dot`.
func plainProduct(_ weights: [Value], _ inputs: [Value]) -> Value {
  var sum = weights[0] * inputs[0]
  for (weight, input) in zip(weights, inputs).dropFirst() { sum += weight * input }
  return sum
}
