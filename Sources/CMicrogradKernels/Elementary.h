// Elementary functions of vectors, each within about 2 units in the last place over its whole range,
// infinities, denormals and NaN included. The reductions are the classical ones (Tang, ACM TOMS 15, 1989, and 16,
// 1990); the polynomials are minimax ones, found by Remez' algorithm in 60 digits.

#if MG_DOUBLE
enum { mantissaBits = 52, exponentBias = 1023 };
#define LN2_HIGH 0x1.62e42feep-1  // 32 bits of ln 2, so that whole multiples are exact; and the rest
#define LN2_LOW 0x1.a39ef35793c76p-33
#define SMALLEST_NORMAL 0x1p-1022
#define EXP_LOW -746.0  // below, eˣ is 0; above EXP_HIGH it is infinite
#define EXP_HIGH 710.0
#define EXP_NEGLIGIBLE -40.0  // below, eˣ - 1 is -1
// (eʳ - 1 - r) / r² for |r| <= ln 2 / 2: relative error of eʳ - 1 at most 1.8e-17
static const Number expCoefficients[] = {
    2.511451634712854e-08, 2.7626382056674593e-07, 2.7557227827830375e-06, 2.4801504312532132e-05,
    0.00019841269903157934, 0.001388888893248395, 0.008333333333314541, 0.04166666666657332,
    0.16666666666666685, 0.5000000000000006};
// (2·artanh(s) / s - 2) / s², a polynomial in s², for |s| <= 0.1716: error of the logarithm at most 2.5e-18
static const Number logCoefficients[] = {
    0.1479750793138197, 0.15313903213156663, 0.18183569741670932, 0.22222198475936597,
    0.28571428743263344, 0.3999999999941109, 0.6666666666666735};
#else
enum { mantissaBits = 23, exponentBias = 127 };
#define LN2_HIGH 0x1.63p-1f
#define LN2_LOW -0x1.bd0106p-13f
#define SMALLEST_NORMAL 0x1p-126f
#define EXP_LOW -105.0f
#define EXP_HIGH 89.0f
#define EXP_NEGLIGIBLE -18.0f
// Relative error of eʳ - 1 at most 2.4e-10.
static const Number expCoefficients[] = {0.0001991423050640151f, 0.0013941050274297595f, 0.008333273231983185f,
                                         0.04166635498404503f,   0.1666666716337204f,    0.5f};
// Error of the logarithm at most 1.6e-9.
static const Number logCoefficients[] = {0.298730731010437f, 0.399774968624115f, 0.6666677594184875f};
#endif

#define POLYNOMIAL(x, coefficients) polynomial(x, coefficients, sizeof(coefficients) / sizeof(Number))
INLINE Vector polynomial(Vector x, const Number *coefficients, const int count) {
  Vector sum = splat(coefficients[0]);
  UNROLL for (int i = 1; i < count; i++) sum = sum * x + coefficients[i];
  return sum;
}

// MARK: - Exponentials

// Added to a number of moderate size, it leaves no bits for fractions, and whole numbers in the lowest bits.
INLINE Vector rounder(void) { return splat((Number)1.5 * ((Bits)1 << mantissaBits)); }
INLINE Vector nearestWhole(Vector x) { return (x + rounder()) - rounder(); }
// 2ⁿ for a whole n that is the exponent of a normal number.
INLINE Vector powerOfTwo(Vector n) { return (Vector)(((Mask)(n + rounder()) << mantissaBits) + (Mask)splat(1)); }
// x·2ⁿ in two steps, since 2ⁿ may be out of range where the result is not.
INLINE Vector scale(Vector x, Vector n) {
  const Vector half = nearestWhole(n * (Number)0.5);
  return x * powerOfTwo(half) * powerOfTwo(n - half);
}

// e^(x + low) = 2ⁿ · (1 + rest), for a low that is small.
typedef struct {
  Vector n, rest;
} Exponential;
INLINE Exponential exponential(Vector x, Vector low) {
  const Vector n = nearestWhole(x * (Number)1.4426950408889634);
  Vector r = x - n * LN2_HIGH;
  r = r - (n * LN2_LOW - low);
  return (Exponential){n, r + r * r * POLYNOMIAL(r, expCoefficients)};
}

INLINE Vector expOfSum(Vector x, Vector low) {
  const Exponential e = exponential(atMost(EXP_HIGH, atLeast(EXP_LOW, x)), low);
  return scale(1 + e.rest, e.n);
}

INLINE Vector vectorExp(Vector x) { return expOfSum(x, (Vector){}); }

INLINE Vector vectorExpMinusOne(Vector x) {
  const Exponential e = exponential(atMost(EXP_HIGH, atLeast(EXP_NEGLIGIBLE, x)), (Vector){});
  // 1 - 2⁻ⁿ is 1 long before 2⁻ⁿ is out of range.
  return withSignOf(x, scale(e.rest + (1 - powerOfTwo(-atMost(100, e.n))), e.n));
}

INLINE Vector vectorTanh(Vector x) {
  const Vector e = vectorExpMinusOne(2 * atMost(22, magnitude(x)));
  return withSignOf(x, e / (e + 2));
}

INLINE Vector vectorSigmoid(Vector x) {
  const Vector e = vectorExp(-magnitude(x));
  return select(x < 0, e, splat(1)) / (1 + e);
}

// MARK: - Logarithms

// log(x) + correction
INLINE Vector logarithm(Vector x, Vector correction) {
  const Mask isDenormal = x < SMALLEST_NORMAL;
  const Number lift = (Number)((Bits)1 << mantissaBits);
  const Mask bits = (Mask)select(isDenormal, x * lift, x);
  // x = 2ᵏ·m with m from √½ to √2; adding 2^mantissaBits to the exponent's bits as a number converts them.
  const Mask one = (Mask)splat(1), rootOfHalf = (Mask)splat((Number)0.7071067811865476);
  const Mask exponent = (Mask)((UnsignedMask)(bits + (one - rootOfHalf)) >> mantissaBits);
  Vector k = (Vector)(exponent | (Mask)splat(lift)) - (lift + exponentBias);
  k = k - where(isDenormal, splat(mantissaBits));
  const Vector f = (Vector)(bits - (exponent << mantissaBits) + one) - 1;
  const Vector s = f / (2 + f), z = s * s, half = (Number)0.5 * f * f;
  const Vector rest = s * (half + z * POLYNOMIAL(z, logCoefficients)) + (k * LN2_LOW + correction);
  Vector y = k * LN2_HIGH - ((half - rest) - f);
  y = select(x == (Number)INFINITY, x, y);
  y = select(x == 0, splat(-(Number)INFINITY), y);
  return select(x >= 0, y, splat((Number)NAN));
}

INLINE Vector vectorLog(Vector x) { return logarithm(x, (Vector){}); }

INLINE Vector vectorLogOnePlus(Vector x) {
  const Vector sum = 1 + x, taken = sum - 1;
  const Vector lost = (1 - (sum - taken)) + (x - taken);  // Knuth's two-sum: sum + lost = 1 + x
  return withSignOf(x, logarithm(sum, where(sum < (Number)INFINITY, lost / sum)));
}

INLINE Vector vectorSoftplus(Vector x) {
  return where(x > 0, x) + vectorLogOnePlus(vectorExp(-magnitude(x)));
}

// MARK: - Others

INLINE Vector vectorSqrt(Vector x) { return __builtin_elementwise_sqrt(x); }
INLINE Vector vectorAbs(Vector x) { return magnitude(x); }
INLINE Vector vectorSign(Vector x) { return select(x > 0, splat(1), select(x < 0, splat(-1), x)); }
