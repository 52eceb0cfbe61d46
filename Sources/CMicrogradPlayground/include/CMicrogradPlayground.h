// The files that the playground's page consists of: Sources/MicrogradPlayground/Web, and the engine as WebAssembly.
#pragma once

#include <stddef.h>

typedef struct {
  const unsigned char *_Nullable bytes;
  size_t count;
} MGPlaygroundFile;

// A part of the page: "page" is its HTML with blanks, "worker" the worker's script; "style" is its style sheet and "scripts" are all
// other scripts, packed by WebAssembly/pack-scripts, and "engine" is the module, packed by WebAssembly/build. No bytes if there
// is none of that name.
MGPlaygroundFile mg_playground_file(const char *_Nonnull name);
