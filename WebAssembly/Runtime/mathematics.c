// Functions of mathematics that JavaScript lacks, and those that networks call most: a call out of the module takes longer.
#include <stdbool.h>
#include <stdint.h>

// MARK: - Functions by the kernels' coefficients, of one number each

#define INFINITY __builtin_inf()
#define NAN __builtin_nan("")
#define MG_DOUBLE 1
#define MG_VECTOR_BYTES 16
#include "../../Sources/CMicrogradKernels/Vectors.h"
#include "../../Sources/CMicrogradKernels/Elementary.h"
#include "../../Sources/CMicrogradKernels/ErrorFunctions.h"

double exp(double x) { return vectorExp(splat(x))[0]; }
double expm1(double x) { return vectorExpMinusOne(splat(x))[0]; }
double log(double x) { return vectorLog(splat(x))[0]; }
double log1p(double x) { return vectorLogOnePlus(splat(x))[0]; }
double tanh(double x) { return vectorTanh(splat(x))[0]; }
double erf(double x) { return vectorErf(splat(x))[0]; }
double erfc(double x) { return vectorErfc(splat(x))[0]; }

// MARK: - Products of 128 bits

typedef struct {
  uint64_t high, low;
} Wide;

static Wide product(uint64_t a, uint64_t b) {
  const uint64_t aLow = (uint32_t)a, aHigh = a >> 32, bLow = (uint32_t)b, bHigh = b >> 32;
  const uint64_t low = aLow * bLow, middle = aHigh * bLow + (low >> 32), other = aLow * bHigh + (uint32_t)middle;
  return (Wide){aHigh * bHigh + (middle >> 32) + (other >> 32), other << 32 | (uint32_t)low};
}

// The product of 128-bit numbers, which clang calls by this name.
__int128 __multi3(__int128 a, __int128 b) {
  const uint64_t aLow = (uint64_t)a, bLow = (uint64_t)b;
  const Wide low = product(aLow, bLow);
  const uint64_t high = low.high + (uint64_t)(a >> 64) * bLow + aLow * (uint64_t)(b >> 64);
  return (__int128)((unsigned __int128)high << 64 | low.low);
}

// MARK: - Fused multiplication and addition

static int leadingZeros(Wide x) { return x.high ? __builtin_clzll(x.high) : 64 + __builtin_clzll(x.low); }

static Wide shiftedLeft(Wide x, int count) {
  if (count == 0) return x;
  if (count >= 64) return (Wide){x.low << (count - 64), 0};
  return (Wide){x.high << count | x.low >> (64 - count), x.low << count};
}

// Divided by 2^count, with the last bit set if anything is lost.
static Wide shiftedRight(Wide x, int count) {
  if (count == 0) return x;
  if (count >= 128) return (Wide){0, (x.high | x.low) != 0};
  const Wide result = count >= 64 ? (Wide){0, count == 64 ? x.high : x.high >> (count - 64)}
                                  : (Wide){x.high >> count, x.high << (64 - count) | x.low >> count};
  const Wide back = shiftedLeft(result, count);
  return (Wide){result.high, result.low | (back.high != x.high || back.low != x.low)};
}

// A finite number other than 0 as (-1)^isNegative · significand · 2^exponent, with 53 bits.
typedef struct {
  bool isNegative;
  int exponent;
  uint64_t significand;
} Parts;

static uint64_t bitsOf(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

static Parts partsOf(double x) {
  const uint64_t bits = bitsOf(x), fraction = bits & 0xfffffffffffff;
  const int biased = (int)(bits >> 52 & 0x7ff);
  if (biased) return (Parts){bits >> 63, biased - 1075, fraction | 1ull << 52};
  const int shift = __builtin_clzll(fraction) - 11;
  return (Parts){bits >> 63, -1074 - shift, fraction << shift};
}

// The number (-1)^isNegative · x · 2^exponent, rounded to the nearest one, and to the even one of two. The last bit of x may
// stand for all that is smaller.
static double rounded(bool isNegative, Wide x, int exponent) {
  int dropped = 75 - leadingZeros(x);  // 128 - 53
  if (dropped < -1074 - exponent) dropped = -1074 - exponent;
  uint64_t significand;
  if (dropped <= 0) {
    significand = shiftedLeft(x, -dropped).low;
  } else {
    // Two bits more, the last of which says whether there is anything below the first.
    const uint64_t kept = dropped == 1 ? shiftedLeft(x, 1).low : shiftedRight(x, dropped - 2).low;
    significand = kept >> 2;
    significand += (kept & 2) && (kept & 1 || significand & 1);
  }
  const int biased = exponent + dropped + 1075;
  uint64_t bits = significand;
  // A significand of 54 bits has carried into the exponent, as it should.
  if (significand >> 52) bits += (uint64_t)(biased - 1) << 52;
  if (bits >> 52 >= 0x7ff) bits = 0x7ffull << 52;
  bits |= (uint64_t)isNegative << 63;
  double result;
  __builtin_memcpy(&result, &bits, sizeof result);
  return result;
}

double fma(double x, double y, double z) {
  if (!(__builtin_isfinite(x) && __builtin_isfinite(y) && x != 0 && y != 0)) return x * y + z;
  if (!__builtin_isfinite(z)) return z;
  if (z == 0) return x * y;
  const Parts a = partsOf(x), b = partsOf(y), c = partsOf(z);
  Wide larger = product(a.significand, b.significand), smaller = {0, c.significand};
  bool isNegative = a.isNegative != b.isNegative;
  const bool areSubtracted = isNegative != c.isNegative;
  int exponent = a.exponent + b.exponent, otherExponent = c.exponent;
  // Both with their leading bits below the sign's place and one for a carry.
  int shift = leadingZeros(larger) - 2;
  larger = shiftedLeft(larger, shift), exponent -= shift;
  shift = leadingZeros(smaller) - 2;
  smaller = shiftedLeft(smaller, shift), otherExponent -= shift;
  if (otherExponent > exponent || (otherExponent == exponent && (smaller.high > larger.high || (smaller.high == larger.high && smaller.low > larger.low)))) {
    const Wide wide = larger;
    const int number = exponent;
    larger = smaller, smaller = wide, exponent = otherExponent, otherExponent = number, isNegative = c.isNegative;
  }
  smaller = shiftedRight(smaller, exponent - otherExponent);
  const Wide sum =
      areSubtracted
          ? (Wide){larger.high - smaller.high - (larger.low < smaller.low), larger.low - smaller.low}
          : (Wide){larger.high + smaller.high + (larger.low + smaller.low < larger.low), larger.low + smaller.low};
  return sum.high | sum.low ? rounded(isNegative, sum, exponent) : 0;
}
