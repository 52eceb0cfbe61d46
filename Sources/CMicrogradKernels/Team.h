// The interface between the kernels and the team of threads.
#pragma once
#include "CMicrogradKernels.h"

#pragma clang assume_nonnull begin
// Waits until all threads of the team have come here.
void mg_team_wait(MGTeam *team);
#pragma clang assume_nonnull end
