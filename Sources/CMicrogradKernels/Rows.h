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

// MARK: - Prepared instructions

// An instruction with its addresses, its share and its loop worked out, which takes longer than the loop itself where rows
// are short. A step that is the same each time is prepared once (Interpreter.h).
typedef struct Prepared Prepared;
struct Prepared {
  void (*run)(Prepared *);
  const Context *context;
  const MGInstruction *in;
  Share share;
  bool accumulates;
  Number *c;
  long cRow;
  Rows a, b, y, d;
  // The uniforms among a and b, or NULL; their vectors are copied anew each time.
  const Number *uniforms[2];
  Vector copies[4];
  Number factor;
  // The same without further times.
  void (*once)(Prepared *);
};

// The fields that a loop needs, copied, since for all that the compiler knows a store into c may change the original.
typedef struct {
  Share share;
  bool accumulates;
  Number *c;
  long cRow;
  Rows a, b, y, d;
} Operands;

INLINE Operands begin(Prepared *p) {
  for (int i = 0; i < 2; i++) if (p->uniforms[i]) p->copies[i] = splat(*p->uniforms[i]);
  return (Operands){p->share, p->accumulates, p->c, p->cRow, p->a, p->b, p->y, p->d};
}

INLINE const Number *uniformOf(const Context *context, MGOperand o, bool isUniform) {
  return isUniform && o != MG_NONE ? address(context, o) : NULL;
}

// Whether all rows of an operand, of `vectors` vectors each, are one long row.
INLINE bool isOneRow(Rows rows, long vectors, long step) { return rows.step == 0 || step == vectors * width; }

// Rows that lie one after the other without a gap are one long row.
INLINE void joinRows(Prepared *p) {
  const long vectors = p->share.vectors, rows = p->share.rows;
  if (p->cRow != vectors * width || !isOneRow(p->a, vectors, p->a.rowStep) || !isOneRow(p->b, vectors, p->b.rowStep) ||
      !isOneRow(p->y, vectors, p->y.rowStep) || !isOneRow(p->d, vectors, p->d.rowStep))
    return;
  p->share.vectors = vectors * rows;
  p->share.rows = 1;
}

INLINE void stepRows(Rows *rows, long step) {
  if (rows->step) rows->rowStep = step;
}

INLINE void stepTime(Rows *rows, long step) {
  if (rows->step) rows->at += step;
}

// All rows, several times.
NOINLINE void severalTimes(Prepared *p) {
  const MGInstruction *in = p->in;
  const Operands first = {.c = p->c, .a = p->a, .b = p->b, .y = p->y, .d = p->d};
  for (int32_t time = 0; time < in->times; time++) {
    p->once(p);
    p->c += in->time.c;
    stepTime(&p->a, in->time.a);
    stepTime(&p->b, in->time.b);
    stepTime(&p->y, in->time.y);
    stepTime(&p->d, in->time.d);
  }
  p->c = first.c;
  p->a = first.a;
  p->b = first.b;
  p->y = first.y;
  p->d = first.d;
}

INLINE void repeat(const MGInstruction *in, Prepared *p) {
  if (!(in->flags & MGFlagStepped) || in->times <= 1) return;
  p->once = p->run;
  p->run = severalTimes;
}

// MARK: - Functions

#define EACH_VECTOR(o, row, i)                        \
  for (long row = 0; row < (o).share.rows; row++)     \
    for (long i = 0; i < (o).share.vectors; i++)

INLINE void prepareOperands(const Context *context, const MGInstruction *in, Share share, Prepared *p) {
  const bool uniformA = in->flags & MGFlagLeftUniform, uniformB = in->flags & MGFlagRightUniform;
  p->context = context;
  p->in = in;
  p->share = share;
  p->accumulates = in->flags & MGFlagAccumulates;
  p->a = rowsOf(context, &share, in->a, uniformA, &p->copies[0]);
  p->b = rowsOf(context, &share, in->b, uniformB, &p->copies[1]);
  p->uniforms[0] = uniformOf(context, in->a, uniformA);
  p->uniforms[1] = uniformOf(context, in->b, uniformB);
  p->y = p->d = uniform((Vector){}, &p->copies[2]);
  p->cRow = share.stride;
}

INLINE void prepareRows(const Context *context, const MGInstruction *in, Prepared *p) {
  const Share share = shareOfRowsOrUniforms(context, in);
  prepareOperands(context, in, share, p);
  p->c = address(context, in->c) + start(&share);
  if (in->kind != MGKindMap) {
    p->y = rowsOf(context, &share, in->y, false, &p->copies[2]);
    p->d = rowsOf(context, &share, in->d, false, &p->copies[3]);
  }
  if (in->flags & MGFlagStepped) {
    p->cRow = in->row.c;
    stepRows(&p->a, in->row.a);
    stepRows(&p->b, in->row.b);
    stepRows(&p->d, in->row.d);
    stepRows(&p->y, in->row.y);
  }
  joinRows(p);
}

