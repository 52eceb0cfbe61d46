// What Embedded Swift expects of a C library, for a WebAssembly module without one.
#include <stddef.h>
#include <stdint.h>

// MARK: - Memory

// Blocks of powers of two, each kind with a list of free ones; larger alignments (slabs of 64 KiB) are cut from the end of
// the memory once, and never come back: the engine keeps its slabs.
enum { pageSize = 65536, smallestClass = 5, classCount = 32, headerSize = 16 };

typedef struct Block {
  struct Block *next;
} Block;
static Block *freeBlocks[classCount];
extern unsigned char __heap_base;
static uintptr_t end;

static void *extend(size_t alignment, size_t size) {
  if (end == 0) end = (uintptr_t)&__heap_base;
  const uintptr_t start = (end + alignment - 1) & ~(uintptr_t)(alignment - 1);
  const uintptr_t available = __builtin_wasm_memory_size(0) * (uintptr_t)pageSize;
  if (start + size > available) {
    const size_t missing = (start + size - available + pageSize - 1) / pageSize;
    if (__builtin_wasm_memory_grow(0, missing) == SIZE_MAX) return NULL;
  }
  end = start + size;
  return (void *)start;
}

static int classOf(size_t size) {
  return size <= (size_t)1 << smallestClass ? smallestClass : 32 - __builtin_clz((uint32_t)size - 1);
}

void *malloc(size_t size) {
  if (size > SIZE_MAX / 4) return NULL;
  const int class = classOf(size + headerSize);
  unsigned char *block = (unsigned char *)freeBlocks[class];
  if (block) {
    freeBlocks[class] = freeBlocks[class]->next;
  } else if (!(block = extend(headerSize, (size_t)1 << class))) {
    return NULL;
  }
  *(int *)block = class;
  return block + headerSize;
}

// A block of a large alignment has no header; what precedes it says so.
enum { hasNoHeader = -1 };

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment <= headerSize) {
    *result = malloc(size);
  } else {
    unsigned char *start = extend(alignment, size + alignment);
    if (start) *(int *)(start + alignment - headerSize) = hasNoHeader;
    *result = start ? start + alignment : NULL;
  }
  return *result ? 0 : 12;  // ENOMEM
}

void free(void *memory) {
  if (!memory) return;
  unsigned char *block = (unsigned char *)memory - headerSize;
  const int class = *(int *)block;
  if (class == hasNoHeader) return;
  ((Block *)block)->next = freeBlocks[class];
  freeBlocks[class] = (Block *)block;
}

void *memmove(void *to, const void *from, size_t count) {
  unsigned char *d = to;
  const unsigned char *s = from;
  if (d < s) {
    for (size_t i = 0; i < count; i++) d[i] = s[i];
  } else {
    while (count--) d[count] = s[count];
  }
  return to;
}
void *memcpy(void *to, const void *from, size_t count) { return memmove(to, from, count); }
void *memset(void *to, int byte, size_t count) {
  for (unsigned char *d = to; count--;) *d++ = (unsigned char)byte;
  return to;
}
int memcmp(const void *a, const void *b, size_t count) {
  const unsigned char *x = a, *y = b;
  for (; count--; x++, y++) if (*x != *y) return *x - *y;
  return 0;
}

// MARK: - What else Swift calls

uintptr_t __stack_chk_guard = 0x5ca1ab1e;
void __stack_chk_fail(void) { __builtin_trap(); }

// Seeds the hash tables. Not random: the same program gives the same numbers in the same order, every time.
void arc4random_buf(void *buffer, size_t count) {
  for (unsigned char *d = buffer; count--;) *d++ = (unsigned char)(count * 37 + 11);
}

// Standard output, a byte at a time: whoever runs the module provides it.
extern void micrograd_write(int byte);
int putchar(int byte) {
  micrograd_write(byte);
  return byte;
}
