import MicrogradEngine
import MicrogradTestSupport

/// A function of several values, of random operations on them, on captured parameters and on numbers, with several results.
struct RandomFunction {
  private enum Operand { case earlier(Int), parameter(Int), number(Double) }
  private enum Step {
    case operation(Operation, Operand, Operand)
    case dot([Operand], [Operand], bias: Operand?)
  }

  let point: [Double]
  let parameters: [Value]
  private let steps: [Step]
  private let results: [Int]

  /// - Parameters:
  ///   - isTame: Only operations and numbers that keep values and derivatives finite.
  init(inputs: Int, results: Int, steps: Int, isTame: Bool, _ random: inout SplitMix) {
    let awkward: [Double] = isTame ? [] : [0, 0, 0, 1, -1, 2, .infinity, -.infinity, .nan, 1e200]
    func number(_ random: inout SplitMix) -> Double {
      let isAwkward = !awkward.isEmpty && Int.random(in: 0..<10, using: &random) == 0
      return isAwkward ? awkward.randomElement(using: &random)! : .random(in: -1.5...1.5, using: &random)
    }
    func operand(_ count: Int, _ random: inout SplitMix) -> Operand {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: .number(number(&random))
      case 1, 2: .parameter(.random(in: 0..<3, using: &random))
      default: .earlier(.random(in: Int.random(in: 0...1, using: &random) * (count / 2)..<count, using: &random))
      }
    }
    let tame: [Operation] = [
      .add, .subtract, .multiply, .tanh, .sin, .cos, .sigmoid, .softplus, .negate, .erf, .arctangent,
    ]
    let operations = isTame ? tame : OperationTests.recorded.filter { $0 != .dot }
    point = (0..<inputs).map { _ in number(&random) }
    parameters = (0..<3).map { _ in Value(number(&random)) }
    self.steps = (inputs..<inputs + steps).map { count in
      if Int.random(in: 0..<8, using: &random) == 0 {
        let length = Int.random(in: 0...4, using: &random)
        return .dot(
          (0..<length).map { _ in operand(count, &random) }, (0..<length).map { _ in operand(count, &random) },
          bias: Bool.random(using: &random) ? operand(count, &random) : nil)
      }
      return .operation(operations.randomElement(using: &random)!, operand(count, &random), operand(count, &random))
    }
    self.results = (0..<results).map { _ in .random(in: 0..<inputs + steps, using: &random) }
  }

  func callAsFunction(_ inputs: [Value]) -> [Value] {
    var values = inputs
    func value(_ operand: Operand) -> Value {
      switch operand {
      case .earlier(let index): values[index]
      case .parameter(let index): parameters[index]
      case .number(let number): Value(number)
      }
    }
    for step in steps {
      switch step {
      case .operation(let operation, let a, let b):
        let result = OperationTests.record(operation, value(a), value(b))!
        // Products of products soon leave the range of numbers.
        values.append(operation == .multiply ? result.tanh() : result)
      case .dot(let weights, let inputs, let bias):
        values.append(dot(weights.map(value), inputs.map(value), bias: bias.map(value)).tanh())
      }
    }
    return results.map { values[$0] }
  }

  /// The Jacobian by leaves and one call of `backward()` for each result.
  func jacobianByLeaves() -> [[Double]] {
    let before = parameters.map(\.grad)
    defer { for (parameter, grad) in zip(parameters, before) { parameter.grad = grad } }
    return results.indices.map { index in
      let leaves = point.map { Value($0) }
      self(leaves)[index].backward()
      return leaves.map(\.grad)
    }
  }
}

/// Whether two numbers are the same, where all NaNs are.
func isSame(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }

/// Whether two matrices are the same, where all NaNs are.
func isSame(_ a: [[Double]], _ b: [[Double]]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0.count == $1.count && zip($0, $1).allSatisfy(isSame) }
}
