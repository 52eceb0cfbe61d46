#include <stddef.h>
#include <string.h>

#include "CMicrogradKernels.h"

typedef void Run(const MGStep *, int32_t part, int32_t parts, MGTeam *);

Run mg_run_baseline_double, mg_run_baseline_float;

#ifdef __x86_64__
Run mg_run_avx512_double, mg_run_avx512_float, mg_run_avx2_double, mg_run_avx2_float;

static bool hasAVX512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}
static bool hasAVX2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif
static bool always(void) { return true; }

// The best first.
static const struct {
  MGKernels kernels;
  bool (*isAvailable)(void);
} all[] = {
#ifdef __x86_64__
    {{"avx512", 8, 16, mg_run_avx512_double, mg_run_avx512_float}, hasAVX512},
    {{"avx2", 4, 8, mg_run_avx2_double, mg_run_avx2_float}, hasAVX2},
#endif
#ifdef __aarch64__
    {{"neon", 2, 4, mg_run_baseline_double, mg_run_baseline_float}, always},
#else
    {{"baseline", 2, 4, mg_run_baseline_double, mg_run_baseline_float}, always},
#endif
};

const MGKernels *mg_kernels(const char *name) {
  for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
    if ((name == NULL || strcmp(name, all[i].kernels.name) == 0) && all[i].isAvailable()) return &all[i].kernels;
  }
  return NULL;
}
