// Kernels over rows, number by number: functions, their pulls, and sums of terms.

// MARK: - Operands

// Vectors `step` elements apart, in rows `rowStep` apart. A uniform has one vector, in a slot of the caller's.
typedef struct {
  const Number *at;
  long step, rowStep;
} Rows;

INLINE Rows uniform(Vector value, Vector *slot) {
  *slot = value;
  return (Rows){(const Number *)slot, 0, 0};
}

INLINE Rows rowsOf(const Context *context, const Share *share, MGOperand o, bool isUniform, Vector *slot) {
  if (o == MG_NONE) return uniform((Vector){}, slot);
  const Number *p = address(context, o);
  if (isUniform) return uniform(splat(*p), slot);
  return (Rows){p + start(share), width, share->stride};
}

// Rows that lie one after the other without a gap are one long row.
INLINE Share joined(Share share) {
  if (share.vectors * width != share.stride) return share;
  share.vectors *= share.rows;
  share.rows = 1;
  return share;
}

// MARK: - Functions

#define EACH_VECTOR(share, row, i)                  \
  for (long row = 0; row < (share).rows; row++)     \
    for (long i = 0; i < (share).vectors; i++)
#define VECTOR_OF(rows, row, i) load((rows).at + (row) * (rows).rowStep + (i) * (rows).step)

INLINE void put(Number *c, bool accumulates, Vector x) { store(c, accumulates ? load(c) + x : x); }

NOINLINE void map(const Context *context, const MGInstruction *in) {
  const Share share = joined(shareOfRowsOrUniforms(context, in));
  Vector slots[2];
  const Rows as = rowsOf(context, &share, in->a, in->flags & MGFlagLeftUniform, &slots[0]);
  const Rows bs = rowsOf(context, &share, in->b, in->flags & MGFlagRightUniform, &slots[1]);
  Number *c = address(context, in->c) + start(&share);
  const bool accumulates = in->flags & MGFlagAccumulates;
  switch ((MGFunction)in->function) {
#define X(name)                                                                                     \
  case MGFunction##name:                                                                            \
    EACH_VECTOR(share, row, i)                                                                      \
      put(c + row * share.stride + i * width, accumulates,                                          \
          value(MGFunction##name, VECTOR_OF(as, row, i), VECTOR_OF(bs, row, i)));                   \
    break;
    UNARY_FUNCTIONS(X)
    BINARY_FUNCTIONS(X)
#undef X
  }
}

// A gradient of 0 hands nothing on, even to a derivative that is infinite or NaN.
#define PULL(name, pullSide)                                                                        \
  case MGFunction##name:                                                                            \
    EACH_VECTOR(share, row, i) {                                                                    \
      const Vector d = VECTOR_OF(ds, row, i);                                                       \
      put(c + row * share.stride + i * width, accumulates,                                          \
          where(d != 0, pullSide(MGFunction##name, d, VECTOR_OF(as, row, i), VECTOR_OF(bs, row, i), \
                                 VECTOR_OF(ys, row, i))));                                          \
    }                                                                                               \
    break;
NOINLINE void pull(const Context *context, const MGInstruction *in) {
  const Share share = joined(shareOfRowsOrUniforms(context, in));
  Vector slots[4];
  const Rows as = rowsOf(context, &share, in->a, in->flags & MGFlagLeftUniform, &slots[0]);
  const Rows bs = rowsOf(context, &share, in->b, in->flags & MGFlagRightUniform, &slots[1]);
  const Rows ys = rowsOf(context, &share, in->y, false, &slots[2]);
  const Rows ds = rowsOf(context, &share, in->d, false, &slots[3]);
  Number *c = address(context, in->c) + start(&share);
  const bool accumulates = in->flags & MGFlagAccumulates;
  if (in->kind == MGKindPullLeft) {
    switch ((MGFunction)in->function) {
#define X(name) PULL(name, vjpLeft)
      UNARY_FUNCTIONS(X)
      BINARY_FUNCTIONS(X)
#undef X
    }
  } else {
    switch ((MGFunction)in->function) {
#define X(name) PULL(name, vjpRight)
      BINARY_FUNCTIONS(X)
#undef X
      default: break;  // no gradient flows into a slope
    }
  }
}

// Functions without a kernel, by the context's table.
NOINLINE void tableCall(const Context *context, const MGInstruction *in) {
  const Share share = shareOfRowsOrUniforms(context, in);
  const bool uniformA = in->flags & MGFlagLeftUniform, uniformB = in->flags & MGFlagRightUniform;
  for (long row = 0; row < share.rows; row++) {
    const long offset = start(&share) + row * share.stride;
    const Number *b = optional(context, in->b), *y = optional(context, in->y), *d = optional(context, in->d);
    context->step->table(
        in->function, in->kind - MGKindTableMap, MG_DOUBLE, (int32_t)share.vectors * width,
        address(context, in->a) + (uniformA ? 0 : offset), !uniformA, b ? b + (uniformB ? 0 : offset) : NULL,
        !uniformB, y ? y + offset : NULL, d ? d + offset : NULL, address(context, in->c) + offset,
        in->flags & MGFlagAccumulates);
  }
}

// MARK: - Sums of terms

// A stretch of `count` vectors, each in a register of its own while all terms are added.
INLINE void addTerms(const int count, const Context *context, const MGInstruction *in, const Share *share, long first) {
  Number *c = address(context, in->c) + start(share) + first * width;
  const MGTerm *term = context->step->terms + in->inner, *end = term + in->rows;
  Vector sum[8];
  UNROLL for (int i = 0; i < count; i++) sum[i] = splat(in->x);
  for (; term < end; term++) {
    Vector slots[2];
    const Rows as = rowsOf(context, share, term->a, term->leftUniform, &slots[0]);
    const Rows bs = term->b == MG_NONE ? uniform(splat(1), &slots[1])
                                       : rowsOf(context, share, term->b, term->rightUniform, &slots[1]);
    const Vector factor = splat(term->factor);
    if (term->skipsZeros) {
      UNROLL for (int i = 0; i < count; i++) {
        const Vector a = VECTOR_OF(as, 0, first + i);
        sum[i] += where(a != 0, factor * a * VECTOR_OF(bs, 0, first + i));
      }
    } else {
      UNROLL for (int i = 0; i < count; i++) {
        sum[i] += factor * VECTOR_OF(as, 0, first + i) * VECTOR_OF(bs, 0, first + i);
      }
    }
  }
  UNROLL for (int i = 0; i < count; i++) put(c + i * width, in->flags & MGFlagAccumulates, sum[i]);
}

NOINLINE void sumTerms(const Context *context, const MGInstruction *in) {
  MGInstruction row = *in;
  row.rows = 1;
  const Share share = shareOfRowsOrUniforms(context, &row);
  if (share.rows == 0) return;
  long i = 0;
  for (; i + 8 <= share.vectors; i += 8) addTerms(8, context, in, &share, i);
  if (i + 4 <= share.vectors) addTerms(4, context, in, &share, i), i += 4;
  for (; i < share.vectors; i++) addTerms(1, context, in, &share, i);
}