#define VECTOR_OF(rows, row, i) load((rows).at + (row) * (rows).rowStep + (i) * (rows).step)

INLINE void put(Number *c, bool accumulates, Vector x) { store(c, accumulates ? load(c) + x : x); }

// A loop for each function, and a table of them.
#define MAP(name)                                                                                   \
  NOINLINE void map##name(Prepared *p) {                                                            \
    const Operands o = begin(p);                                                                    \
    EACH_VECTOR(o, row, i)                                                                          \
      put(o.c + row * o.cRow + i * width, o.accumulates,                                            \
          value(MGFunction##name, VECTOR_OF(o.a, row, i), VECTOR_OF(o.b, row, i)));                 \
  }
UNARY_FUNCTIONS(MAP)
BINARY_FUNCTIONS(MAP)

INLINE void prepareMap(const Context *context, const MGInstruction *in, Prepared *p) {
  prepareRows(context, in, p);
  switch ((MGFunction)in->function) {
#define X(name) case MGFunction##name: p->run = map##name; break;
    UNARY_FUNCTIONS(X)
    BINARY_FUNCTIONS(X)
#undef X
  }
  repeat(in, p);
}

// A gradient of 0 propagates nothing, even through a derivative that is infinite or NaN.
#define VJP(name, side)                                                                             \
  NOINLINE void side##name(Prepared *p) {                                                           \
    const Operands o = begin(p);                                                                    \
    EACH_VECTOR(o, row, i) {                                                                        \
      const Vector d = VECTOR_OF(o.d, row, i);                                                      \
      put(o.c + row * o.cRow + i * width, o.accumulates,                                            \
          where(d != 0, side(MGFunction##name, d, VECTOR_OF(o.a, row, i), VECTOR_OF(o.b, row, i),   \
                             VECTOR_OF(o.y, row, i))));                                             \
    }                                                                                               \
  }
#define VJP_LEFT(name) VJP(name, vjpLeft)
#define VJP_RIGHT(name) VJP(name, vjpRight)
UNARY_FUNCTIONS(VJP_LEFT)
BINARY_FUNCTIONS(VJP_LEFT)
BINARY_FUNCTIONS(VJP_RIGHT)

NOINLINE void noVjp(Prepared *p) {}  // no gradient flows into a slope

INLINE void prepareVjp(const Context *context, const MGInstruction *in, Prepared *p) {
  prepareRows(context, in, p);
  p->run = noVjp;
  if (in->kind == MGKindVjpLeft) {
    switch ((MGFunction)in->function) {
#define X(name) case MGFunction##name: p->run = vjpLeft##name; break;
      UNARY_FUNCTIONS(X)
      BINARY_FUNCTIONS(X)
#undef X
    }
  } else {
    switch ((MGFunction)in->function) {
#define X(name) case MGFunction##name: p->run = vjpRight##name; break;
      BINARY_FUNCTIONS(X)
#undef X
      default: break;
    }
  }
  repeat(in, p);
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

// A sum of one term, the most frequent one, in one row.
INLINE void oneTermWith(const bool skipsZeros, Prepared *p) {
  const Operands o = begin(p);
  const Vector x = splat((Number)p->in->x), factor = splat(p->factor);
  EACH_VECTOR(o, row, i) {
    const Vector a = VECTOR_OF(o.a, 0, i);
    Vector sum = x;
    if (skipsZeros) sum += where(a != 0, factor * a * VECTOR_OF(o.b, 0, i));
    else sum += factor * a * VECTOR_OF(o.b, 0, i);
    put(o.c + i * width, o.accumulates, sum);
  }
}
NOINLINE void oneTerm(Prepared *p) { oneTermWith(false, p); }
NOINLINE void oneTermSkippingZeros(Prepared *p) { oneTermWith(true, p); }

INLINE void prepareOneTerm(const Context *context, const MGInstruction *in, Prepared *p) {
  const MGTerm *term = context->step->terms + in->inner;
  MGInstruction map = *in;
  map.a = term->a;
  map.b = term->b;
  map.flags |= (term->leftUniform ? MGFlagLeftUniform : 0) | (term->rightUniform ? MGFlagRightUniform : 0);
  prepareOperands(context, &map, shareOfRowsOrUniforms(context, in), p);
  p->in = in;
  p->c = address(context, in->c) + start(&p->share);
  if (term->b == MG_NONE) p->b = uniform(splat(1), &p->copies[1]);
  p->factor = (Number)term->factor;
  p->run = term->skipsZeros ? oneTermSkippingZeros : oneTerm;
}
