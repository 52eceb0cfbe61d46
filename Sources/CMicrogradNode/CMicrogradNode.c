#define _GNU_SOURCE
#include "CMicrogradNode.h"

#if defined(__APPLE__)
#include <pthread.h>
#elif !defined(__wasm__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

MG_THREAD_LOCAL MGTape mg_thread_tape;

bool mg_is_main_thread(void) {
#if defined(__APPLE__)
  return pthread_main_np() != 0;
#elif defined(__wasm__)
  return true;
#else
  return syscall(SYS_gettid) == getpid();
#endif
}
