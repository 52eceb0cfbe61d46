// What each operation computes, and its partial derivatives, as in Operation.swift: the page computes anew when a leaf is
// edited. A test runs both on the same numbers, kinks included.

const operations = {
  add: { value: (a, b) => a + b, partials: () => [1, 1] },
  subtract: { value: (a, b) => a - b, partials: () => [1, -1] },
  multiply: { value: (a, b) => a * b, partials: (a, b) => [b, a] },
  divide: { value: (a, b) => a / b, partials: (a, b, y) => [1 / b, -y / b] },
  negate: { value: a => -a, partials: () => [-1] },
  power: {
    value: power,
    partials: (a, b, y) => [b === 0 ? 0 : b * power(a, b - 1), a === 0 && b >= 0 ? 0 : y * Math.log(a)],
  },
  constantPower: { value: power, partials: (a, b) => [b === 0 ? 0 : b * power(a, b - 1)] },
  maximum: {
    value: (a, b) => Number.isNaN(a) || a > b ? a : b,
    partials: (a, b) => [shareOfLarger(a, b), 1 - shareOfLarger(a, b)],
  },
  minimum: {
    value: (a, b) => Number.isNaN(a) || a < b ? a : b,
    partials: (a, b) => [shareOfLarger(-a, -b), 1 - shareOfLarger(-a, -b)],
  },
  relu: { value: a => a <= 0 ? 0 : a, partials: (a, b, y) => [y <= 0 ? 0 : 1] },
  leakyReLU: { value: (a, b) => a <= 0 ? b * a : a, partials: (a, b) => [a <= 0 ? b : 1] },
  elu: { value: (a, b) => a <= 0 ? b * Math.expm1(a) : a, partials: (a, b, y) => [a <= 0 ? y + b : 1] },
  gelu: {
    value: a => a === -Infinity ? 0 : a * normalDistribution(a),
    partials: a => [normalDistribution(a) + a * Math.exp(a * a * -0.5) * 0.3989422804014327],
  },
  silu: {
    value: a => a === -Infinity ? 0 : a * sigmoid(a),
    partials: a => [sigmoid(a) * (1 + a * (1 - sigmoid(a)))],
  },
  softplus: {
    value: a => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
    partials: a => [sigmoid(a)],
  },
  sigmoid: { value: sigmoid, partials: (a, b, y) => [y * (1 - y)] },
  tanh: { value: Math.tanh, partials: (a, b, y) => [1 - y * y] },
  exp: { value: Math.exp, partials: (a, b, y) => [y] },
  expMinusOne: { value: Math.expm1, partials: (a, b, y) => [y + 1] },
  log: { value: Math.log, partials: a => [1 / a] },
  logOnePlus: { value: Math.log1p, partials: a => [1 / (1 + a)] },
  sqrt: { value: Math.sqrt, partials: (a, b, y) => [0.5 / y] },
  abs: { value: Math.abs, partials: a => [Math.sign(a)] },
  sin: { value: Math.sin, partials: a => [Math.cos(a)] },
  cos: { value: Math.cos, partials: a => [-Math.sin(a)] },
  erf: { value: erf, partials: a => [Math.exp(-(a * a)) * 1.1283791670955126] },
  straightThrough: { value: (a, b) => b, partials: () => [1] },
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

function shareOfLarger(a, b) {
  return a === b ? 0.5 : Number.isNaN(a) || a > b ? 1 : 0;
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
