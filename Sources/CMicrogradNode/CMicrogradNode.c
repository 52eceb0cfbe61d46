#include "CMicrogradNode.h"

_Thread_local MGTape mg_thread_tape;
