import MicrogradEngine
import MicrogradNetworks
import MicrogradRandom

/// A net, a loss and a batch, drawn at random, that can be recorded again and again.
struct RandomNet {
  static let activations = [
    Activation("linear") { $0 }, Activation("relu") { $0.relu() }, Activation("tanh") { $0.tanh() },
    Activation("sigmoid") { $0.sigmoid() },
    Activation("gelu") { $0.gelu() }, Activation("silu") { $0.silu() }, Activation("softplus") { $0.softplus() },
    Activation("leakyReLU") { $0.leakyReLU(slope: 0.1) }, Activation("elu") { $0.elu(scale: 0.7) },
    Activation("sin") { $0.sin() },
    Activation("cos") { $0.cos() }, Activation("erf") { $0.erf() }, Activation("exp") { (0.3 * $0).exp() },
    Activation("expMinusOne") { (0.3 * $0).expMinusOne() }, Activation("log") { ($0 * $0 + 0.5).log() },
    Activation("logOnePlus") { ($0 * $0).logOnePlus() }, Activation("sqrt") { ($0 * $0 + 0.1).sqrt() },
    Activation("abs") { $0.abs() },
    Activation("divide") { $0 / (1 + $0 * $0) }, Activation("max") { max($0, 0.5 * $0 + 0.1) },
    Activation("min") { min($0, 0.4) },
    Activation("negate") { -$0 }, Activation("subtract") { 0.3 - $0 }, Activation("square") { 0.5 * $0.squared() },
    Activation("cube") { 0.1 * pow($0, 3) },
    Activation("constant power") { pow($0 * $0 + 0.5, 0.7) }, Activation("inverse") { pow($0 * $0 + 1, -1) },
    Activation("power") { pow($0 * $0 + 0.5, 0.2 * $0) },
    Activation("straight through") { $0.sigmoid().straightThrough(to: $0) },
    Activation("detached") { $0 * $0.tanh().detached() },
  ]
  static let losses = ["squared", "hinge", "absolute", "BCE", "softmax", "fourth power"]
  static let reductions = ["mean", "sum", "share in the sample", "differences"]
  static let regularizations = [
    "none", "L2 of all", "L2 of weights", "L1 of biases", "L1 and L2", "L2 in each sample",
  ]
  static let orders = ["sample by sample", "layer by layer", "losses reversed"]
  static let products = ["dot", "products, then bias", "bias first"]

  let name: String
  let weights: [[[Value]]]
  let biases: [[Value]]
  let points: [[Double]]
  let targets: [Double]
  let labels: [Int]
  private let activations: [Activation]
  private let loss, reduction, regularization, order, product: String

  init(seed: Int) {
    var random = PythonRandom(seed: seed)
    func pick<T>(_ list: [T]) -> T { random.choice(list) }
    let widths = (0...random.randint(1, 3)).map { _ in random.randint(1, 9) }
    let chosen = widths.dropFirst().map { _ in pick(RandomNet.activations) }
    let count = random.randint(2, 70)
    (loss, reduction) = (pick(RandomNet.losses), pick(RandomNet.reductions))
    (regularization, order) = (pick(RandomNet.regularizations), pick(RandomNet.orders))
    product = pick(RandomNet.products)
    activations = chosen
    weights = zip(widths, widths.dropFirst()).map { inputs, outputs in
      (0..<outputs).map { _ in (0..<inputs).map { _ in Value(random.uniform(-1, 1)) } }
    }
    biases = widths.dropFirst().map { outputs in (0..<outputs).map { _ in Value(random.uniform(-0.5, 0.5)) } }
    points = random.rows(count, widths[0])
    targets = (0..<count).map { _ in pick([0, 1, 0.3]) }
    labels = (0..<count).map { _ in random.randrange(widths.last!) }
    name =
      "seed \(seed): \(widths), \(chosen.map(\.name)), \(count) samples, \(loss), \(reduction), \(regularization), \(order), \(product)"
  }

  var parameters: [Value] { zip(weights, biases).flatMap { $0.flatMap { $0 } + $1 } }

  func record() -> Value { record(Array(points.indices)) }

  /// Records the loss of some of the samples.
  func record(_ samples: [Int]) -> Value {
    var terms = zip(samples, outputs(of: samples.map { points[$0].map { Value($0) } })).map { loss(of: $0, $1) }
    if order == "losses reversed" { terms.reverse() }
    let total = reduce(terms)
    if regularization == "L2 in each sample" { return total }
    return penalty.map { $0 + total } ?? total
  }

  private func outputs(of inputs: [[Value]]) -> [[Value]] {
    guard order == "layer by layer" else {
      return inputs.map { weights.indices.reduce($0) { layer($1, $0) } }
    }
    return weights.indices.reduce(inputs) { rows, index in rows.map { layer(index, $0) } }
  }

  private func layer(_ index: Int, _ inputs: [Value]) -> [Value] {
    zip(weights[index], biases[index]).map { weights, bias in
      let products = { zip(weights, inputs).map { $0 * $1 } }
      return switch product {
      case "dot": activations[index](dot(weights, inputs, bias: bias))
      case "bias first": activations[index](products().reduce(bias) { $0 + $1 })
      default: activations[index](products().sum() + bias)
      }
    }
  }

  private func loss(of sample: Int, _ outputs: [Value]) -> Value {
    let target = targets[sample], first = outputs[0]
    let loss: Value =
      switch loss {
      case "squared": outputs.map { squaredError($0, target) }.sum()
      case "hinge": hingeLoss(first, label: target > 0.5 ? 1 : -1)
      case "absolute": (first - target).abs()
      case "BCE": binaryCrossEntropy(logit: first, target: target)
      case "softmax": softmaxCrossEntropy(logits: outputs, label: labels[sample])
      default: 0.1 * pow(outputs.sum() - target, 4)
      }
    guard regularization == "L2 in each sample" else { return loss }
    return loss + 0.01 * parameters.map { $0 * $0 }.sum()
  }

  private func reduce(_ terms: [Value]) -> Value {
    switch reduction {
    case "mean": terms.mean()
    case "sum": terms.sum()
    case "share in the sample": terms.map { $0 * (1 / Double(terms.count)) }.sum()
    default: terms.enumerated().reduce(1) { $1.offset % 3 == 2 ? $0 - $1.element : $0 + 2 * $1.element }
    }
  }

  private var penalty: Value? {
    let all = weights.flatMap { $0.flatMap { $0 } }, biases = biases.flatMap { $0 }
    return switch regularization {
    case "L2 of all": 0.02 * (all + biases).map { $0 * $0 }.sum()
    case "L2 of weights": 0.05 * all.map { pow($0, 2) }.sum()
    case "L1 of biases": 0.03 * biases.map { $0.abs() }.sum()
    case "L1 and L2": all.map { 0.01 * $0.abs() + 0.02 * $0 * $0 }.sum() + 0.1
    default: nil
    }
  }
}
