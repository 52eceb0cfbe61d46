// Threads that carry out steps together. Between two steps a worker spins for a while, since the next step
// of a training loop follows at once, and then sleeps, so that an idle team costs nothing.
#include "Team.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

enum {
  spinNanoseconds = 50000,
  pausesBetweenLooks = 64,  // at the clock
};

typedef struct {
  MGTeam *team;
  int32_t part;
  pthread_t thread;
} Worker;

// Variables that different threads write lie in different cache lines.
struct MGTeam {
  int32_t threads;
  Worker *workers;  // threads - 1 of them

  // The job, published by counting `jobs` up.
  const MGKernels *kernels;
  const MGStep *step;
  bool isDouble, isEnding;
  _Alignas(128) atomic_uint jobs;

  _Alignas(128) atomic_uint arrived;  // the barrier: threads that are there, and
  _Alignas(128) atomic_uint rounds;   // how often it has opened

  _Alignas(128) atomic_int sleepers;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
};

static inline void pauseBriefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb");
#endif
}

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// Spins until the counter is no longer `old`; false if that takes long.
static bool spin(atomic_uint *counter, unsigned old) {
  const int64_t start = now();
  do {
    for (int i = 0; i < pausesBetweenLooks; i++) {
      if (atomic_load_explicit(counter, memory_order_acquire) != old) return true;
      pauseBriefly();
    }
  } while (now() - start < spinNanoseconds);
  return false;
}

void mg_team_wait(MGTeam *team) {
  const unsigned round = atomic_load_explicit(&team->rounds, memory_order_relaxed);
  if (atomic_fetch_add_explicit(&team->arrived, 1, memory_order_acq_rel) + 1 == (unsigned)team->threads) {
    atomic_store_explicit(&team->arrived, 0, memory_order_relaxed);
    atomic_store_explicit(&team->rounds, round + 1, memory_order_release);
    return;
  }
  // A thread that is long in coming may be waiting for this one's processor.
  while (!spin(&team->rounds, round)) sched_yield();
}

static void sleepUntilJob(MGTeam *team, unsigned done) {
  pthread_mutex_lock(&team->mutex);
  atomic_fetch_add(&team->sleepers, 1);
  while (atomic_load(&team->jobs) == done) pthread_cond_wait(&team->wake, &team->mutex);
  atomic_fetch_sub(&team->sleepers, 1);
  pthread_mutex_unlock(&team->mutex);
}

static void publish(MGTeam *team) {
  atomic_fetch_add(&team->jobs, 1);
  if (atomic_load(&team->sleepers) == 0) return;
  pthread_mutex_lock(&team->mutex);
  pthread_cond_broadcast(&team->wake);
  pthread_mutex_unlock(&team->mutex);
}

static void carryOut(MGTeam *team, int32_t part) {
  void (*run)(const MGStep *, int32_t, int32_t, MGTeam *) =
      (team->isDouble ? team->kernels->doubles : team->kernels->floats)->run;
  run(team->step, part, team->threads, team);
  mg_team_wait(team);
}

static void *work(void *argument) {
  const Worker *worker = argument;
  MGTeam *team = worker->team;
  for (unsigned done = 0;; done++) {
    if (!spin(&team->jobs, done)) sleepUntilJob(team, done);
    if (team->isEnding) return NULL;
    carryOut(team, worker->part);
  }
}

// MARK: - The interface to the compiler

MGTeam *mg_team_create(int32_t threads) {
  if (threads < 2) return NULL;
  MGTeam *team = aligned_alloc(_Alignof(MGTeam), sizeof(MGTeam));
  Worker *workers = calloc(threads - 1, sizeof(Worker));
  if (team == NULL || workers == NULL) {
    free(team);
    free(workers);
    return NULL;
  }
  *team = (MGTeam){.threads = 1, .workers = workers};
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->wake, NULL);
  for (; team->threads < threads; team->threads++) {
    Worker *worker = &workers[team->threads - 1];
    *worker = (Worker){.team = team, .part = team->threads};
    if (pthread_create(&worker->thread, NULL, work, worker) != 0) break;
  }
  if (team->threads > 1) return team;
  mg_team_destroy(team);
  return NULL;
}

void mg_team_destroy(MGTeam *team) {
  team->isEnding = true;
  publish(team);
  for (int32_t i = 0; i < team->threads - 1; i++) pthread_join(team->workers[i].thread, NULL);
  pthread_cond_destroy(&team->wake);
  pthread_mutex_destroy(&team->mutex);
  free(team->workers);
  free(team);
}

void mg_step(const MGKernels *kernels, bool isDouble, const MGStep *step, MGTeam *team) {
  if (team == NULL) {
    (isDouble ? kernels->doubles : kernels->floats)->run(step, 0, 1, NULL);
    return;
  }
  team->kernels = kernels;
  team->step = step;
  team->isDouble = isDouble;
  publish(team);
  carryOut(team, 0);
}
