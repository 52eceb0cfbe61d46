#define MG_DOUBLE 0
#define MG_INTERPRETER mg_baseline_float
#include "Kernels.h"
