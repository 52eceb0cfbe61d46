#define _GNU_SOURCE
#include "CNotebook.h"
#include <stdio.h>

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

// Not all streams: one of them is the input, which is locked while somebody waits for a line.
void notebook_flush(void) { fflush(stdout); }
