#define _GNU_SOURCE
#include "CNotebook.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

// MARK: - Standard input and output

static notebook_reader the_reader;

#ifdef __APPLE__
static int read_input(void *cookie, char *buffer, int size) { return (int)the_reader(buffer, (size_t)size); }
static FILE *open_input(void) { return funopen(NULL, read_input, NULL, NULL, NULL); }
#else
static ssize_t read_input(void *cookie, char *buffer, size_t size) { return the_reader(buffer, size); }
static FILE *open_input(void) {
  return fopencookie(NULL, "r", (cookie_io_functions_t){.read = read_input});
}
#endif

void notebook_read_input_from(notebook_reader reader) {
  the_reader = reader;
  stdin = open_input();
}

void notebook_buffer_lines(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

// A copy of the process must not begin with a lock that a thread holds which it does not have.
static pthread_mutex_t flushing = PTHREAD_MUTEX_INITIALIZER;

// Not all streams: one of them is the input, which is locked while somebody waits for a line.
void notebook_flush(void) {
  pthread_mutex_lock(&flushing);
  fflush(stdout);
  pthread_mutex_unlock(&flushing);
}

// MARK: - Copies

static bool the_copy;

bool notebook_is_copy(void) { return the_copy; }

static void limit(int resource, rlim_t soft, rlim_t hard) {
  setrlimit(resource, &(struct rlimit){.rlim_cur = soft, .rlim_max = hard});
}

// The runtime's backtracer would take seconds. The kernel takes the worker for alive as long as anybody holds its
// connection.
static void become_copy(int output, int answers, int seconds, size_t bytes) {
  the_copy = true;
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  const int signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV, SIGSYS, SIGPIPE};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], SIG_DFL);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  for (int file = STDERR_FILENO + 1; file < 256; file++) {
    if (file != answers) close(file);
  }
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_CPU, (rlim_t)seconds, (rlim_t)seconds + 1);
  limit(RLIMIT_DATA, (rlim_t)bytes, (rlim_t)bytes);
}

int notebook_copy(int output, int answers, int seconds, size_t bytes) {
  pthread_mutex_lock(&flushing);
  fflush(stdout);
  const pid_t copy = fork();
  pthread_mutex_unlock(&flushing);
  if (copy == 0) become_copy(output, answers, seconds, bytes);
  return copy;
}
