// The things that Swift has no word for: the layout of a node, reference counting that is inline and not
// atomic, a thread-local variable that costs one load, and which thread is the main one. All algorithms are Swift, in MicrogradEngine.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define MG_INLINE static inline __attribute__((always_inline))
#pragma clang assume_nonnull begin

// One recorded scalar, 48 bytes. The algorithms work on pointers to cells.
typedef struct MGCell {
  double data, grad;
  struct MGCell *left;    // an operand
  struct MGCell *addend;  // of a product that is also a sum, see FusedSum.swift; otherwise not written
  uint32_t count;         // references from Swift variables and from later cells
  uint8_t operation;      // Operation.rawValue, and two bits (see FusedSum.swift)
  uint8_t flags;          // see Cell.swift
  uint16_t arena;         // the thread that recorded the cell; of a leaf, the one that used it last
  // Another operand, or in its place the bits of a number: last, since where addresses are short, a number goes on behind it.
  // Where there is no operand, it is the cell's own address, here as in `left`.
  struct MGCell *right;
} MGCell;
_Static_assert(sizeof(MGCell) - __builtin_offsetof(MGCell, right) >= sizeof(double), "no room for a number");

// The same memory as Swift variables hold it: a foreign reference type. Swift calls the two functions
// named here where it would call swift_retain and swift_release, which are atomic and ten times as slow.
struct __attribute__((swift_attr("import_reference"), swift_attr("retain:mg_retain"),
                      swift_attr("release:mg_release"))) MGNode {
  MGCell cell;
};
typedef struct MGNode MGNode;

// Written in Swift: Release.swift.
void mg_free(MGCell *cell);

// Swift retains and releases nil as well, and spells the nested nils of Value?? as small integers.
MG_INLINE int mg_is_node(MGNode *node) { return (uintptr_t)node >= 4096; }
MG_INLINE void mg_retain(MGNode *node) {
  if (mg_is_node(node)) node->cell.count++;
}
MG_INLINE void mg_release(MGNode *node) {
  if (mg_is_node(node) && __builtin_expect(--node->cell.count == 0, 0)) mg_free(&node->cell);
}

// A borrowed cell is valid only while the node is kept alive (withExtendedLifetime).
MG_INLINE MGCell *mg_borrow(MGNode *node) { return &node->cell; }
// A kept cell carries one reference, for a later cell to own, whatever becomes of `node`.
MG_INLINE MGCell *mg_keep(MGNode *node) {
  node->cell.count++;
  return &node->cell;
}
// Hands the one reference that a new cell is born with over to Swift.
MG_INLINE MGNode *mg_adopt(MGCell *cell) __attribute__((swift_attr("returns_retained")));
MG_INLINE MGNode *mg_adopt(MGCell *cell) { return (MGNode *)cell; }

// The operands' fields, as the references that they are.
MG_INLINE MGNode *_Nonnull *_Nonnull mg_left(MGCell *cell) { return (MGNode **)&cell->left; }
MG_INLINE MGNode *_Nonnull *_Nonnull mg_right(MGCell *cell) { return (MGNode **)&cell->right; }

// The number in place of the right operand.
MG_INLINE double mg_number(const MGCell *cell) {
  double number;
  __builtin_memcpy(&number, &cell->right, sizeof number);
  return number;
}
MG_INLINE void mg_set_number(MGCell *cell, double number) {
  __builtin_memcpy(&cell->right, &number, sizeof number);
}

#ifndef __wasm__  // counts without atomic operations anyway
// Swift's own functions for an object that no two threads use at the same time, such as the memory of an array of values.
void *swift_nonatomic_retain(void *object);
void swift_nonatomic_release(void *object);
#endif

// Where this thread records next. Leaves and computed values fill separate slabs, so that a sweep
// over the computed ones meets nothing else. All zero on a new thread: `next == end` asks for a slab.
typedef struct MGTape {
  MGCell *_Nullable next, *_Nullable end;
  MGCell *_Nullable nextLeaf, *_Nullable endLeaf;
  void *_Nullable arena;  // UnsafeMutablePointer<Arena>
  uint16_t id;            // of that arena; 0 while there is none
} MGTape;
#ifdef __wasm__  // has one thread
#define MG_THREAD_LOCAL
#else
#define MG_THREAD_LOCAL _Thread_local
#endif
extern MG_THREAD_LOCAL MGTape mg_thread_tape;
MG_INLINE MGTape *mg_tape(void) { return &mg_thread_tape; }

// Written in C for one comparison and one store each, where Swift takes several.
MG_INLINE bool mg_is_full(MGTape *tape) { return tape->next == tape->end; }
// Whether `cell`, of which the caller holds a reference, is the newest cell, has this operation and none but these flags, and nobody
// else has a reference. False while a diagnosis is under way.
MG_INLINE bool mg_is_new(MGCell *cell, MGTape *tape, uint8_t operation, uint8_t flags) {
  return cell + 1 == tape->next && tape->next != tape->end && cell->count == 1 && cell->operation == operation &&
         (cell->flags & ~flags) == 0;
}
MG_INLINE bool mg_is_full_of_leaves(MGTape *tape) { return tape->nextLeaf == tape->endLeaf; }
MG_INLINE void mg_fill_header(MGCell *cell, uint8_t operation, uint8_t flags, uint16_t arena) {
  cell->count = 1;
  cell->operation = operation;
  cell->flags = flags;
  cell->arena = arena;
}

bool mg_is_main_thread(void);

// Whether this process has had one thread only so far; false where the system cannot tell.
bool mg_has_one_thread(void);

#pragma clang assume_nonnull end
