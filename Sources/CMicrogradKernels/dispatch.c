#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "CMicrogradKernels.h"

extern const MGInterpreter mg_baseline_double, mg_baseline_float;

#ifdef __x86_64__
extern const MGInterpreter mg_avx512_double, mg_avx512_float, mg_avx2_double, mg_avx2_float;

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
    {{"avx512", 8, 16, &mg_avx512_double, &mg_avx512_float}, hasAVX512},
    {{"avx2", 4, 8, &mg_avx2_double, &mg_avx2_float}, hasAVX2},
#endif
#ifdef __aarch64__
    {{"neon", 2, 4, &mg_baseline_double, &mg_baseline_float}, always},
#else
    {{"baseline", 2, 4, &mg_baseline_double, &mg_baseline_float}, always},
#endif
};

const MGKernels *mg_kernels(const char *name) {
  for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
    if ((name == NULL || strcmp(name, all[i].kernels.name) == 0) && all[i].isAvailable()) return &all[i].kernels;
  }
  return NULL;
}

static const MGInterpreter *interpreter(const MGKernels *kernels, bool isDouble) {
  return isDouble ? kernels->doubles : kernels->floats;
}

MGPreparedStep *mg_prepare(const MGKernels *kernels, bool isDouble, const MGStep *step) {
  const MGInterpreter *by = interpreter(kernels, isDouble);
  const size_t count = (size_t)(step->prologueCount + step->blockCount + step->epilogueCount);
  if (step->blocks != 1) return NULL;
  MGPreparedStep *prepared =
      aligned_alloc(64, (size_t)by->preparedSize + count * (size_t)by->preparedInstructionSize);
  if (prepared != NULL) by->prepare(step, prepared);
  return prepared;
}

void mg_prepared_step(const MGKernels *kernels, bool isDouble, MGPreparedStep *prepared) {
  interpreter(kernels, isDouble)->runPrepared(prepared);
}

void mg_prepared_destroy(MGPreparedStep *prepared) { free(prepared); }
