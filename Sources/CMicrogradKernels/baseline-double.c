#define MG_DOUBLE 1
#define MG_INTERPRETER mg_baseline_double
#include "Kernels.h"
