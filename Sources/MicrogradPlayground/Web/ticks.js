// Round numbers on axes.

/** Returns {value, text} at multiples of 1, 2 or 5 times a power of ten, `most` at most. */
function ticks(low, high, most) {
  if (!(high > low)) return [];
  const power = 10 ** Math.floor(Math.log10((high - low) / most)), step = [1, 2, 5, 10].map(digit => digit * power).find(step => (high - low) / step <= most);
  const result = [];
  for (let index = Math.ceil(low / step - 1e-6); index * step <= high + 1e-6 * step; index += 1) {
    const value = index * step || 0;
    result.push({ value, text: tickText(value, step) });
  }
  return result;
}

/** A number on an axis, short enough to stand beside it. */
function tickText(value, step) {
  const isPlain = Math.abs(value) < 1e4 && step >= 1e-4, digits = Math.max(0, 1 - Math.floor(Math.log10(step)));
  const text = isPlain || value === 0 ? String(Number(value.toFixed(Math.min(digits, 100)))) : Number(value.toPrecision(3)).toExponential();
  return text.replaceAll("-", "−").replace("e+", "e");
}

/** Powers of ten, with 2 and 5 between them if there is room. */
function logarithmicTicks(low, high) {
  const result = [], digits = Math.log10(high / low) < 1.5 ? [1, 2, 5] : [1], every = Math.ceil(Math.log10(high / low) / 5);
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent += 1) {
    if (exponent % every === 0) for (const digit of digits) result.push({ value: digit * 10 ** exponent, text: short(digit * 10 ** exponent, 1) });
  }
  return result.filter(({ value }) => value >= low * .999 && value <= high * 1.001);
}
