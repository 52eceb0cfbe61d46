#ifdef __x86_64__
#define MG_DOUBLE 1
#define MG_AVX512
#define MG_INTERPRETER mg_avx512_double
#include "Kernels.h"
#endif
