import Micrograd

/// microgpt as its reader would write it with nothing but values, `+` and `*`: matrices, and functions of vectors.
struct Microgpt: Module {
  private let tokens, positions, output: [[Value]]
  private let queries, keys, values, mixing, up, down: [[Value]]

  init(weights: [Double]) {
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

/// A sum of products without `dot`.
private func product(_ weights: [Value], _ inputs: [Value]) -> Value {
  var sum = weights[0] * inputs[0]
  for (weight, input) in zip(weights, inputs).dropFirst() { sum += weight * input }
  return sum
}
