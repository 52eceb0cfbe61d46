// Standard input and output of a process whose terminal is a notebook, and copies of it. C, because stdin and stdout are
// macros or variables that Swift cannot assign, and because Swift has no fork.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

// Fills the buffer with the next bytes of input and returns their number; 0 is the end of the input.
typedef long (*notebook_reader)(char *buffer, size_t size);

// Whatever reads the C standard input, readLine() too, reads from `reader` from now on.
void notebook_read_input_from(notebook_reader reader);

// Standard output is passed on line by line, as at a terminal.
void notebook_buffer_lines(void);

// Passes on what has been written so far.
void notebook_flush(void);

// Makes a copy of this process, in which only the calling thread continues. Returns the number of the copy, or -1 if there
// is none; in the copy, returns 0.
//
// The copy prints to the file `output`, and otherwise has only the file `answers`. It is in a process group of its own. Signals
// end it, as does the limit of its processor time; it cannot have more memory than the given number of bytes.
int notebook_copy(int output, int answers, int seconds, size_t bytes);

// Whether this process is a copy.
bool notebook_is_copy(void);

#pragma clang assume_nonnull end
