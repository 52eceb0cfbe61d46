import Micrograd

/// The loss of a recurrent network that predicts the next character, ADBench's LSTM: layers of units whose weights are
/// diagonal, with 14 bits a character. For each unit, with the input x, the state h of before, and the cell c:
///
///     f = σ(x·w₁ + b₁)   i = σ(h·w₂ + b₂)   o = σ(x·w₃ + b₃)   g = tanh(h·w₄ + b₄)
///     c ← c·f + i·g      h ← o·tanh(c)
///
/// The loss is -mean of yᵢ·(ŷᵢ - log(2 + Σ exp ŷ)) over the bits y of all next characters.
struct LSTM: GradientWorkload {
  let layers: Int, width = 14
  let state: [[Double]]
  let characters: [[Double]]
  let point: [Double]

  init(layers: Int, characters count: Int) {
    var numbers = Numbers()
    self.layers = layers
    point = numbers.list(layers * 8 * width + 3 * width, -1, 1)
    state = numbers.rows(2 * layers, of: width, -1, 1)
    characters = numbers.rows(count, of: width, 0, 1).map { $0.map { $0 < 0.5 ? 0 : 1 } }
  }

  func objective<S: Scalar>(_ parameters: [S]) -> S {
    func row(_ index: Int) -> ArraySlice<S> { parameters[index * width..<(index + 1) * width] }
    let layers = (0..<layers).map { layer in (0..<8).map { Array(row(8 * layer + $0)) } }
    let first = 8 * layers.count, inputWeights = Array(row(first))
    let outputWeights = Array(row(first + 1)), outputBiases = Array(row(first + 2))
    var hidden = layers.indices.map { state[2 * $0].map { S($0) } }
    var cells = layers.indices.map { state[2 * $0 + 1].map { S($0) } }
    var total: S = 0
    for t in 0..<characters.count - 1 {
      var x = zip(characters[t], inputWeights).map { $0 * $1 }
      for layer in layers.indices {
        step(layers[layer], x, &hidden[layer], &cells[layer])
        x = hidden[layer]
      }
      let outputs = (0..<width).map { x[$0] * outputWeights[$0] + outputBiases[$0] }
      let normalizer = log(outputs.map { exp($0) }.sum() + 2)
      for i in 0..<width { total += (outputs[i] - normalizer) * characters[t + 1][i] }
    }
    return total / -Double((characters.count - 1) * width)
  }

  private func step<S: Scalar>(_ p: [[S]], _ x: [S], _ hidden: inout [S], _ cells: inout [S]) {
    for i in 0..<width {
      let forget = sigmoid(x[i] * p[0][i] + p[4][i])
      let input = sigmoid(hidden[i] * p[1][i] + p[5][i])
      let output = sigmoid(x[i] * p[2][i] + p[6][i])
      let change = tanh(hidden[i] * p[3][i] + p[7][i])
      cells[i] = cells[i] * forget + input * change
      hidden[i] = output * tanh(cells[i])
    }
  }
}
