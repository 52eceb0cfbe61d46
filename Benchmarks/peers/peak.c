// How many floating-point operations a core can do in a second: multiply-adds on registers, with the widest vectors the
// processor has. usage: peak f32|f64 SECONDS; prints a line of JSON.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

enum { repeats = 20000 };

typedef struct {
  double (*run)(void);  // returns something that depends on all of its results
  double operations;    // of one run
} MultiplyAdds;

// `chains` sums that do not wait for each other: enough to hide the latency, and few enough to stay in registers.
// They start from different numbers, or a compiler would work out one for all.
#define MULTIPLY_ADDS(name, Number, bytes, chains, attributes)                             \
  attributes static double name##Run(void) {                                               \
    typedef Number Vector __attribute__((vector_size(bytes)));                             \
    Vector sums[chains];                                                                   \
    for (int k = 0; k < chains; k++) sums[k] = (Vector){0} + (Number)k;                    \
    const Number x = (Number)0.999, y = (Number)1e-3;                                      \
    for (int i = 0; i < repeats; i++)                                                      \
      _Pragma("GCC unroll 32") for (int k = 0; k < chains; k++) sums[k] = sums[k] * x + y; \
    double total = 0;                                                                      \
    _Pragma("GCC unroll 32") for (int k = 0; k < chains; k++) total += sums[k][0];         \
    return total;                                                                          \
  }                                                                                        \
  static const MultiplyAdds name = {name##Run, 2.0 * repeats * chains * (bytes / sizeof(Number))};

#if defined(__x86_64__)
#define AVX512 __attribute__((target("avx512f")))
#define AVX2 __attribute__((target("avx2,fma")))
MULTIPLY_ADDS(avx512Float, float, 64, 24, AVX512)
MULTIPLY_ADDS(avx512Double, double, 64, 24, AVX512)
MULTIPLY_ADDS(avx2Float, float, 32, 12, AVX2)
MULTIPLY_ADDS(avx2Double, double, 32, 12, AVX2)
MULTIPLY_ADDS(baselineFloat, float, 16, 12, )
MULTIPLY_ADDS(baselineDouble, double, 16, 12, )
#else
MULTIPLY_ADDS(baselineFloat, float, 16, 24, )
MULTIPLY_ADDS(baselineDouble, double, 16, 24, )
#endif

static const char *instructions(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return "AVX-512";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "AVX2";
#endif
  return "baseline";
}

static MultiplyAdds widest(const char *instructions, int isFloat) {
#if defined(__x86_64__)
  if (strcmp(instructions, "AVX-512") == 0) return isFloat ? avx512Float : avx512Double;
  if (strcmp(instructions, "AVX2") == 0) return isFloat ? avx2Float : avx2Double;
#endif
  return isFloat ? baselineFloat : baselineDouble;
}

int main(int count, char **arguments) {
  const double seconds = count == 3 ? atof(arguments[2]) : 0;
  if (seconds <= 0 || (strcmp(arguments[1], "f32") != 0 && strcmp(arguments[1], "f64") != 0)) {
    fprintf(stderr, "usage: %s f32|f64 SECONDS\n", arguments[0]);
    return 2;
  }
  const MultiplyAdds work = widest(instructions(), strcmp(arguments[1], "f32") == 0);
  double best = 0;
  volatile double sink;
  for (const double end = now() + seconds; now() < end;) {
    const double start = now();
    sink = work.run();
    const double rate = work.operations / (now() - start);
    if (rate > best) best = rate;
  }
  (void)sink;
  printf("{\"instructions\": \"%s\", \"gflops\": %.2f}\n", instructions(), best * 1e-9);
}
