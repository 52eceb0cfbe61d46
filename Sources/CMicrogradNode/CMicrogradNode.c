#define _GNU_SOURCE
#include "CMicrogradNode.h"

#if defined(__APPLE__)
#include <pthread.h>
#elif !defined(__wasm__)
#include <sys/syscall.h>
#include <unistd.h>
#if defined(__GLIBC__) && __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#define MG_KNOWS_THREADS
#endif
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

bool mg_has_one_thread(void) {
#if defined(__APPLE__)
  return pthread_is_threaded_np() == 0;
#elif defined(__wasm__)
  return true;
#elif defined(MG_KNOWS_THREADS)
  return __libc_single_threaded;
#else
  return false;
#endif
}
