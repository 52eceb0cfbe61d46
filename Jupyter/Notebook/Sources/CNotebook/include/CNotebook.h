// Standard input and output of a process whose terminal is a notebook. C, because stdin and stdout are macros or
// variables that Swift cannot assign.
#pragma once
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

#pragma clang assume_nonnull end
