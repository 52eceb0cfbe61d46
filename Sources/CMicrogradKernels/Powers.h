// aᵇ of vectors, within about 2 units in the last place: e^(b·log a), with the logarithm as a sum of two numbers, since
// the exponential function magnifies its error by up to 700. Products are exact as sums of two (Dekker, Numerische
// Mathematik 18, 1971).

#if MG_DOUBLE
#define TWO_THIRDS_LOW 0x1.5555555555555p-55
#define LARGEST_EXPONENT 0x1p50
#define LARGEST_NORMAL 0x1.fffffffffffffp1023
// (2·artanh(s) / s - 2 - ⅔s²) / s⁴ in powers of s²: error at most 1.9e-18.
static const Number powerCoefficients[] = {0.11723157001190189, 0.11706238407260777, 0.1333480461663011,
                                           0.153845949639382,   0.18181818335379513, 0.22222222221655943,
                                           0.28571428571429364, 0.4};
#else
#define TWO_THIRDS_LOW -0x1.555556p-27f
#define LARGEST_EXPONENT 0x1p21f
#define LARGEST_NORMAL 0x1.fffffep127f
static const Number powerCoefficients[] = {0.23048223703359405f, 0.2856223641568067f, 0.40000015054980337f};
#endif

// A number as the sum of a vector and a much smaller one.
typedef struct {
  Vector high, low;
} Pair;

INLINE Pair exactProduct(Vector a, Vector b) {
  const Vector p = a * b;
#if defined(MG_AVX2) || defined(MG_AVX512) || defined(__aarch64__)
  return (Pair){p, __builtin_elementwise_fma(a, b, -p)};
#else
  const Vector a1 = (Vector)((Mask)a & KEPT_BITS), a2 = a - a1, b1 = (Vector)((Mask)b & KEPT_BITS), b2 = b - b1;
  return (Pair){p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
#endif
}

INLINE Pair exactSum(Vector a, Vector b) {
  const Vector s = a + b, t = s - a;
  return (Pair){s, (a - (s - t)) + (b - t)};
}

INLINE Pair productOf(Pair a, Pair b) {
  const Pair p = exactProduct(a.high, b.high);
  return (Pair){p.high, p.low + (a.high * b.low + a.low * b.high)};
}

// log(x) of a normal positive x.
INLINE Pair pairOfLog(Vector x) {
  const Mask bits = (Mask)x, one = (Mask)splat(1), rootOfHalf = (Mask)splat((Number)0.7071067811865476);
  const Number lift = (Number)((Bits)1 << mantissaBits);
  const Mask exponent = (Mask)((UnsignedMask)(bits + (one - rootOfHalf)) >> mantissaBits);
  const Vector k = (Vector)(exponent | (Mask)splat(lift)) - (lift + exponentBias);
  const Vector f = (Vector)(bits - (exponent << mantissaBits) + one) - 1;
  // s = f / (2 + f)
  const Vector sum = 2 + f, lost = f - (sum - 2), quotient = f / sum;
  const Pair back = exactProduct(quotient, sum);
  const Pair s = {quotient, (((f - back.high) - back.low) - quotient * lost) / sum};
  const Pair z = productOf(s, s);
  // ⅔ + z·(…)
  const Vector rest = z.high * POLYNOMIAL(z.high, powerCoefficients), twoThirds = splat((Number)(2.0 / 3));
  const Pair series = exactSum(twoThirds, rest);
  const Pair c = productOf(productOf(s, z), (Pair){series.high, series.low + TWO_THIRDS_LOW});
  const Pair first = exactSum(k * LN2_HIGH, 2 * s.high), all = exactSum(first.high, c.high);
  const Vector low = (first.low + all.low) + (k * LN2_LOW + (2 * s.low + c.low));
  const Vector high = all.high + low;
  return (Pair){high, low - (high - all.high)};
}

INLINE Vector powerOfNormal(Vector a, Vector b) {
  const Pair log = pairOfLog(magnitude(a)), p = exactProduct(b, log.high);
  const Vector low = p.low + b * log.low;
  // Where the power is 0 or infinite, the rest of the product may not be a number.
  const Vector y = expOfSum(p.high, where(magnitude(p.high) < 1000, low));
  const Mask isWhole = nearestWhole(b) == b, isOdd = isWhole & (((Mask)(b + rounder()) & 1) != 0);
  return select(a >= 0, y, select(isWhole, select(isOdd, -y, y), splat((Number)NAN)));
}

// Zeros, denormals, infinities, NaN and enormous exponents are left to the C library.
INLINE Vector vectorPower(Vector a, Vector b) {
  Vector y = powerOfNormal(a, b);
  const Mask isOrdinary = (magnitude(a) >= SMALLEST_NORMAL) & (magnitude(a) <= LARGEST_NORMAL) &
                          (magnitude(b) <= LARGEST_EXPONENT);
  if (any(~isOrdinary)) {
    for (int i = 0; i < width; i++) {
      if (!isOrdinary[i]) y[i] = (Number)pow((double)a[i], (double)b[i]);
    }
  }
  return y;
}
