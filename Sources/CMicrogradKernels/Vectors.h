// Numbers by the vector. GCC's vector types give the same source to every instruction set; a * b + c
// becomes one rounding where the processor has it, and two where not.

#define INLINE static inline __attribute__((always_inline))
#define NOINLINE static __attribute__((noinline))
#define UNROLL _Pragma("clang loop unroll(full)")

#if MG_DOUBLE
typedef double Number;
typedef int64_t Bits;
typedef uint64_t UnsignedBits;
#else
typedef float Number;
typedef int32_t Bits;
typedef uint32_t UnsignedBits;
#endif

typedef Number Vector __attribute__((vector_size(MG_VECTOR_BYTES)));
typedef Number UnalignedVector __attribute__((vector_size(MG_VECTOR_BYTES), aligned(sizeof(Number))));
// Comparisons give -1 or 0 for each element.
typedef Bits Mask __attribute__((vector_size(MG_VECTOR_BYTES)));
typedef UnsignedBits UnsignedMask __attribute__((vector_size(MG_VECTOR_BYTES)));

enum {
  width = MG_VECTOR_BYTES / sizeof(Number),
  chunk = 16 / sizeof(Number),  // elements of 128 bits, across which shuffles are slower
};

// Subtracting 0, unlike adding it, is known to the compiler to change nothing, not even -0.
INLINE Vector splat(Number x) { return x - (Vector){}; }
INLINE Vector load(const Number *p) { return *(const UnalignedVector *)p; }
INLINE void store(Number *p, Vector x) { *(UnalignedVector *)p = x; }

// For the rest of packed numbers, fewer than a vector.
INLINE Vector loadFirst(long count, const Number *p) {
  Vector x = {};
  for (long i = 0; i < count; i++) x[i] = p[i];
  return x;
}
INLINE void storeFirst(long count, Number *p, Vector x) {
  for (long i = 0; i < count; i++) p[i] = x[i];
}

INLINE Vector where(Mask mask, Vector x) { return (Vector)((Mask)x & mask); }
INLINE Vector select(Mask mask, Vector x, Vector y) { return (Vector)(((Mask)x & mask) | ((Mask)y & ~mask)); }
// Comparisons such that NaN passes.
INLINE Vector atLeast(Number low, Vector x) { return select(x < low, splat(low), x); }
INLINE Vector atMost(Number high, Vector x) { return select(x > high, splat(high), x); }

INLINE Mask signBits(void) { return (Mask)splat(-(Number)0.0); }
INLINE Vector magnitude(Vector x) { return (Vector)((Mask)x & ~signBits()); }
INLINE Vector withSignOf(Vector sign, Vector magnitude) {
  return (Vector)((Mask)magnitude | ((Mask)sign & signBits()));
}

INLINE Mask isNaN(Vector x) { return x != x; }
INLINE bool any(Mask mask) { return __builtin_reduce_or(mask) != 0; }

// MARK: - Sums across a vector, and transposition

// The elements at even (o = 0) or odd (o = 1) places of a, then of b, within each chunk; the even
// (o = 0) or odd (o = chunk) chunks of a, then of b. These two are all that follows needs.
#if MG_VECTOR_BYTES == 16 && MG_DOUBLE
#define PLACES(a, b, o) __builtin_shufflevector(a, b, o, 2 + o)
#elif MG_VECTOR_BYTES == 16
#define PLACES(a, b, o) __builtin_shufflevector(a, b, o, 2 + o, 4 + o, 6 + o)
#elif MG_VECTOR_BYTES == 32 && MG_DOUBLE
#define PLACES(a, b, o) __builtin_shufflevector(a, b, o, 4 + o, 2 + o, 6 + o)
#define CHUNKS(a, b, o) __builtin_shufflevector(a, b, o, 1 + o, 4 + o, 5 + o)
#elif MG_VECTOR_BYTES == 32
#define PLACES(a, b, o) __builtin_shufflevector(a, b, o, 2 + o, 8 + o, 10 + o, 4 + o, 6 + o, 12 + o, 14 + o)
#define CHUNKS(a, b, o) __builtin_shufflevector(a, b, o, 1 + o, 2 + o, 3 + o, 8 + o, 9 + o, 10 + o, 11 + o)
#elif MG_DOUBLE
#define PLACES(a, b, o) __builtin_shufflevector(a, b, o, 8 + o, 2 + o, 10 + o, 4 + o, 12 + o, 6 + o, 14 + o)
#define CHUNKS(a, b, o) __builtin_shufflevector(a, b, o, 1 + o, 4 + o, 5 + o, 8 + o, 9 + o, 12 + o, 13 + o)
#else
#define PLACES(a, b, o)                                                                                 \
  __builtin_shufflevector(a, b, o, 2 + o, 16 + o, 18 + o, 4 + o, 6 + o, 20 + o, 22 + o, 8 + o, 10 + o, \
                          24 + o, 26 + o, 12 + o, 14 + o, 28 + o, 30 + o)
#define CHUNKS(a, b, o)                                                                                    \
  __builtin_shufflevector(a, b, o, 1 + o, 2 + o, 3 + o, 8 + o, 9 + o, 10 + o, 11 + o, 16 + o, 17 + o,     \
                          18 + o, 19 + o, 24 + o, 25 + o, 26 + o, 27 + o)
#endif
#ifndef CHUNKS
#define CHUNKS(a, b, o) (a)  // never asked for: a vector is one chunk
#endif

// One of log₂(width) rounds: the even places of a and b, or the odd ones.
INLINE Vector evens(const int round, Vector a, Vector b) { return round < chunk ? PLACES(a, b, 0) : CHUNKS(a, b, 0); }
INLINE Vector odds(const int round, Vector a, Vector b) { return round < chunk ? PLACES(a, b, 1) : CHUNKS(a, b, chunk); }

// The sums of the elements of `count` vectors, a power of 2 up to `width`, in the first elements of the result.
// A vector's elements are added in the same order for every count.
INLINE Vector sums(const int count, const Vector *x) {
  Vector s[width];
  UNROLL for (int i = 0; i < count; i++) s[i] = x[i];
  int left = count;
  UNROLL for (int round = 1; round < width; round *= 2) {
    const int next = left > 1 ? 1 : 0;
    left = (left + 1) / 2;
    UNROLL for (int i = 0; i < left; i++) {
      const Vector a = s[2 * i], b = s[2 * i + next];
      s[i] = evens(round, a, b) + odds(round, a, b);
    }
  }
  return s[0];
}

INLINE Number sum(Vector x) { return sums(1, &x)[0]; }

// Turns `width` rows of `width` numbers around: element i of row j becomes element j of row i.
INLINE void transpose(const Number *from, long fromStride, Number *to, long toStride) {
  Vector x[width], y[width];
  UNROLL for (int i = 0; i < width; i++) x[i] = load(from + i * fromStride);
  UNROLL for (int round = 1; round < width; round *= 2) {
    UNROLL for (int i = 0; i < width / 2; i++) {
      y[i] = evens(round, x[2 * i], x[2 * i + 1]);
      y[i + width / 2] = odds(round, x[2 * i], x[2 * i + 1]);
    }
    UNROLL for (int i = 0; i < width; i++) x[i] = y[i];
  }
  // Each round sorted the rows by one more bit of the column that they came from, the last bit first.
  UNROLL for (int i = 0; i < width; i++) store(to + i * toStride, x[i]);
}
