import MicrogradEngine
import MicrogradRandom
import MicrogradTestSupport
import Testing

@testable import MicrogradCompiler

/// Random programs full of kinks and singularities: values, gradients as functions, recorded passes, replays and kernels
/// agree with a reference that has PyTorch's masks, infinities and NaN included.
@Suite struct KinkTests {
  /// One operation; `i` and `j` are earlier results.
  private enum Step {
    case relu(Int), leaky(Int), elu(Int), abs(Int)
    case sqrt(Int), log(Int), reciprocal(Int), power(Int, Double), powerOf(Int, Int)
    case maximum(Int, Int), minimum(Int, Int), positivePart(Int), add(Int, Int), multiply(Int, Int), scaled(
      Int, Double)
  }

  /// Parameters first, then data, then the steps' results.
  private struct Recipe {
    let parameters: [Double]
    let samples: [[Double]]
    let steps: [Step]

    /// - Parameter hasZeroFactors: With products with the number 0.
    init(seed: Int, hasZeroFactors: Bool) {
      var random = SplitMix(seed: seed)
      func number() -> Double { [-2, -1, -0.5, 0, 0.5, 1, 2].randomElement(using: &random)! }
      parameters = (0..<3).map { _ in number() }
      samples = (0..<4).map { _ in [number(), number()] }
      var steps: [Step] = []
      for count in 5..<5 + Int.random(in: 2...9, using: &random) {
        let j = Int.random(in: 0..<count, using: &random)
        // Mostly the last one, so that most steps are part of the result.
        let i = Bool.random(using: &random) ? count - 1 : Int.random(in: 0..<count, using: &random)
        let exponent = [0, 0.5, -0.5, 1, 2, -1, 3].randomElement(using: &random)!
        let factor = hasZeroFactors ? [0, 0.5].randomElement(using: &random)! : 0.5
        let choices: [Step] = [
          .relu(i), .relu(i), .leaky(i), .elu(i), .abs(i), .sqrt(i), .sqrt(i), .log(i), .reciprocal(i),
          .power(i, exponent), .powerOf(i, j), .maximum(i, j), .maximum(j, i), .minimum(i, j), .minimum(j, i),
          .positivePart(i), .add(i, j), .multiply(i, j), .scaled(i, factor),
        ]
        steps.append(choices.randomElement(using: &random)!)
      }
      self.steps = steps
    }

    /// The result for one sample.
    func record(_ parameters: [Value], _ data: [Double]) -> Value {
      var values = parameters + data.map { Value($0) }
      for step in steps {
        let next: Value =
          switch step {
          case .relu(let i): values[i].relu()
          case .leaky(let i): values[i].leakyReLU(slope: 0.25)
          case .elu(let i): values[i].elu(scale: 2)
          case .abs(let i): values[i].abs()
          case .sqrt(let i): values[i].sqrt()
          case .log(let i): values[i].log()
          case .reciprocal(let i): 1 / values[i]
          case .power(let i, let n): pow(values[i], n)
          case .powerOf(let i, let j): pow(values[i], values[j])
          case .maximum(let i, let j): max(values[i], values[j])
          case .minimum(let i, let j): min(values[i], values[j])
          case .positivePart(let i): max(values[i], 0)
          case .add(let i, let j): values[i] + values[j]
          case .multiply(let i, let j): values[i] * values[j]
          case .scaled(let i, let factor): values[i] * factor
          }
        values.append(next)
      }
      return values.last!
    }
  }

  // MARK: The reference

  /// A number with what it hands on of a gradient, by masks as in PyTorch's derivatives.yaml; nil: masked.
  private final class Node {
    let value: Double
    let operands: [(node: Node, vjp: (Double) -> Double?)]
    var gradient: Double?
    init(_ value: Double, _ operands: [(node: Node, vjp: (Double) -> Double?)] = []) {
      (self.value, self.operands) = (value, operands)
    }
  }

