extension JavaScript {
  /// The functions that `Math` does not have.
  static let library = Library(functions: [
    Library.Function(
      name: "power",
      code: """
        // C's pow: JavaScript differs where the base is 1 or -1 and the exponent is no number or infinite.
        function power(base, exponent) {
          if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
          return base ** exponent;
        }
        """),
    Library.Function(
      name: "sigmoid",
      code: """
        function sigmoid(x) {
          if (x >= 0) return 1 / (1 + Math.exp(-x));
          const power = Math.exp(x);
          return power / (1 + power);
        }
        """),
    Library.Function(
      name: "softplus",
      code: """
        function softplus(x) {
          return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }
        """),
    Library.Function(
      name: "normalDistribution",
      code: """
        function normalDistribution(x) {
          return 0.5 * erfc(-x * Math.SQRT1_2);
        }
        """),
    Library.Function(
      name: "erf",
      code: """
        function erf(x) {
          return Math.abs(x) < 2 ? erfSeries(x) : x > 0 ? 1 - erfcFraction(x) : x < 0 ? erfcFraction(-x) - 1 : x;
        }
        """),
    Library.Function(
      name: "erfc",
      code: """
        function erfc(x) {
          return x >= 2 ? erfcFraction(x) : x <= -2 ? 2 - erfcFraction(-x) : 1 - erfSeries(x);
        }
        """),
    Library.Function(
      name: "erfSeries",
      code: """
        // e^(-x²)·2/√π · Σ 2ⁿx^(2n+1)/(2n+1)!!, whose terms all have one sign (Abramowitz and Stegun 7.1.6).
        function erfSeries(x) {
          let term = x, sum = x;
          for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
          }
          return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
        }
        """),
    Library.Function(
      name: "erfcFraction",
      code: """
        // The continued fraction of Abramowitz and Stegun 7.1.14.
        function erfcFraction(x) {
          if (x > 28) return 0;
          let tail = x;
          for (let n = 120; n > 0; n -= 1) tail = x + n / 2 / tail;
          // x² in two parts: its rounding error would be magnified by the exponential function.
          const near = Math.round(x * 16) / 16;
          return Math.exp(-near * near) * Math.exp(-(x - near) * (x + near)) / (Math.sqrt(Math.PI) * tail);
        }
        """),
  ])
}
