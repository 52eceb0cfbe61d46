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

INLINE Vector shareOfLarger(Vector a, Vector b) {
  return select(a == b, splat((Number)0.5), where((a != a) | (a > b), splat(1)));
}

// ∂y/∂a
INLINE Vector partialLeft(const MGFunction function, Vector a, Vector b, Vector y) {
  switch (function) {
    case MGFunctionIdentity: case MGFunctionAdd: case MGFunctionSubtract: return splat(1);
    case MGFunctionMultiply: return b;
    case MGFunctionDivide: return 1 / b;
    case MGFunctionMaximum: return shareOfLarger(a, b);
    case MGFunctionMinimum: return shareOfLarger(-a, -b);
    case MGFunctionNegate: return splat(-1);
    case MGFunctionRelu: return where(~(y <= 0), splat(1));
    case MGFunctionLeakyRelu: return select(a <= 0, b, splat(1));
    case MGFunctionElu: return select(a <= 0, y + b, splat(1));
    case MGFunctionSilu: {
      const Vector s = vectorSigmoid(a);
      return s * (1 + a * (1 - s));
    }
    case MGFunctionSoftplus: return vectorSigmoid(a);
    case MGFunctionSigmoid: return y * (1 - y);
    case MGFunctionTanh: return 1 - y * y;
    case MGFunctionExp: return y;
    case MGFunctionExpMinusOne: return y + 1;
    case MGFunctionLog: return 1 / a;
    case MGFunctionLogOnePlus: return 1 / (1 + a);
    case MGFunctionSqrt: return (Number)0.5 / y;
    case MGFunctionAbs: return select(a > 0, splat(1), select(a < 0, splat(-1), a));
  }
}

// ∂y/∂b
INLINE Vector partialRight(const MGFunction function, Vector a, Vector b, Vector y) {
  switch (function) {
    case MGFunctionSubtract: return splat(-1);
    case MGFunctionMultiply: return a;
    case MGFunctionDivide: return -y / b;
    case MGFunctionMaximum: return 1 - shareOfLarger(a, b);
    case MGFunctionMinimum: return 1 - shareOfLarger(-a, -b);
    default: return splat(1);
  }
}

// d · partial; 0 where d is 0, even if the partial is infinite or NaN.
INLINE Vector pulled(Vector d, Vector partial) { return where(d != 0, d * partial); }