  /// The value of one sample, and its derivatives with respect to the parameters.
  ///
  /// - Parameter handsOnZeros: Whether a gradient of 0 meets the next derivative, as in recorded passes.
  private func reference(
    _ recipe: Recipe, _ data: [Double], seed: Double, handsOnZeros: Bool, hasNegativeZero: inout Bool
  ) -> [Double] {
    var nodes = (recipe.parameters + data).map { Node($0) }
    func power(_ x: Double, _ n: Double) -> Double { Operation.power.value(x, n) }
    func masked(_ isMasked: Bool, _ vjp: @escaping (Double) -> Double) -> (Double) -> Double? {
      isMasked ? { _ in nil } : vjp
    }
    func larger(_ a: Node, _ b: Node, _ x: Double, _ y: Double) -> Node {
      let takesFirst = x.isNaN || x > y, share = x == y ? 0.5 : 1
      return Node(
        takesFirst ? a.value : b.value,
        [(a, masked(x != y && !takesFirst) { $0 * share }), (b, masked(takesFirst) { $0 * share })])
    }
    for step in recipe.steps {
      switch step {
      case .relu(let i):
        let a = nodes[i], x = a.value
        nodes.append(Node(x <= 0 ? 0 : x, [(a, masked(x <= 0) { $0 })]))
      case .leaky(let i):
        let a = nodes[i], slope = a.value <= 0 ? 0.25 : 1
        nodes.append(Node(a.value * slope, [(a, { $0 * slope })]))
      case .elu(let i):
        let a = nodes[i], x = a.value, exp = Operation.exp.value(x, 0)
        nodes.append(
          Node(x <= 0 ? 2 * Operation.expMinusOne.value(x, 0) : x, [(a, { $0 * (x <= 0 ? 2 * exp : 1) })]))
      case .abs(let i):
        let a = nodes[i], x = a.value
        nodes.append(Node(x.magnitude, [(a, { $0 * (x > 0 ? 1 : x < 0 ? -1 : x) })]))
      case .sqrt(let i):
        let a = nodes[i], y = a.value.squareRoot()
        nodes.append(Node(y, [(a, { $0 / (2 * y) })]))
      case .log(let i):
        let a = nodes[i]
        nodes.append(Node(Operation.log.value(a.value, 0), [(a, { $0 / a.value })]))
      case .reciprocal(let i):
        let a = nodes[i], y = 1 / a.value
        nodes.append(Node(y, [(a, { -$0 * (y / a.value) })]))
      case .power(let i, let n):
        let a = nodes[i]
        nodes.append(Node(power(a.value, n), [(a, masked(n == 0) { $0 * (n * power(a.value, n - 1)) })]))
      case .powerOf(let i, let j):
        let a = nodes[i], b = nodes[j], x = a.value, n = b.value, y = power(x, n)
        nodes.append(
          Node(
            y,
            [
              (a, masked(n == 0) { $0 * (n * power(x, n - 1)) }),
              (b, masked(x == 0 && n >= 0) { $0 * (y * Operation.log.value(x, 0)) }),
            ]))
      case .maximum(let i, let j): nodes.append(larger(nodes[i], nodes[j], nodes[i].value, nodes[j].value))
      case .minimum(let i, let j): nodes.append(larger(nodes[i], nodes[j], -nodes[i].value, -nodes[j].value))
      case .positivePart(let i): nodes.append(larger(nodes[i], Node(0), nodes[i].value, 0))
      case .add(let i, let j):
        nodes.append(Node(nodes[i].value + nodes[j].value, [(nodes[i], { $0 }), (nodes[j], { $0 })]))
      case .multiply(let i, let j):
        let a = nodes[i], b = nodes[j]
        nodes.append(Node(a.value * b.value, [(a, { $0 * b.value }), (b, { $0 * a.value })]))
      case .scaled(let i, let factor):
        nodes.append(Node(nodes[i].value * factor, [(nodes[i], { $0 * factor })]))
      }
    }
    nodes.last!.gradient = seed
    for node in nodes.reversed() {
      guard let gradient = node.gradient, handsOnZeros || gradient != 0 else { continue }
      for (operand, vjp) in node.operands {
        if let part = vjp(gradient) { operand.gradient = (operand.gradient ?? 0) + part }
      }
    }
    hasNegativeZero = hasNegativeZero || nodes.contains { $0.value == 0 && $0.value.sign == .minus }
    return [nodes.last!.value] + nodes.prefix(3).map { $0.gradient ?? 0 }
  }

  /// The mean's value and derivatives, and whether a number on the way is -0.
  private func reference(
    _ recipe: Recipe, handsOnZeros: Bool = false
  ) -> (numbers: [Double], hasNegativeZero: Bool) {
    let weight = 1 / Double(recipe.samples.count)
    var sums = [0.0, 0, 0, 0], hasNegativeZero = false
    for sample in recipe.samples {
      let part = reference(
        recipe, sample, seed: weight, handsOnZeros: handsOnZeros, hasNegativeZero: &hasNegativeZero)
      for (index, number) in part.enumerated() { sums[index] += index == 0 ? weight * number : number }
    }
    return (sums, hasNegativeZero)
  }

  // MARK: Tests

  private func loss(_ recipe: Recipe, _ parameters: [Value]) -> Value {
    recipe.samples.map { recipe.record(parameters, $0) }.mean()
  }

  @Test func valuesAgreeWithPyTorchsMasks() {
    let first = newSeed()
    for seed in first..<first + 2000 {
      let recipe = Recipe(seed: seed, hasZeroFactors: true), parameters = recipe.parameters.map { Value($0) }
      let loss = loss(recipe, parameters), expected = reference(recipe).numbers
      expectClose(eager(loss, parameters), expected, "backward, seed \(seed), \(recipe)")
      let (value, slopes) = valueWithGradient(at: recipe.parameters) { self.loss(recipe, $0) }
      expectClose([value] + slopes, expected, "gradient, seed \(seed), \(recipe)")
      let recorded = derivatives(of: loss, by: parameters).map(\.data)
      expectClose(
        [loss.data] + recorded, reference(recipe, handsOnZeros: true).numbers, "derivatives, seed \(seed), \(recipe)")
    }
  }

  @Test func programsAgreeWithPyTorchsMasks() throws {
    let first = newSeed()
    for seed in first..<first + 400 {
      let recipe = Recipe(seed: seed, hasZeroFactors: false), parameters = recipe.parameters.map { Value($0) }
      let (expected, hasNegativeZero) = reference(recipe)
      // Where a kernel adds up, -0 becomes 0, and the reciprocal another infinity.
      if hasNegativeZero { continue }
      let program = try Program(loss(recipe, parameters), parameters: parameters)
      let loss = program.backward()
      expectClose([loss] + parameters.map(\.grad), expected, "program, seed \(seed), \(recipe)")
      guard let (rolled, replayed) = program.comparison() else { continue }
      expectClose(rolled, expected, "kernels, seed \(seed), \(recipe)")
      expectClose(replayed, expected, "replay, seed \(seed), \(recipe)")
    }
  }
}
