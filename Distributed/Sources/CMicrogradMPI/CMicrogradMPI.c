#include "CMicrogradMPI.h"

#include <mpi.h>
#include <signal.h>
#include <string.h>

// MARK: Handles

_Static_assert(sizeof(MPI_Request) <= sizeof(intptr_t), "a request does not fit its handle");

static MGMPIRequest wrapped(MPI_Request request) {
  MGMPIRequest result = {0};
  memcpy(&result.handle, &request, sizeof request);
  return result;
}

static MPI_Request unwrapped(MGMPIRequest request) {
  MPI_Request result;
  memcpy(&result, &request.handle, sizeof result);
  return result;
}

static MPI_Datatype type(MGMPIElement element) {
  switch (element) {
    case MGMPIElementByte: return MPI_BYTE;
    case MGMPIElementFloat: return MPI_FLOAT;
    case MGMPIElementDouble: return MPI_DOUBLE;
    case MGMPIElementInt64: return MPI_INT64_T;
  }
}

static MPI_Op operation(MGMPIReduction reduction) {
  switch (reduction) {
    case MGMPIReductionSum: return MPI_SUM;
    case MGMPIReductionMinimum: return MPI_MIN;
    case MGMPIReductionMaximum: return MPI_MAX;
  }
}

// MARK: Begin and end

int mg_mpi_start(void) {
  int provided;
  int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
  if (code == MPI_SUCCESS) code = MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  if (code == MPI_SUCCESS) code = MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
#ifdef MPICH_VERSION
  // `mpirun -disable-auto-cleanup` tells the others of a rank's death by this signal. MPICH's own handler asks for details that
  // its process manager has not got, and brings that down.
  signal(SIGUSR1, SIG_IGN);
#endif
  return code;
}

int mg_mpi_finish(void) { return MPI_Finalize(); }

bool mg_mpi_is_running(void) {
  int hasStarted = 0, hasFinished = 0;
  MPI_Initialized(&hasStarted);
  MPI_Finalized(&hasFinished);
  return hasStarted && !hasFinished;
}

void mg_mpi_abort(int status) { MPI_Abort(MPI_COMM_WORLD, status); }

int mg_mpi_error_capacity(void) { return MPI_MAX_ERROR_STRING + 1; }

void mg_mpi_error(int code, char *text) {
  int length = 0;
  if (MPI_Error_string(code, text, &length) != MPI_SUCCESS) length = 0;
  text[length] = 0;
}

int mg_mpi_library_capacity(void) { return MPI_MAX_LIBRARY_VERSION_STRING + 1; }

int mg_mpi_library(char *text) {
  int length = 0;
  int code = MPI_Get_library_version(text, &length);
  text[length] = 0;
  return code;
}

int mg_mpi_rank(int *rank) { return MPI_Comm_rank(MPI_COMM_WORLD, rank); }

int mg_mpi_count(int *count) { return MPI_Comm_size(MPI_COMM_WORLD, count); }

// MARK: From one rank to another

int mg_mpi_send(const void *bytes, int count, int rank, int tag) {
  return MPI_Send(bytes, count, MPI_BYTE, rank, tag, MPI_COMM_WORLD);
}

int mg_mpi_send_start(const void *bytes, int count, int rank, int tag, MGMPIRequest *request) {
  MPI_Request handle;
  int code = MPI_Isend(bytes, count, MPI_BYTE, rank, tag, MPI_COMM_WORLD, &handle);
  if (code == MPI_SUCCESS) *request = wrapped(handle);
  return code;
}

int mg_mpi_receive(void *bytes, int count, int source, int tag) {
  return MPI_Recv(bytes, count, MPI_BYTE, source, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

int mg_mpi_probe(int source, int tag, bool *isThere, MGMPIEnvelope *envelope) {
  MPI_Status status;
  int flag = 0;
  int code = MPI_Iprobe(
      source < 0 ? MPI_ANY_SOURCE : source, tag < 0 ? MPI_ANY_TAG : tag, MPI_COMM_WORLD, &flag, &status);
  *isThere = code == MPI_SUCCESS && flag;
  if (!*isThere) return code;
  envelope->source = status.MPI_SOURCE;
  envelope->tag = status.MPI_TAG;
  return MPI_Get_count(&status, MPI_BYTE, &envelope->count);
}

// MARK: All ranks together

int mg_mpi_barrier(void) { return MPI_Barrier(MPI_COMM_WORLD); }

int mg_mpi_broadcast(void *bytes, int count, int root) {
  return MPI_Bcast(bytes, count, MPI_BYTE, root, MPI_COMM_WORLD);
}

int mg_mpi_allreduce(void *numbers, int count, MGMPIElement element, MGMPIReduction reduction) {
  return MPI_Allreduce(MPI_IN_PLACE, numbers, count, type(element), operation(reduction), MPI_COMM_WORLD);
}

int mg_mpi_allreduce_start(
    void *numbers, int count, MGMPIElement element, MGMPIReduction reduction, MGMPIRequest *request) {
  MPI_Request handle;
  int code = MPI_Iallreduce(
      MPI_IN_PLACE, numbers, count, type(element), operation(reduction), MPI_COMM_WORLD, &handle);
  if (code == MPI_SUCCESS) *request = wrapped(handle);
  return code;
}

int mg_mpi_allgather(const void *elements, void *all, int count, MGMPIElement element) {
  return MPI_Allgather(elements, count, type(element), all, count, type(element), MPI_COMM_WORLD);
}

int mg_mpi_allgather_bytes(const void *bytes, int count, void *all, const int *counts, const int *offsets) {
  return MPI_Allgatherv(bytes, count, MPI_BYTE, all, counts, offsets, MPI_BYTE, MPI_COMM_WORLD);
}

// MARK: Operations that were started

int mg_mpi_test(MGMPIRequest *request, bool *isDone) {
  MPI_Request handle = unwrapped(*request);
  int flag = 0;
  int code = MPI_Test(&handle, &flag, MPI_STATUS_IGNORE);
  *request = wrapped(handle);
  *isDone = flag;
  return code;
}

int mg_mpi_wait(MGMPIRequest *request) {
  MPI_Request handle = unwrapped(*request);
  int code = MPI_Wait(&handle, MPI_STATUS_IGNORE);
  *request = wrapped(handle);
  return code;
}
