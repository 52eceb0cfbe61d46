// Written by GeneratedCodeTests from the engine's table of operations, Rules.swift. To change it, change the table, or
// add a function beside those of Elementary.h, and run MICROGRAD_REGENERATE=1 swift test --filter GeneratedCodeTests

// Calls X(name) for the functions of one and of two operands that a gradient flows into.
#define UNARY_FUNCTIONS(X) X(Identity) X(Negate) X(ConstantPower) X(Relu) X(LeakyReLU) X(Elu) X(Gelu) X(Silu) X(Softplus) X(Softsign) X(LogSigmoid) X(Sigmoid) X(Tanh) X(Exp) X(ExpMinusOne) X(Log) X(LogOnePlus) X(Sqrt) X(Abs) X(Sin) X(Cos) X(Arctangent) X(Erf) X(Erfc)
#define BINARY_FUNCTIONS(X) X(Add) X(Subtract) X(Multiply) X(Divide) X(Power) X(Maximum) X(Minimum)

// `function` is a constant where this is called, and one line of the switch is left.
INLINE Vector value(const MGFunction function, Vector a, Vector b) {
  switch (function) {
    case MGFunctionIdentity: return a;
    case MGFunctionAdd: return a + b;
    case MGFunctionSubtract: return a - b;
    case MGFunctionMultiply: return a * b;
    case MGFunctionDivide: return a / b;
    case MGFunctionNegate: return -a;
    case MGFunctionPower: return vectorPower(a, b);
    case MGFunctionConstantPower: return vectorPower(a, b);
    case MGFunctionMaximum: return select(((a != a) | (a > b)), a, b);
    case MGFunctionMinimum: return select(((a != a) | (a < b)), a, b);
    case MGFunctionRelu: return where(~(a <= 0), a);
    case MGFunctionLeakyReLU: return select(~(a <= 0), a, b * a);
    case MGFunctionElu: return select(~(a <= 0), a, b * vectorExpMinusOne(a));
    case MGFunctionGelu: return where(~(a == -(Number)INFINITY), a * vectorNormalDistribution(a));
    case MGFunctionSilu: return where(~(a == -(Number)INFINITY), a * vectorSigmoid(a));
    case MGFunctionSoftplus: return vectorSoftplus(a);
    case MGFunctionSoftsign: return select((vectorAbs(a) == (Number)INFINITY), vectorSign(a), a / (1 + vectorAbs(a)));
    case MGFunctionLogSigmoid: return -vectorSoftplus(-a);
    case MGFunctionSigmoid: return vectorSigmoid(a);
    case MGFunctionTanh: return vectorTanh(a);
    case MGFunctionExp: return vectorExp(a);
    case MGFunctionExpMinusOne: return vectorExpMinusOne(a);
    case MGFunctionLog: return vectorLog(a);
    case MGFunctionLogOnePlus: return vectorLogOnePlus(a);
    case MGFunctionSqrt: return vectorSqrt(a);
    case MGFunctionAbs: return vectorAbs(a);
    case MGFunctionSin: return vectorSin(a);
    case MGFunctionCos: return vectorCos(a);
    case MGFunctionArctangent: return vectorAtan(a);
    case MGFunctionErf: return vectorErf(a);
    case MGFunctionErfc: return vectorErfc(a);
  }
}

// d · ∂y/∂a. What lets nothing through selects 0 instead of multiplying by it, which for an infinite d would be NaN.
INLINE Vector vjpLeft(const MGFunction function, Vector d, Vector a, Vector b, Vector y) {
  switch (function) {
    case MGFunctionIdentity: return d;
    case MGFunctionAdd: return d;
    case MGFunctionSubtract: return d;
    case MGFunctionMultiply: return d * b;
    case MGFunctionDivide: return d * (1 / b);
    case MGFunctionNegate: return -d;
    case MGFunctionPower: return where(~(b == 0), d * (b * vectorPower(a, b - 1)));
    case MGFunctionConstantPower: return where(~(b == 0), d * (b * vectorPower(a, b - 1)));
    case MGFunctionMaximum: return select(((a != a) | (a > b)), d, where(~((b != b) | (b > a)), d * (Number)0.5));
    case MGFunctionMinimum: return select(((a != a) | (a < b)), d, where(~((b != b) | (b < a)), d * (Number)0.5));
    case MGFunctionRelu: return where(~(y <= 0), d);
    case MGFunctionLeakyReLU: return d * select(~(a <= 0), splat(1), b);
    case MGFunctionElu: return d * select(~(a <= 0), splat(1), b * vectorExp(a));
    case MGFunctionGelu: return d * (vectorNormalDistribution(a) + a * vectorNormalDensity(a));
    case MGFunctionSilu: return d * (vectorSigmoid(a) * (1 + a * vectorSigmoid(-a)));
    case MGFunctionSoftplus: return d * vectorSigmoid(a);
    case MGFunctionSoftsign: return d * (1 / ((1 + vectorAbs(a)) * (1 + vectorAbs(a))));
    case MGFunctionLogSigmoid: return d * vectorSigmoid(-a);
    case MGFunctionSigmoid: return d * (y * (1 - y));
    case MGFunctionTanh: return d * (1 - y * y);
    case MGFunctionExp: return d * y;
    case MGFunctionExpMinusOne: return d * vectorExp(a);
    case MGFunctionLog: return d * (1 / a);
    case MGFunctionLogOnePlus: return d * (1 / (1 + a));
    case MGFunctionSqrt: return d * ((Number)0.5 / y);
    case MGFunctionAbs: return d * vectorSign(a);
    case MGFunctionSin: return d * vectorCos(a);
    case MGFunctionCos: return d * -vectorSin(a);
    case MGFunctionArctangent: return d * (1 / (1 + a * a));
    case MGFunctionErf: return d * ((Number)1.1283791670955126 * vectorExpOfNegativeSquare(a));
    case MGFunctionErfc: return d * (-(Number)1.1283791670955126 * vectorExpOfNegativeSquare(a));
  }
}

// d · ∂y/∂b
INLINE Vector vjpRight(const MGFunction function, Vector d, Vector a, Vector b, Vector y) {
  switch (function) {
    case MGFunctionAdd: return d;
    case MGFunctionSubtract: return -d;
    case MGFunctionMultiply: return d * a;
    case MGFunctionDivide: return d * (-y / b);
    case MGFunctionPower: return where(~((a == 0) & (b >= 0)), d * (y * vectorLog(a)));
    case MGFunctionMaximum: return where(~((a != a) | (a > b)), select(((b != b) | (b > a)), d, d * (Number)0.5));
    case MGFunctionMinimum: return where(~((a != a) | (a < b)), select(((b != b) | (b < a)), d, d * (Number)0.5));
    default: return d;
  }
}
