import MicrogradEngine

extension CoreMLNetwork: FormulaFormat {
  static func has(_ function: Expression.Function) -> Bool { function.coreML != nil }

  mutating func apply(_ operation: FormulaOperator, _ operands: [String]) -> String {
    switch operation {
    case .add: layer(.add, operands)
    case .subtract: layer(.subtract, operands)
    case .multiply: layer(.multiply, operands)
    case .divide: layer(.divide, operands)
    case .negate: activation(.linear, of: operands[0], alpha: -1)
    case .function(let function): apply(function.coreML!, operands)
    case .atMost: layer(.lessEqual, operands)
    case .atLeast: layer(.greaterEqual, operands)
    case .equal: layer(.equal, operands)
    case .not: layer(.not, operands)
    case .and: layer(.and, operands)
    case .choose: layer(.choice, operands)
    }
  }

  private mutating func apply(_ function: Function, _ operands: [String]) -> String {
    switch function {
    case .activation(let activation): return self.activation(activation, of: operands[0])
    case .layer(let kind): return layer(kind, operands)
    case .unary(let function):
      var parameters = ProtobufMessage<CoreML.Unary>()
      parameters.append(.function, function.rawValue)
      return layer(.unary, operands, parameters)
    }
  }

  /// The ways in which Core ML has functions.
  fileprivate enum Function {
    case activation(CoreML.Activation)
    case unary(CoreML.UnaryFunction)
    case layer(CoreML.Layer)
  }
}

extension Expression.Function {
  fileprivate var coreML: CoreMLNetwork.Function? {
    switch self {
    case .tanh: .activation(.tanh)
    case .sigmoid: .activation(.sigmoid)
    case .softplus: .activation(.softplus)
    case .exp: .unary(.exp)
    case .log: .unary(.log)
    case .sqrt: .unary(.sqrt)
    case .abs: .unary(.abs)
    case .power: .layer(.power)
    case .sign: .layer(.sign)
    case .sin: .layer(.sin)
    case .cos: .layer(.cos)
    case .atan: .layer(.atan)
    case .expMinusOne, .logOnePlus, .erf, .erfc, .expOfNegativeSquare, .normalDistribution, .normalDensity,
      .twoOverRootPi, .infinity, .derivativeOfSigmoid, .derivativeOfTanh, .derivativeOfPower:
      nil
    }
  }
}
