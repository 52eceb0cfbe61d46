import MicrogradEngine

extension ONNXGraph: FormulaFormat {
  /// Those that onnxruntime computes in both precisions, except for Atan, which is written all the same.
  static func has(_ function: Expression.Function) -> Bool { function.onnx != nil }

  mutating func apply(_ operation: FormulaOperator, _ operands: [String]) -> String {
    node(operation.onnx, operands)
  }
}

extension FormulaOperator {
  fileprivate var onnx: String {
    switch self {
    case .add: "Add"
    case .subtract: "Sub"
    case .multiply: "Mul"
    case .divide: "Div"
    case .negate: "Neg"
    case .function(let function): function.onnx!
    case .atMost: "LessOrEqual"
    case .atLeast: "GreaterOrEqual"
    case .equal: "Equal"
    case .not: "Not"
    case .and: "And"
    case .choose: "Where"
    }
  }
}

extension Expression.Function {
  fileprivate var onnx: String? {
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
    case .expMinusOne, .logOnePlus, .softplus, .erf, .erfc, .expOfNegativeSquare, .normalDistribution, .normalDensity,
      .twoOverRootPi, .infinity, .derivativeOfSigmoid, .derivativeOfTanh, .derivativeOfPower:
      nil
    }
  }
}
