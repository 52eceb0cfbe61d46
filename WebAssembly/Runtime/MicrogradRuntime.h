// What the module calls of the page: Sources/MicrogradFigures/Page/Web/engine.js.
#pragma once

#include <stddef.h>

// Stops with a message in UTF-8.
_Noreturn void micrograd_stop(const unsigned char *message, size_t length);
// Shows a line of text in UTF-8 to those who look for errors.
void micrograd_write(const unsigned char *line, size_t length);
