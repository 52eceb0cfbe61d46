// Kernels over rows, number by number: functions, their vector-Jacobian products (VJPs), and sums of terms.

// MARK: - Operands

// Vectors `step` elements apart, in rows `rowStep` apart. A uniform has one vector, a copy that the caller keeps.
typedef struct {
  const Number *at;
  long step, rowStep;
} Rows;

INLINE Rows uniform(Vector value, Vector *copy) {
  *copy = value;
  return (Rows){(const Number *)copy, 0, 0};
}

INLINE Rows rowsOf(const Context *context, const Share *share, MGOperand o, bool isUniform, Vector *copy) {
  if (o == MG_NONE) return uniform((Vector){}, copy);
  const Number *p = address(context, o);
  if (isUniform) return uniform(splat(*p), copy);
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
  Vector copies[2];
  const Rows as = rowsOf(context, &share, in->a, in->flags & MGFlagLeftUniform, &copies[0]);
  const Rows bs = rowsOf(context, &share, in->b, in->flags & MGFlagRightUniform, &copies[1]);
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

// A gradient of 0 propagates nothing, even through a derivative that is infinite or NaN.
#define VJP(name, vjpSide)                                                                          \
  case MGFunction##name:                                                                            \
    EACH_VECTOR(share, row, i) {                                                                    \
      const Vector d = VECTOR_OF(ds, row, i);                                                       \
      put(c + row * share.stride + i * width, accumulates,                                          \
          where(d != 0, vjpSide(MGFunction##name, d, VECTOR_OF(as, row, i), VECTOR_OF(bs, row, i),  \
                                 VECTOR_OF(ys, row, i))));                                          \
    }                                                                                               \
    break;
NOINLINE void vjp(const Context *context, const MGInstruction *in) {
  const Share share = joined(shareOfRowsOrUniforms(context, in));
  Vector copies[4];
  const Rows as = rowsOf(context, &share, in->a, in->flags & MGFlagLeftUniform, &copies[0]);
  const Rows bs = rowsOf(context, &share, in->b, in->flags & MGFlagRightUniform, &copies[1]);
  const Rows ys = rowsOf(context, &share, in->y, false, &copies[2]);
  const Rows ds = rowsOf(context, &share, in->d, false, &copies[3]);
  Number *c = address(context, in->c) + start(&share);
  const bool accumulates = in->flags & MGFlagAccumulates;
  if (in->kind == MGKindVjpLeft) {
    switch ((MGFunction)in->function) {
#define X(name) VJP(name, vjpLeft)
      UNARY_FUNCTIONS(X)
      BINARY_FUNCTIONS(X)
#undef X
    }
  } else {
    switch ((MGFunction)in->function) {
#define X(name) VJP(name, vjpRight)
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
    Vector copies[2];
    const Rows as = rowsOf(context, share, term->a, term->leftUniform, &copies[0]);
    const Rows bs = term->b == MG_NONE ? uniform(splat(1), &copies[1])
                                       : rowsOf(context, share, term->b, term->rightUniform, &copies[1]);
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
