// The error function and its kin, of vectors: erf within about 2 units in the last place, the tails within 7. For z >= 0, with t = 3 / (3 + z),
//   erfc(z) = e^(-z²) · t · p(2t - 1)
// with a polynomial p (Tests/Facts/error-function-coefficients.py says how it is found). Near 0, erf(x) / x is a minimax
// polynomial in x².

#if MG_DOUBLE
#define KEPT_BITS ~(Bits)0x7ffffff  // the leading bits whose square is exact
#define EXP_OF_SQUARE_VANISHES 28.0
static const Number erfcCoefficients[] = {
    5.473714338980995e-11,  -2.703562432063331e-10,  -3.26104546261355e-10,   2.897924756345276e-09,
    -3.2727855351973006e-10, -1.7060807323373566e-08, 1.5352633398082838e-08,  7.795122669713508e-08,
    -1.35985295154599e-07,  -3.3293900476369915e-07, 9.21797828119643e-07,    1.5830094253678585e-06,
    -5.823526632789038e-06, -1.0132683861908937e-05, 3.585383190933426e-05,   9.225927134071366e-05,
    -0.00018276989812552789, -0.001011353998686046,   -0.00040413887561527735, 0.008942411541350472,
    0.03984258709575589,    0.1034890873001944,      0.19674278570136744,     0.29446481772329447,
    0.3580023023627799};
static const Number erfCoefficients[] = {
    -7.795898826998504e-10, 1.3720064546775592e-08,  -1.620848380187118e-07, 1.6447424703317288e-06,
    -1.4924736907419654e-05, 0.00012055294904839707,  -0.0008548325975389692, 0.0052239776071164225,
    -0.02686617064323777,   0.11283791670945006,     -0.37612638903183543,   1.1283791670955126};
#else
#define KEPT_BITS ~(Bits)0xfff
#define EXP_OF_SQUARE_VANISHES 11.0f
static const Number erfcCoefficients[] = {
    7.976286085484554e-07f, -3.434159557116855e-06f,  -9.144263164611775e-06f, 3.2912357195376344e-05f,
    9.156817346404794e-05f, -0.00018087381467585882f, -0.0010110857052616521f, -0.00040478056797639f,
    0.008942357101631975f,  0.03984269168820652f,     0.10348909222066062f,    0.19674277926687425f,
    0.29446481759382925f,   0.3580023024276688f};
static const Number erfCoefficients[] = {-0.0005648059865500606f, 0.004921762027876559f, -0.026715054232265757f,
                                         0.11280316652505046f,    -0.376123437753278f,   1.1283791261787373f};
#endif

// e^(-factor·x²) for a factor that is a power of 2. The square is taken in two parts: its rounding error would be
// magnified by up to 700.
INLINE Vector expOfSquare(Vector x, Number factor, Number vanishing) {
  const Vector size = atMost(vanishing, magnitude(x)), high = (Vector)((Mask)size & KEPT_BITS);
  return expOfSum(-factor * (high * high), -factor * ((size - high) * (size + high)));
}

INLINE Vector vectorExpOfNegativeSquare(Vector x) { return expOfSquare(x, 1, EXP_OF_SQUARE_VANISHES); }

// erfc(z) / e^(-z²) for z >= 0.
INLINE Vector scaledErfc(Vector z) {
  const Vector t = 3 / (3 + z), u = 2 * t - 1;
  return t * POLYNOMIAL(u, erfcCoefficients);
}

INLINE Vector erfNearZero(Vector x) { return x * POLYNOMIAL(x * x, erfCoefficients); }

INLINE Vector vectorErfc(Vector x) {
  const Vector y = vectorExpOfNegativeSquare(x) * scaledErfc(magnitude(x));
  return select(magnitude(x) < (Number)0.5, 1 - erfNearZero(x), select(x < 0, 2 - y, y));
}

INLINE Vector vectorErf(Vector x) {
  const Vector far = 1 - vectorExpOfNegativeSquare(x) * scaledErfc(magnitude(x));
  return select(magnitude(x) < 1, erfNearZero(x), withSignOf(x, far));
}

// Φ(x) = erfc(-x / √2) / 2, whose exponential function takes x itself.
INLINE Vector vectorNormalDistribution(Vector x) {
  const Vector e = expOfSquare(x, (Number)0.5, (Number)1.5 * EXP_OF_SQUARE_VANISHES);
  const Vector z = x * (Number)0.7071067811865476, tail = (Number)0.5 * e * scaledErfc(magnitude(z));
  const Vector near = (Number)0.5 + (Number)0.5 * erfNearZero(z);
  return select(magnitude(z) < (Number)0.5, near, select(x > 0, 1 - tail, tail));
}

INLINE Vector vectorNormalDensity(Vector x) {
  return expOfSquare(x, (Number)0.5, (Number)1.5 * EXP_OF_SQUARE_VANISHES) * (Number)0.3989422804014327;
}
