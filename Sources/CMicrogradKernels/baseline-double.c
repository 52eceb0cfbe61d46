#define MG_DOUBLE 1
#define MG_RUN mg_run_baseline_double
#include "Kernels.h"
