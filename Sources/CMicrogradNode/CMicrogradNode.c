#define _GNU_SOURCE
#include "CMicrogradNode.h"

#ifdef __APPLE__
#include <pthread.h>
#else
#include <sys/syscall.h>
#include <unistd.h>
#endif

_Thread_local MGTape mg_thread_tape;

bool mg_is_main_thread(void) {
#ifdef __APPLE__
  return pthread_main_np() != 0;
#else
  return syscall(SYS_gettid) == getpid();
#endif
}
