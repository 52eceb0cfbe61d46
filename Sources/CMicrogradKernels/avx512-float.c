#ifdef __x86_64__
#define MG_DOUBLE 0
#define MG_AVX512
#define MG_INTERPRETER mg_avx512_float
#include "Kernels.h"
#endif
