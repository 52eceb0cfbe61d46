// Numbers from decimal text, correctly rounded.
#include <stdbool.h>
#include <stdint.h>

// MARK: - Natural numbers of any size that is needed here, the lowest 32 bits first

// 800 digits, times a power of ten or of two for the smallest numbers.
enum { capacity = 240 };
typedef struct {
  int count;
  uint32_t words[capacity];
} Natural;

static void multiply(Natural *x, uint32_t factor, uint32_t summand) {
  uint64_t carry = summand;
  for (int i = 0; i < x->count; i++) {
    carry += (uint64_t)x->words[i] * factor;
    x->words[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry) x->words[x->count++] = (uint32_t)carry;
}

static void multiplyByPowerOfTen(Natural *x, int exponent) {
  for (; exponent >= 9; exponent -= 9) multiply(x, 1000000000, 0);
  for (; exponent > 0; exponent--) multiply(x, 10, 0);
}

static int bitCount(const Natural *x) {
  return x->count ? 32 * x->count - __builtin_clz(x->words[x->count - 1]) : 0;
}

static void shiftLeft(Natural *x, int count) {
  const int words = count / 32, bits = count % 32;
  if (x->count == 0) return;
  x->words[x->count] = 0;
  for (int i = x->count; i >= 0; i--) {
    const uint32_t below = i > 0 ? x->words[i - 1] : 0;
    x->words[i + words] = bits ? x->words[i] << bits | below >> (32 - bits) : x->words[i];
  }
  for (int i = 0; i < words; i++) x->words[i] = 0;
  x->count += words + 1;
  while (x->count && x->words[x->count - 1] == 0) x->count--;
}

// Subtracts y from x, and returns true, unless y is larger.
static bool subtract(Natural *x, const Natural *y) {
  if (x->count < y->count) return false;
  if (x->count == y->count) {
    int i = x->count;
    while (i > 0 && x->words[i - 1] == y->words[i - 1]) i--;
    if (i > 0 && x->words[i - 1] < y->words[i - 1]) return false;
  }
  uint64_t borrow = 0;
  for (int i = 0; i < x->count; i++) {
    const uint64_t difference = (uint64_t)x->words[i] - (i < y->count ? y->words[i] : 0) - borrow;
    x->words[i] = (uint32_t)difference;
    borrow = difference >> 63;
  }
  while (x->count && x->words[x->count - 1] == 0) x->count--;
  return true;
}

// MARK: - Rounding

static double fromBits(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

// x / y for y > 0, rounded to the nearest number, and to the even one of two. Both are used up.
static double quotient(Natural *x, Natural *y) {
  if (x->count == 0) return 0;
  // 2^exponent is at most the quotient's last bit: 54 or 55 bits, or fewer for a number below the normal ones.
  int exponent = bitCount(x) - bitCount(y) - 54;
  if (exponent < -1075) exponent = -1075;
  if (exponent > 0) shiftLeft(y, exponent); else shiftLeft(x, -exponent);
  uint64_t kept = 0;
  shiftLeft(y, 55);
  for (int bit = 55; bit >= 0; bit--) {
    kept = kept << 1 | subtract(x, y);
    // Halves y by doubling x: its value counts relative to y only.
    if (bit > 0) shiftLeft(x, 1);
  }
  // The last bit says whether there is a remainder.
  kept = kept << 1 | (x->count > 0), exponent -= 1;
  int dropped = 64 - __builtin_clzll(kept | 1) - 53;
  if (dropped < -1074 - exponent) dropped = -1074 - exponent;
  const uint64_t lost = kept & ((1ull << dropped) - 1), half = 1ull << (dropped - 1);
  uint64_t significand = kept >> dropped;
  significand += lost > half || (lost == half && significand & 1);
  exponent += dropped;
  uint64_t bits = significand;
  if (significand >> 52) bits += (uint64_t)(exponent + 1074) << 52;
  return fromBits(bits >> 52 >= 0x7ff ? 0x7ffull << 52 : bits);
}

// MARK: - Text

static bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }

// Returns what follows the word if the text begins with it, in upper or lower case; else NULL.
static const char *after(const char *word, const char *text) {
  for (; *word; word++, text++) {
    if ((*text | 0x20) != *word) return 0;
  }
  return text;
}

static const char *named(const char *text, double *result) {
  const char *end;
  if ((end = after("infinity", text)) || (end = after("inf", text))) *result = __builtin_inf();
  else if ((end = after("nan", text))) *result = __builtin_nan("");
  return end;
}

// Digits beyond these cannot decide alone; that there are any counts as one more digit.
enum { mostDigits = 770 };

// Swift's name for C's `strtod`, without white space before the number and without hexadecimal digits. Returns the end of the
// number, or NULL if there is none.
const char *_swift_stdlib_strtod_clocale(const char *text, double *result) {
  const bool isNegative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  double magnitude = 0;
  const char *end = named(text, &magnitude);
  if (!end) {
    static Natural x, y;
    x.count = 0;
    uint64_t leading = 0;  // as long as there are at most 19 digits
    int digits = 0, exponent = 0;
    bool hasDigits = false, isFraction = false, isCut = false;
    for (;; text++) {
      if (*text == '.' && !isFraction) {
        isFraction = true;
        continue;
      }
      if (!isDigit(*text)) break;
      hasDigits = true;
      const uint32_t digit = (uint32_t)(*text - '0');
      if (digits == 0 && digit == 0) {
        exponent -= isFraction;
      } else if (digits < mostDigits) {
        if (digits < 19) leading = leading * 10 + digit;
        if (digits == 19) {
          x = (Natural){2, {(uint32_t)leading, (uint32_t)(leading >> 32)}};
        }
        if (digits >= 19) multiply(&x, 10, digit);
        digits++;
        exponent -= isFraction;
      } else {
        isCut |= digit != 0;
        exponent += !isFraction;
      }
    }
    if (!hasDigits) return 0;
    end = text;
    if ((*text | 0x20) == 'e') {
      const char *next = text + 1;
      const bool isSmall = *next == '-';
      if (*next == '-' || *next == '+') next++;
      if (isDigit(*next)) {
        int written = 0;
        for (; isDigit(*next); next++) {
          if (written < 100000) written = written * 10 + (*next - '0');
        }
        exponent += isSmall ? -written : written;
        end = next;
      }
    }
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (digits == 0) {
      magnitude = 0;
    } else if (digits <= 19 && leading <= 1ull << 53 && exponent >= -22 && exponent <= 22) {
      // Both numbers are exact, and so one rounding is all.
      magnitude = exponent < 0 ? (double)leading / powers[-exponent] : (double)leading * powers[exponent];
    } else if (digits + exponent > 310) {
      magnitude = __builtin_inf();
    } else if (digits + exponent > -330) {
      if (digits <= 19) x = (Natural){2, {(uint32_t)leading, (uint32_t)(leading >> 32)}};
      while (x.count && x.words[x.count - 1] == 0) x.count--;
      if (isCut) {
        multiply(&x, 10, 1);
        exponent--;
      }
      y = (Natural){1, {1}};
      multiplyByPowerOfTen(exponent < 0 ? &y : &x, exponent < 0 ? -exponent : exponent);
      magnitude = quotient(&x, &y);
    }
  }
  *result = isNegative ? -magnitude : magnitude;
  return end;
}
