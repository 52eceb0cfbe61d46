// What each function computes, and how a gradient flows back through it: the engine's table of
// operations (Operation.swift), special values included, for vectors.

// Calls X(name) for the functions of one and of two operands that a gradient flows into.
#define UNARY_FUNCTIONS(X)                                                                             \
  X(Identity) X(Negate) X(Relu) X(LeakyRelu) X(Elu) X(Silu) X(Softplus) X(Sigmoid) X(Tanh) X(Exp)     \
  X(ExpMinusOne) X(Log) X(LogOnePlus) X(Sqrt) X(Abs)
#define BINARY_FUNCTIONS(X) X(Add) X(Subtract) X(Multiply) X(Divide) X(Maximum) X(Minimum)

// `function` is a constant where this is called, and one line of the switch is left.
INLINE Vector value(const MGFunction function, Vector a, Vector b) {
  switch (function) {
    case MGFunctionIdentity: return a;
    case MGFunctionAdd: return a + b;
    case MGFunctionSubtract: return a - b;
    case MGFunctionMultiply: return a * b;
    case MGFunctionDivide: return a / b;
    case MGFunctionMaximum: return select((a != a) | (a > b), a, b);
    case MGFunctionMinimum: return select((a != a) | (a < b), a, b);
    case MGFunctionNegate: return -a;
    case MGFunctionRelu: return where(~(a <= 0), a);
    case MGFunctionLeakyRelu: return select(a <= 0, b * a, a);
    case MGFunctionElu: return select(a <= 0, b * vectorExpMinusOne(a), a);
    case MGFunctionSilu: return vectorSilu(a);
    case MGFunctionSoftplus: return vectorSoftplus(a);
    case MGFunctionSigmoid: return vectorSigmoid(a);
    case MGFunctionTanh: return vectorTanh(a);
    case MGFunctionExp: return vectorExp(a);
    case MGFunctionExpMinusOne: return vectorExpMinusOne(a);
    case MGFunctionLog: return vectorLog(a);
    case MGFunctionLogOnePlus: return vectorLogOnePlus(a);
    case MGFunctionSqrt: return __builtin_elementwise_sqrt(a);
    case MGFunctionAbs: return magnitude(a);
  }
}

// What a maximum's operand a receives of d: all if it is the larger one, half if both are equal.
INLINE Vector shareOfFirst(Vector d, Vector a, Vector b) {
  return select(a == b, d * (Number)0.5, where((a != a) | (a > b), d));
}
INLINE Vector shareOfSecond(Vector d, Vector a, Vector b) {
  return select(a == b, d * (Number)0.5, where(~((a != a) | (a > b)), d));
}

// d · ∂y/∂a. What lets nothing through selects 0 instead of multiplying by it, which for an infinite d would be NaN.
INLINE Vector pullLeft(const MGFunction function, Vector d, Vector a, Vector b, Vector y) {
  switch (function) {
    case MGFunctionIdentity: case MGFunctionAdd: case MGFunctionSubtract: return d;
    case MGFunctionMultiply: return d * b;
    case MGFunctionDivide: return d * (1 / b);
    case MGFunctionMaximum: return shareOfFirst(d, a, b);
    case MGFunctionMinimum: return shareOfFirst(d, -a, -b);
    case MGFunctionNegate: return -d;
    case MGFunctionRelu: return where(~(y <= 0), d);
    case MGFunctionLeakyRelu: return d * select(a <= 0, b, splat(1));
    case MGFunctionElu: return d * select(a <= 0, b * vectorExp(a), splat(1));
    case MGFunctionSilu: return d * vectorSigmoid(a) * (1 + a * vectorSigmoid(-a));
    case MGFunctionSoftplus: return d * vectorSigmoid(a);
    // Of the results alone: an exponential function more, where these are almost 1, would take as long as the rest.
    case MGFunctionSigmoid: return d * (y * (1 - y));
    case MGFunctionTanh: return d * (1 - y * y);
    case MGFunctionExp: return d * y;
    case MGFunctionExpMinusOne: return d * vectorExp(a);
    case MGFunctionLog: return d * (1 / a);
    case MGFunctionLogOnePlus: return d * (1 / (1 + a));
    case MGFunctionSqrt: return d * ((Number)0.5 / y);
    case MGFunctionAbs: return d * select(a > 0, splat(1), select(a < 0, splat(-1), a));
  }
}

// d · ∂y/∂b
INLINE Vector pullRight(const MGFunction function, Vector d, Vector a, Vector b, Vector y) {
  switch (function) {
    case MGFunctionSubtract: return -d;
    case MGFunctionMultiply: return d * a;
    case MGFunctionDivide: return d * (-y / b);
    case MGFunctionMaximum: return shareOfSecond(d, a, b);
    case MGFunctionMinimum: return shareOfSecond(d, -a, -b);
    default: return d;
  }
}
