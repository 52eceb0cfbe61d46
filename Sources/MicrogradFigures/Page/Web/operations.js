// What each operation computes, and what it hands on of a gradient d to its operands, as in Operation.swift: the page
// computes anew when a leaf is edited. A test runs both on the same numbers, kinks included. What lets nothing through
// gives 0 instead of multiplying by it, which for an infinite gradient would be no number.

const operations = {
  add: { value: (a, b) => a + b, parts: d => [d, d] },
  subtract: { value: (a, b) => a - b, parts: d => [d, -d] },
  multiply: { value: (a, b) => a * b, parts: (d, a, b) => [d * b, d * a] },
  divide: { value: (a, b) => a / b, parts: (d, a, b, y) => [d * (1 / b), d * (-y / b)] },
  negate: { value: a => -a, parts: d => [-d] },
  power: {
    value: power,
    parts: (d, a, b, y) => [
      b === 0 ? 0 : d * (b * power(a, b - 1)), a === 0 && b >= 0 ? 0 : d * (y * Math.log(a)),
    ],
  },
  constantPower: { value: power, parts: (d, a, b) => [b === 0 ? 0 : d * (b * power(a, b - 1))] },
  maximum: { value: (a, b) => Number.isNaN(a) || a > b ? a : b, parts: (d, a, b) => shares(d, a, b) },
  minimum: { value: (a, b) => Number.isNaN(a) || a < b ? a : b, parts: (d, a, b) => shares(d, -a, -b) },
  relu: { value: a => a <= 0 ? 0 : a, parts: (d, a, b, y) => [y <= 0 ? 0 : d] },
  leakyReLU: { value: (a, b) => a <= 0 ? b * a : a, parts: (d, a, b) => [d * (a <= 0 ? b : 1)] },
  elu: {
    value: (a, b) => a <= 0 ? b * Math.expm1(a) : a,
    parts: (d, a, b) => [d * (a <= 0 ? b * Math.exp(a) : 1)],
  },
  gelu: {
    value: a => a === -Infinity ? 0 : a * normalDistribution(a),
    parts: (d, a) => [d * (normalDistribution(a) + a * expOfSquare(-0.5, a) * 0.3989422804014327)],
  },
  silu: {
    value: a => a === -Infinity ? 0 : a * sigmoid(a),
    parts: (d, a) => [d * (sigmoid(a) * (1 + a * sigmoid(-a)))],
  },
  softplus: {
    value: a => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
    parts: (d, a) => [d * sigmoid(a)],
  },
  sigmoid: { value: sigmoid, parts: (d, a, b, y) => [d * (y * (y < 0.875 ? 1 - y : sigmoid(-a)))] },
  tanh: {
    value: Math.tanh,
    parts: (d, a, b, y) => [d * (Math.abs(y) < 0.9375 ? 1 - y * y : 4 * sigmoid(2 * a) * sigmoid(-2 * a))],
  },
  exp: { value: Math.exp, parts: (d, a, b, y) => [d * y] },
  expMinusOne: { value: Math.expm1, parts: (d, a) => [d * Math.exp(a)] },
  log: { value: Math.log, parts: (d, a) => [d * (1 / a)] },
  logOnePlus: { value: Math.log1p, parts: (d, a) => [d * (1 / (1 + a))] },
  sqrt: { value: Math.sqrt, parts: (d, a, b, y) => [d * (0.5 / y)] },
  abs: { value: Math.abs, parts: (d, a) => [d * Math.sign(a)] },
  sin: { value: Math.sin, parts: (d, a) => [d * Math.cos(a)] },
  cos: { value: Math.cos, parts: (d, a) => [d * -Math.sin(a)] },
  erf: { value: erf, parts: (d, a) => [d * (expOfSquare(-1, a) * 1.1283791670955126)] },
  erfc: { value: erfc, parts: (d, a) => [d * (expOfSquare(-1, a) * -1.1283791670955126)] },
  straightThrough: { value: (a, b) => b, parts: d => [d] },
};

function sigmoid(x) {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** C's pow: JavaScript differs where the base is 1 or -1 and the exponent is no number or infinite. */
function power(base, exponent) {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base ** exponent;
}

/** A maximum's larger operand receives the gradient, the smaller one nothing, and both half of it if they are equal. */
function shares(d, a, b) {
  return a === b ? [d * 0.5, d * 0.5] : Number.isNaN(a) || a > b ? [d, 0] : [0, d];
}

/** e^(factor·x²). The square in two parts: its rounding error would be magnified by the exponential function. */
function expOfSquare(factor, x) {
  if (Math.abs(x) > 40) return 0;
  const near = Math.fround(x);
  return Math.exp(factor * near * near) * Math.exp(factor * (x - near) * (x + near));
}

function normalDistribution(x) {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

// The error function: near 0 by the series e^(-x²)·2/√π · Σ 2ⁿx^(2n+1)/(2n+1)!!, whose terms all have one sign, and
// beyond 2 by its continued fraction (Abramowitz and Stegun 7.1.6 and 7.1.14).

function erf(x) {
  return Math.abs(x) < 2 ? erfSeries(x) : x > 0 ? 1 - erfcFraction(x) : x < 0 ? erfcFraction(-x) - 1 : x;
}

function erfc(x) {
  return x >= 2 ? erfcFraction(x) : x <= -2 ? 2 - erfcFraction(-x) : 1 - erfSeries(x);
}

function erfSeries(x) {
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
}

function erfcFraction(x) {
  if (x > 28) return 0;
  let tail = x;
  for (let n = 120; n > 0; n -= 1) tail = x + n / 2 / tail;
  // x² in two parts: its rounding error would be magnified by the exponential function.
  const near = Math.round(x * 16) / 16;
  return Math.exp(-near * near) * Math.exp(-(x - near) * (x + near)) / (Math.sqrt(Math.PI) * tail);
}
