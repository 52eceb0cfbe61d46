// Sine, cosine and arc tangent of vectors, within about 2 units in the last place. An angle is reduced by multiples of
// π/2 in four parts (Cody and Waite, Software Manual for the Elementary Functions, 1980); the polynomials are minimax
// ones.

#if MG_DOUBLE
// π/2 as a sum: whole multiples of the first three are exact.
#define HALF_PI_1 0x1.921fb544p+0
#define HALF_PI_2 0x1.0b4611a6p-34
#define HALF_PI_3 0x1.3198a2ep-69
#define HALF_PI_4 0x1.b839a252049c1p-104
#define LARGEST_REDUCED 0x1.8p+20
#define QUARTER_PI 0x1.921fb54442d18p-1
#define QUARTER_PI_LOW 0x1.1a62633145c07p-55
// (sin(r) / r - 1) / r² and (cos(r) - 1 + r²/2) / r⁴ in powers of r², for |r| <= π/4.
static const Number sinCoefficients[] = {1.591798894204143e-10,   -2.5051129895924134e-08, 2.7557316093195825e-06,
                                         -0.00019841269836740527, 0.008333333333330936,    -0.16666666666666666};
static const Number cosCoefficients[] = {-1.138254462197982e-11, 2.0876145049084093e-09, -2.7557317265876467e-07,
                                         2.4801587298754396e-05, -0.0013888888888887389, 0.041666666666666664};
// (atan(t) / t - 1) / t² in powers of t², for |t| <= √2 - 1.
static const Number atanCoefficients[] = {
    -0.01917642538576216, 0.03923128118474427, -0.050854366808151155, 0.058581464167823324,
    -0.0666451115992602, 0.0769218317040658, -0.0909090457724418, 0.11111111015234681,
    -0.14285714284666273, 0.19999999999995519, -0.3333333333333333};
#else
#define HALF_PI_1 0x1.9218p+0f
#define HALF_PI_2 0x1.ed5p-14f
#define HALF_PI_3 0x1.10bp-30f
#define HALF_PI_4 0x1.18469ap-44f
#define LARGEST_REDUCED 1600.0f
#define QUARTER_PI 0x1.921fb6p-1f
#define QUARTER_PI_LOW -0x1.777a5cp-26f
static const Number sinCoefficients[] = {-0.00019587639031699405f, 0.008332747104341294f, -0.16666664656310218f};
static const Number cosCoefficients[] = {2.4547689705282304e-05f, -0.001388830186723849f, 0.0416666646534868f};
static const Number atanCoefficients[] = {-0.06451863005909726f, 0.10743711806117781f, -0.1426395377487456f,
                                          0.19999540430903506f, -0.33333331760936313f};
#endif

// The C library's function of the elements that are too large to be reduced, infinite or NaN.
#define EACH_LARGE(x, y, function)                                                        \
  for (int i = 0; i < width; i++) {                                                       \
    if (!(magnitude(x)[i] <= LARGEST_REDUCED)) (y)[i] = (Number)function((double)(x)[i]); \
  }

// sin(x + shift·π/2), for a whole shift, of elements that can be reduced.
INLINE Vector shiftedSin(Vector x, Bits shift) {
  const Vector n = nearestWhole(x * (Number)0.6366197723675814);
  const Mask quadrant = (Mask)(n + rounder()) + shift;
  const Vector r = x - n * HALF_PI_1 - n * HALF_PI_2 - n * HALF_PI_3 - n * HALF_PI_4;
  const Vector z = r * r, half = (Number)0.5 * z, one = 1 - half;
  const Vector sin = r + r * z * POLYNOMIAL(z, sinCoefficients);
  const Vector cos = one + (((1 - one) - half) + z * z * POLYNOMIAL(z, cosCoefficients));
  const Vector y = select((quadrant & 1) != 0, cos, sin);
  return select((quadrant & 2) != 0, -y, y);
}

INLINE Vector vectorSin(Vector x) {
  Vector y = shiftedSin(x, 0);
  if (any(~(magnitude(x) <= LARGEST_REDUCED))) EACH_LARGE(x, y, sin)
  return y;
}

INLINE Vector vectorCos(Vector x) {
  Vector y = shiftedSin(x, 1);
  if (any(~(magnitude(x) <= LARGEST_REDUCED))) EACH_LARGE(x, y, cos)
  return y;
}

// By atan(x) = π/4 + atan((x - 1) / (x + 1)) = π/2 - atan(1/x) from near 0.
INLINE Vector vectorAtan(Vector x) {
  const Vector size = magnitude(x);
  const Mask isLarge = size > (Number)2.414213562373095, isMiddle = (size > (Number)0.4142135623730951) & ~isLarge;
  const Vector over = select(isLarge, splat(-1), select(isMiddle, size - 1, size));
  const Vector under = select(isLarge, size, select(isMiddle, size + 1, splat(1)));
  const Vector t = over / under, z = t * t, quarters = select(isLarge, splat(2), where(isMiddle, splat(1)));
  const Vector y = quarters * QUARTER_PI + ((t * z * POLYNOMIAL(z, atanCoefficients) + quarters * QUARTER_PI_LOW) + t);
  return withSignOf(x, y);
}
