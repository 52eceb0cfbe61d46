import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom

/// A net that applies its layers at several positions of each sample, drawn at random.
struct SharedNet {
  static let mixtures = [
    "none", "sum of the earlier ones", "attention", "the next one's difference", "recurrence", "all in one layer",
  ]
  static let embeddings = ["none", "a number for each position", "a bias for all"]
  static let activations = ["relu", "tanh", "none", "normalization"]

  let name: String
  let width: Int, positions: Int
  let first, second, last, recurrent: [[Value]]
  let embedding: [[Value]]
  let points: [[Double]]
  private let features: Int
  private let mixture, embedded, activation: String

  var parameters: [Value] { [first, second, last, recurrent, embedding].flatMap { $0.flatMap { $0 } } }
  var inputs: Int { positions * features }

  init(seed: Int) {
    var random = PythonRandom(seed: seed)
    positions = random.randint(1, 6)
    features = random.randint(1, 5)
    width = random.randint(1, 7)
    mixture = random.choice(SharedNet.mixtures)
    embedded = random.choice(SharedNet.embeddings)
    activation = random.choice(SharedNet.activations)
    func matrix(_ rows: Int, _ columns: Int) -> [[Value]] {
      (0..<rows).map { _ in (0..<columns).map { _ in Value(random.uniform(-1, 1)) } }
    }
    first = matrix(width, features)
    second = matrix(width, width)
    last = matrix(random.randint(1, 4), mixture == "all in one layer" ? width * positions : width)
    recurrent = matrix(width, width)
    embedding = matrix(positions, width)
    points = random.rows(random.randint(2, 40), positions * features)
    name =
      "seed \(seed): \(points.count) samples of \(positions) positions, \(features) → \(width), \(mixture), \(embedded), \(activation)"
  }

  func record() -> Value { points.map { point in loss(point.map { Value($0) }) }.mean() }

  /// The loss of a sample.
  func loss(_ inputs: [Value]) -> Value {
    var hidden: [[Value]] = []
    for position in 0..<positions {
      let x = Array(inputs[position * features..<(position + 1) * features])
      var h = first.map { dot($0, x) }
      switch embedded {
      case "a number for each position": h = zip(h, embedding[position]).map { $0 + $1 }
      case "a bias for all": h = zip(h, embedding[0]).map { $0 + $1 }
      default: break
      }
      if mixture == "recurrence", let before = hidden.last {
        h = zip(h, recurrent).map { ($0 + dot($1, before)).tanh() }
      }
      hidden.append(activated(h))
    }
    let deeper = hidden.map { h in zip(second, h).map { weights, input in dot(weights, h) + input } }
    let outputs = mixed(deeper).map { x in last.map { dot($0, x).tanh() } }
    return outputs.enumerated().map { position, y in
      y.map { ($0 - inputs[position * features]).squared() }.sum()
    }.sum()
  }

  private func activated(_ x: [Value]) -> [Value] {
    switch activation {
    case "relu": return x.map { $0.relu() }
    case "tanh": return x.map { $0.tanh() }
    case "normalization":
      let scale = pow(dot(x, x) / Double(x.count) + 0.1, -0.5)
      return x.map { $0 * scale }
    default: return x
    }
  }

  private func mixed(_ x: [[Value]]) -> [[Value]] {
    switch mixture {
    case "sum of the earlier ones":
      return x.indices.map { p in (0..<width).map { k in x[...p].map { $0[k] }.sum() } }
    case "attention":
      return x.indices.map { p in
        let weights = softmax(x[...p].map { dot(x[p], $0) / 2.0 })
        return (0..<width).map { k in dot(weights, x[...p].map { $0[k] }) }
      }
    case "the next one's difference":
      return x.indices.map { p in zip(x[p], x[(p + 1) % x.count]).map { $0 - $1 } }
    case "all in one layer": return [x.flatMap { $0 }]
    default: return x
    }
  }
}
