// All kernels for one type of number and one instruction set. A file that includes this names them:
// MG_DOUBLE (1 or 0), MG_AVX512 or MG_AVX2 or neither, and MG_INTERPRETER, the variable that it defines.
//
// Each pair has a file of its own, so that the names below need no suffixes. In debug builds these files are
// compiled without optimisation, since clang has no pragma or attribute that asks for it: correct, but slow.
#include <math.h>
#include <stddef.h>

#include "CMicrogradKernels.h"
#include "Team.h"

#if defined(MG_AVX512)
#define MG_VECTOR_BYTES 64
#define MG_TARGET target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"), min_vector_width(512)
#elif defined(MG_AVX2)
#define MG_VECTOR_BYTES 32
#define MG_TARGET target("avx2,fma"), min_vector_width(256)
#else
#define MG_VECTOR_BYTES 16
#endif

#ifdef MG_TARGET
#pragma clang attribute push(__attribute__((MG_TARGET)), apply_to = function)
#endif
// To describe where each variable of the unrolled loops lies would take a quarter of the compiler's time.
#ifdef __OPTIMIZE__
#pragma clang attribute push(__attribute__((nodebug)), apply_to = hasType(functionType))
#endif

#include "Vectors.h"
#include "Elementary.h"
#include "Trigonometry.h"
#include "ErrorFunctions.h"
#include "Powers.h"
#include "Functions.h"
#include "Context.h"
#include "Rows.h"
#include "Sums.h"
#include "Reductions.h"
#include "Parameters.h"
#include "Products.h"
#include "Dense.h"
#include "DenseWeights.h"
#include "Interpreter.h"

#ifdef __OPTIMIZE__
#pragma clang attribute pop
#endif
#ifdef MG_TARGET
#pragma clang attribute pop
#endif
