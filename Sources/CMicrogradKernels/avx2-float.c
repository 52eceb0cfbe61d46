#ifdef __x86_64__
#define MG_DOUBLE 0
#define MG_AVX2
#define MG_INTERPRETER mg_avx2_float
#include "Kernels.h"
#endif
