#define MG_DOUBLE 0
#define MG_RUN mg_run_baseline_float
#include "Kernels.h"
