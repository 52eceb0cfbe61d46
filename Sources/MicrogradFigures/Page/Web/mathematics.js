// The functions that the rules of operations.js are made of, where `Math` has none, or none that keeps all digits. A test
// runs them on the same numbers as the engine's, special ones included.

function sigmoid(x) {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

function softplus(x) {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** y·(1 - y), unless y is so close to 1 that its rounding error shows in the difference. */
function derivativeOfSigmoid(x, y) {
  return y * (y < 0.875 ? 1 - y : sigmoid(-x));
}

function derivativeOfTanh(x, y) {
  return Math.abs(y) < 0.9375 ? 1 - y * y : 4 * sigmoid(2 * x) * sigmoid(-2 * x);
}

function derivativeOfPower(x, b) {
  return b * power(x, b - 1);
}

/** C's pow: JavaScript differs where the base is 1 or -1 and the exponent is no number or infinite. */
function power(base, exponent) {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return base ** exponent;
}

/** e^(factor·x²). The square in two parts: its rounding error would be magnified by the exponential function. */
function expOfSquare(factor, x) {
  if (Math.abs(x) > 40) return 0;
  const near = Math.fround(x);
  return Math.exp(factor * near * near) * Math.exp(factor * (x - near) * (x + near));
}

function expOfNegativeSquare(x) {
  return expOfSquare(-1, x);
}

function normalDensity(x) {
  return expOfSquare(-0.5, x) * 0.3989422804014327;
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
