// What else Swift expects of a C library.
#include "MicrogradRuntime.h"

#include <stdint.h>

// MARK: - Memory

// With bulk memory operations, clang has instructions for these.
void *memmove(void *to, const void *from, size_t count) { return __builtin_memmove(to, from, count); }
void *memcpy(void *to, const void *from, size_t count) { return __builtin_memcpy(to, from, count); }
void *memset(void *to, int byte, size_t count) { return __builtin_memset(to, byte, count); }

int memcmp(const void *a, const void *b, size_t count) {
  const unsigned char *x = a, *y = b;
  for (; count--; x++, y++) {
    if (*x != *y) return *x - *y;
  }
  return 0;
}

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}

// MARK: - Protection and randomness

uintptr_t __stack_chk_guard = 0x5ca1ab1e;
void __stack_chk_fail(void) { __builtin_trap(); }

// Seeds the hash tables. Not random: the same program gives the same numbers in the same order, every time.
void arc4random_buf(void *buffer, size_t count) {
  for (unsigned char *d = buffer; count--;) *d++ = (unsigned char)(count * 37 + 11);
}

// MARK: - Output

// Standard output, a line at a time.
int putchar(int byte) {
  static unsigned char line[256];
  static size_t length;
  if (byte != '\n') line[length++] = (unsigned char)byte;
  if (byte == '\n' || length == sizeof line) {
    micrograd_write(line, length);
    length = 0;
  }
  return byte;
}
