#ifdef __x86_64__
#define MG_DOUBLE 0
#define MG_AVX2
#define MG_RUN mg_run_avx2_float
#include "Kernels.h"
#endif
