import MicrogradEngine

/// Writes a formula of the table of operations as nodes. What occurs twice in it is written once.
struct ONNXFormula {
  private var names: [Expression: String]

  /// - Parameters:
  ///   - a: The name of the operand.
  ///   - b: The number that belongs to the operation, if it has one.
  init(a: String, b: Double?, in graph: inout ONNXGraph) {
    names = [.letter(.a): a]
    if let b { names[.letter(.b)] = graph.constant(b) }
  }

  /// Adds the nodes. Returns the name of the result.
  mutating func write(_ formula: Expression, to graph: inout ONNXGraph) -> String {
    if let name = names[formula] { return name }
    let name = node(formula, &graph)
    names[formula] = name
    return name
  }

  private mutating func node(_ formula: Expression, _ graph: inout ONNXGraph) -> String {
    switch formula {
    case .number(let number): return graph.constant(number)
    case .letter(let letter): preconditionFailure("the value of an operation has no letter \(letter)")
    case .sum(let a, let b): return node("Add", [a, b], &graph)
    case .difference(let a, let b): return node("Sub", [a, b], &graph)
    case .product(let a, let b): return node("Mul", [a, b], &graph)
    case .quotient(let a, let b): return node("Div", [a, b], &graph)
    case .negative(let x): return node("Neg", [x], &graph)
    case .call(let function, let arguments):
      if let elementary = formula.elementary { return write(elementary, to: &graph) }
      return node(function.onnx, arguments, &graph)
    case .choice(let condition, let x, let y), .exception(let condition, limit: let x, let y):
      let inputs = [node(condition, &graph), write(x, to: &graph), write(y, to: &graph)]
      return graph.node("Where", inputs)
    }
  }

  private mutating func node(_ operation: String, _ operands: [Expression], _ graph: inout ONNXGraph) -> String {
    let inputs = operands.map { write($0, to: &graph) }
    return graph.node(operation, inputs)
  }

  /// A number that is not one counts as larger and as smaller than any: so these are the opposites of the other comparison.
  private mutating func node(_ condition: Expression.Condition, _ graph: inout ONNXGraph) -> String {
    switch condition {
    case .comparison(let a, .larger, let b): graph.node("Not", [node("LessOrEqual", [a, b], &graph)])
    case .comparison(let a, .smaller, let b): graph.node("Not", [node("GreaterOrEqual", [a, b], &graph)])
    case .comparison(let a, .equal, let b): node("Equal", [a, b], &graph)
    case .comparison(let a, .atLeast, let b): node("GreaterOrEqual", [a, b], &graph)
    case .both(let first, let second): graph.node("And", [node(first, &graph), node(second, &graph)])
    }
  }
}

extension Expression.Function {
  /// The operator of an elementary function.
  fileprivate var onnx: String {
    switch self {
    case .power: "Pow"
    case .exp: "Exp"
    case .log: "Log"
    case .sqrt: "Sqrt"
    case .abs: "Abs"
    case .sign: "Sign"
    case .sin: "Sin"
    case .cos: "Cos"
    case .atan: "Atan"
    case .tanh: "Tanh"
    case .sigmoid: "Sigmoid"
    default: preconditionFailure("\(self) is no elementary function")
    }
  }
}
