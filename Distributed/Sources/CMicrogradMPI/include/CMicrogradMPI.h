// MPI as functions that Swift can call, the same for every MPI: MPI_COMM_WORLD, MPI_DOUBLE and the like are macros that Swift
// does not import, and handles are pointers in Open MPI and integers in MPICH. All messages are among all ranks.
//
// Functions return MPI's error code, 0 for success, unless they say otherwise.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef enum __attribute__((enum_extensibility(closed))) MGMPIElement : uint8_t {
  MGMPIElementByte,
  MGMPIElementFloat,
  MGMPIElementDouble,
  MGMPIElementInt64,
} MGMPIElement;

typedef enum __attribute__((enum_extensibility(closed))) MGMPIReduction : uint8_t {
  MGMPIReductionSum,
  MGMPIReductionMinimum,
  MGMPIReductionMaximum,
} MGMPIReduction;

// A message that waits to be received.
typedef struct MGMPIEnvelope {
  int source, tag, count;
} MGMPIEnvelope;

// An operation that was started, as MPI's handle of it.
typedef struct MGMPIRequest {
  intptr_t handle;
} MGMPIRequest;

// MARK: Begin and end

// Starts MPI; only the calling thread may call it from then on. From here on errors are returned.
int mg_mpi_start(void);
int mg_mpi_finish(void);
bool mg_mpi_is_running(void);
// Ends all ranks, as far as MPI can.
void mg_mpi_abort(int status);
// MPI's words on an error code, in `text`, which has room for `mg_mpi_error_capacity()` bytes.
int mg_mpi_error_capacity(void);
void mg_mpi_error(int code, char *text);
// The library and its version, in `text`, which has room for `mg_mpi_library_capacity()` bytes.
int mg_mpi_library_capacity(void);
int mg_mpi_library(char *text);

int mg_mpi_rank(int *rank);
int mg_mpi_count(int *count);

// MARK: From one rank to another

int mg_mpi_send(const void *bytes, int count, int rank, int tag);
// The bytes must stay where they are until the request is done.
int mg_mpi_send_start(const void *bytes, int count, int rank, int tag, MGMPIRequest *request);
int mg_mpi_receive(void *bytes, int count, int source, int tag);
// Looks for a message without waiting for it. A source or a tag below 0 stands for any.
int mg_mpi_probe(int source, int tag, bool *isThere, MGMPIEnvelope *envelope);

// MARK: All ranks together

int mg_mpi_barrier(void);
int mg_mpi_broadcast(void *bytes, int count, int root);
int mg_mpi_allreduce(void *numbers, int count, MGMPIElement element, MGMPIReduction reduction);
int mg_mpi_allreduce_start(
    void *numbers, int count, MGMPIElement element, MGMPIReduction reduction, MGMPIRequest *request);
int mg_mpi_allgather(const void *elements, void *all, int count, MGMPIElement element);
int mg_mpi_allgather_bytes(const void *bytes, int count, void *all, const int *counts, const int *offsets);

// MARK: Operations that were started

int mg_mpi_test(MGMPIRequest *request, bool *isDone);
int mg_mpi_wait(MGMPIRequest *request);

#pragma clang assume_nonnull end
