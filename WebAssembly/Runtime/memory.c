// Memory for Swift and for the page, which comes in pages of 64 KiB: `malloc` and its like.
//
// A page holds small blocks of one size, or belongs to a run of pages that is one block. A table says so for each page, and so no
// block needs a header, and slabs of the engine, which are one page each, start where they must. Freed blocks wait for the next
// one of their size, and freed runs become any others.
#include "MicrogradRuntime.h"

#include <stdbool.h>
#include <stdint.h>

enum {
  pageSize = 65536,
  mostPages = 65536,
  smallestSize = 16,
  largestSmallSize = pageSize / 2,
  classCount = 48,
};

// What is known about each page: free; small plus the class of its blocks; the first of a run, plus the run's length; or
// another page of a run, or one that is not for sharing out.
enum { freePage = 0, small = 1, taken = 0x7fff, run = 0x8000 };
static uint16_t pages[mostPages];
static size_t pageCount;
static size_t lowestFree;  // no page before this one is free

// MARK: - Runs of pages

static void stopForLackOfMemory(void) {
  static const char message[] = "The engine needs more memory than there is: use a smaller network or fewer samples.";
  micrograd_stop((const unsigned char *)message, sizeof message - 1);
}

extern unsigned char __heap_base;

static void countPages(void) {
  const size_t count = __builtin_wasm_memory_size(0);
  if (pageCount == 0) {
    const size_t own = ((size_t)&__heap_base + pageSize - 1) / pageSize;
    while (pageCount < own) pages[pageCount++] = taken;
    lowestFree = own;
  }
  pageCount = count > pageCount ? count : pageCount;
}

// Returns the number of the first page of a run, all of whose pages are marked as taken.
static size_t takePages(size_t count) {
  countPages();
  size_t start = lowestFree, length = 0;
  bool isLowest = true;
  for (size_t page = lowestFree; page < pageCount && length < count; page++) {
    if (pages[page] != freePage) {
      length = 0;
    } else {
      if (length++ == 0) start = page;
      if (isLowest) lowestFree = page, isLowest = false;
    }
  }
  if (length == 0) start = pageCount;
  if (length < count) {
    if (count > mostPages - start || __builtin_wasm_memory_grow(0, count - length) == SIZE_MAX) stopForLackOfMemory();
    countPages();
  }
  for (size_t page = start; page < start + count; page++) pages[page] = taken;
  if (start == lowestFree) lowestFree = start + count;
  return start;
}

static void *takeRun(size_t size) {
  const size_t count = size / pageSize + (size % pageSize > 0), start = count < run ? takePages(count) : 0;
  if (start == 0) stopForLackOfMemory();
  pages[start] = (uint16_t)(run + count);
  return (void *)(start * pageSize);
}

static void freeRun(size_t start) {
  const size_t count = pages[start] - run;
  for (size_t page = start; page < start + count; page++) pages[page] = freePage;
  if (start < lowestFree) lowestFree = start;
}

// MARK: - Small blocks

typedef struct Block {
  struct Block *next;
} Block;

// Blocks that were freed, and the rest of a page that was never used, for each class of sizes.
static struct {
  Block *freed;
  uintptr_t next, end;
} classes[classCount];

// Sizes are 1, 2, 3 and 4 times 16, and then four for each doubling: 80, 96, 112, 128, 160, …
static int classOf(size_t size) {
  if (size <= 4 * smallestSize) return size == 0 ? 0 : (int)((size - 1) / smallestSize);
  const int doublings = 25 - __builtin_clz((uint32_t)size - 1);  // of 64, rounded down
  return 4 * doublings + (int)((size - 1) >> (doublings + 4));
}
static size_t sizeOf(int class) {
  if (class < 4) return (size_t)(class + 1) * smallestSize;
  return (size_t)(class % 4 + 5) << (class / 4 + 3);
}

void *malloc(size_t size) {
  if (size > largestSmallSize) return takeRun(size);
  const int class = classOf(size);
  Block *block = classes[class].freed;
  if (block) {
    classes[class].freed = block->next;
    return block;
  }
  const size_t blockSize = sizeOf(class);
  if (classes[class].end - classes[class].next < blockSize) {
    const size_t page = takePages(1);
    pages[page] = (uint16_t)(small + class);
    classes[class].next = page * pageSize;
    classes[class].end = (page + 1) * pageSize;
  }
  block = (Block *)classes[class].next;
  classes[class].next += blockSize;
  return block;
}

void free(void *memory) {
  if (!memory) return;
  const size_t page = (uintptr_t)memory / pageSize;
  if (pages[page] >= run) return freeRun(page);
  const int class = pages[page] - small;
  ((Block *)memory)->next = classes[class].freed;
  classes[class].freed = memory;
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  enum { invalidArgument = 22 };
  if (alignment > pageSize) return invalidArgument;
  // Blocks whose size is a power of two are aligned to it, and runs to pages.
  size_t whole = size;
  if (alignment > smallestSize) {
    whole = alignment;
    while (whole < size && whole <= largestSmallSize) whole *= 2;
    if (whole < size) whole = size;
  }
  *result = malloc(whole);
  return 0;
}

// MARK: - Memory for the page

__attribute__((export_name("micrograd_allocate"))) void *micrograd_allocate(size_t size) { return malloc(size); }
__attribute__((export_name("micrograd_free"))) void micrograd_free(void *memory) { free(memory); }
