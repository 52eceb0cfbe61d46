// What Swift's strings ask about scalars of Unicode, in place of the standard library's tables, which are as large as all
// else together. Texts are equal here if their scalars are, without normalisation. Accents, emoji and their like belong to
// the character before them, as far as the ranges below reach; letters outside Latin have no other case.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint32_t first, last;
} Range;

static bool contains(const Range *ranges, size_t count, uint32_t scalar) {
  for (size_t i = 0; i < count; i++) {
    if (scalar >= ranges[i].first && scalar <= ranges[i].last) return true;
  }
  return false;
}
#define CONTAINS(ranges, scalar) contains(ranges, sizeof(ranges) / sizeof(Range), scalar)

// MARK: - Normalisation: every scalar stands for itself

const uint8_t *const _swift_stdlib_nfd_decompositions = NULL;
uint16_t _swift_stdlib_getNormData(uint32_t scalar) { return (void)scalar, 0; }
uint32_t _swift_stdlib_getDecompositionEntry(uint32_t scalar) { return (void)scalar, UINT32_MAX; }
uint32_t _swift_stdlib_getComposition(uint32_t x, uint32_t y) { return (void)x, (void)y, UINT32_MAX; }

// MARK: - Characters

enum { control = 0, extend = 1, anyOther = 0xff };

uint8_t _swift_stdlib_getGraphemeBreakProperty(uint32_t scalar) {
  static const Range extending[] = {{0x300, 0x36f},   {0x483, 0x489},   {0x1ab0, 0x1aff},   {0x1dc0, 0x1dff},   {0x20d0, 0x20ff},
                                    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff}, {0xe0020, 0xe007f}, {0xe0100, 0xe01ef}};
  if (scalar < 0x20 || (scalar >= 0x7f && scalar < 0xa0)) return control;
  return CONTAINS(extending, scalar) ? extend : anyOther;
}
bool _swift_stdlib_isExtendedPictographic(uint32_t scalar) {
  static const Range pictures[] = {{0x2600, 0x27bf}, {0x1f000, 0x1f1e5}, {0x1f200, 0x1f3fa}, {0x1f400, 0x1faff}};
  return CONTAINS(pictures, scalar);
}
bool _swift_stdlib_isInCB_Consonant(uint32_t scalar) { return (void)scalar, false; }

// MARK: - Letters, digits and white space

// The bits of the properties that are asked for here.
#define ALPHABETIC 2ull
#define WHITE_SPACE (0x2000ull << 32)

uint64_t _swift_stdlib_getBinaryProperties(uint32_t scalar) {
  static const Range spaces[] = {{9, 13},          {0x20, 0x20},     {0x85, 0x85},     {0xa0, 0xa0},     {0x1680, 0x1680},
                                 {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}};
  static const Range letters[] = {{'A', 'Z'},     {'a', 'z'},       {0xaa, 0xaa},       {0xb5, 0xb5},      {0xba, 0xba},
                                  {0xc0, 0xd6},   {0xd8, 0xf6},     {0xf8, 0x2c1},      {0x370, 0x52f},    {0x531, 0x1fff},
                                  {0x2c00, 0x2dff}, {0x3041, 0xa4cf}, {0xac00, 0xd7a3}, {0x20000, 0x323af}};
  return CONTAINS(spaces, scalar) ? WHITE_SPACE : CONTAINS(letters, scalar) ? ALPHABETIC : 0;
}

uint8_t _swift_stdlib_getNumericType(uint32_t scalar) {
  enum { digit = 2, none = 0xff };
  return scalar >= '0' && scalar <= '9' ? digit : none;
}

// The distance to the letter of the other case; 0 if there is none.
int32_t _swift_stdlib_getMapping(uint32_t scalar, uint8_t mapping) {
  enum { lower = 1 };
  static const Range upper[] = {{'A', 'Z'}, {0xc0, 0xd6}, {0xd8, 0xde}}, small[] = {{'a', 'z'}, {0xe0, 0xf6}, {0xf8, 0xfe}};
  if (mapping == lower) return CONTAINS(upper, scalar) ? 32 : 0;
  return CONTAINS(small, scalar) ? -32 : 0;
}
const uint8_t *_swift_stdlib_getSpecialMapping(uint32_t scalar, uint8_t mapping, ptrdiff_t *length) {
  (void)scalar, (void)mapping;
  *length = 0;
  return NULL;
}
