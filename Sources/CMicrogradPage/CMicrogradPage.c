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
static const char mathematics_js[] = {
#embed "../MicrogradFigures/Page/Web/mathematics.js"
    , 0};
static const char operations_js[] = {
#embed "../MicrogradFigures/Page/Web/operations.js"
    , 0};
static const char graph_js[] = {
#embed "../MicrogradFigures/Page/Web/graph.js"
    , 0};
static const char words_js[] = {
#embed "../MicrogradFigures/Page/Web/words.js"
    , 0};
static const char narration_js[] = {
#embed "../MicrogradFigures/Page/Web/narration.js"
    , 0};
static const char layout_js[] = {
#embed "../MicrogradFigures/Page/Web/layout.js"
    , 0};
static const char shapes_js[] = {
#embed "../MicrogradFigures/Page/Web/shapes.js"
    , 0};
static const char picture_js[] = {
#embed "../MicrogradFigures/Page/Web/picture.js"
    , 0};
static const char view_js[] = {
#embed "../MicrogradFigures/Page/Web/view.js"
    , 0};
static const char app_js[] = {
#embed "../MicrogradFigures/Page/Web/app.js"
    , 0};

static const struct {
  const char *name, *text;
} files[] = {
    {"index.html", index_html},
    {"page.css", page_css},
    {"mathematics.js", mathematics_js},
    {"operations.js", operations_js},
    {"graph.js", graph_js},
    {"words.js", words_js},
    {"narration.js", narration_js},
    {"layout.js", layout_js},
    {"shapes.js", shapes_js},
    {"picture.js", picture_js},
    {"view.js", view_js},
    {"app.js", app_js},
};

const char *mg_page_text(const char *name) {
  for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
    if (strcmp(name, files[i].name) == 0) return files[i].text;
  }
  return NULL;
}
