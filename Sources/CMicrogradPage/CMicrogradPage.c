// SwiftPM could embed these files too, as Swift arrays with a number for each byte, which cost the optimiser a quarter of
// the time of MicrogradFigures.
#include "CMicrogradPage.h"

#include <stddef.h>
#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"  // #embed, which clang has in older C too

static const char index_html[] = {
#embed "../MicrogradFigures/Page/Web/index.html"
    , 0};
static const char page_css[] = {
#embed "../MicrogradFigures/Page/Web/page.css"
    , 0};
static const char stepper_css[] = {
#embed "../MicrogradFigures/Page/Web/stepper.css"
    , 0};
static const char engine_js[] = {
#embed "../MicrogradFigures/Page/Web/engine.js"
    , 0};
static const char stepper_words_js[] = {
#embed "../MicrogradFigures/Page/Web/stepper-words.js"
    , 0};
static const char stepper_shapes_js[] = {
#embed "../MicrogradFigures/Page/Web/stepper-shapes.js"
    , 0};
static const char stepper_picture_js[] = {
#embed "../MicrogradFigures/Page/Web/stepper-picture.js"
    , 0};
static const char stepper_view_js[] = {
#embed "../MicrogradFigures/Page/Web/stepper-view.js"
    , 0};
static const char stepper_js[] = {
#embed "../MicrogradFigures/Page/Web/stepper.js"
    , 0};
static const char unpack_js[] = {
#embed "../MicrogradFigures/Page/Web/unpack.js"
    , 0};
static const char page_js[] = {
#embed "../MicrogradFigures/Page/Web/page.js"
    , 0};
// The engine as WebAssembly, written by WebAssembly/build.
static const unsigned char graph_wasm_lzma[] = {
#embed "graph.wasm.lzma"
};

static const struct {
  const char *name, *text;
} files[] = {
    {"index.html", index_html},
    {"page.css", page_css},
    {"stepper.css", stepper_css},
    {"engine.js", engine_js},
    {"stepper-words.js", stepper_words_js},
    {"stepper-shapes.js", stepper_shapes_js},
    {"stepper-picture.js", stepper_picture_js},
    {"stepper-view.js", stepper_view_js},
    {"stepper.js", stepper_js},
    {"unpack.js", unpack_js},
    {"page.js", page_js},
};

const char *mg_page_text(const char *name) {
  for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
    if (strcmp(name, files[i].name) == 0) return files[i].text;
  }
  return NULL;
}

const unsigned char *mg_page_engine(size_t *count) {
  *count = sizeof graph_wasm_lzma;
  return graph_wasm_lzma;
}
