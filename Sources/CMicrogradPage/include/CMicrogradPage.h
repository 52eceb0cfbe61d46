// The files that the page consists of: Sources/MicrogradFigures/Page/Web.
#pragma once

#include <stddef.h>

#pragma clang assume_nonnull begin

// The text of the file of that name; NULL if there is none.
const char *_Nullable mg_page_text(const char *name);

// The engine as WebAssembly, packed.
const unsigned char *mg_page_engine(size_t *count);

#pragma clang assume_nonnull end
