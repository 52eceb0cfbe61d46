#ifdef __x86_64__
#define MG_DOUBLE 1
#define MG_AVX2
#define MG_INTERPRETER mg_avx2_double
#include "Kernels.h"
#endif
