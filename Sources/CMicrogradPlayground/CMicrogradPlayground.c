#include "CMicrogradPlayground.h"

#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed, which clang has in older C too

static const unsigned char page[] = {
#embed "../MicrogradPlayground/Web/playground.html"
};
static const unsigned char style[] = {
#embed "style.lzma"
};
static const unsigned char worker[] = {
#embed "../MicrogradPlayground/Web/worker.js"
};
static const unsigned char scripts[] = {
#embed "scripts.lzma"
};
static const unsigned char engine[] = {
#embed "playground.wasm.lzma"
};

static const struct {
  const char *name;
  MGPlaygroundFile file;
} files[] = {
    {"page", {page, sizeof page}},       {"style", {style, sizeof style}},    {"worker", {worker, sizeof worker}},
    {"scripts", {scripts, sizeof scripts}}, {"engine", {engine, sizeof engine}},
};

MGPlaygroundFile mg_playground_file(const char *name) {
  for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
    if (strcmp(name, files[i].name) == 0) return files[i].file;
  }
  return (MGPlaygroundFile){NULL, 0};
}
