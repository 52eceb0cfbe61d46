// Sums of terms, and the greatest of several, row by row. What changes from row to row are addresses, by constant steps, so
// that a few instructions compute all weighted sums of an attention head.

// A term with its addresses worked out. b is NULL where there is no second factor.
typedef struct {
  const Number *a, *b;
  long aRow, bRow, aTime, bTime;
  Number factor;
  bool leftUniform, rightUniform, skipsZeros;
} Term;

// The rows of an instruction.
typedef struct {
  const Term *terms;
  long count;  // of terms
  Number x;
  Number *c;
  long rows, cRow;
  bool accumulates;
  bool skipsZeros;  // one of the terms does
} Sum;

// The form that all terms of a sum have.
typedef enum { plainTerms, factoredTerms, anyTerms } Terms;

INLINE const Number *left(const Term *term, long row, long i) {
  return term->a + row * term->aRow + (term->leftUniform ? 0 : i * width);
}
INLINE const Number *right(const Term *term, long row, long i) {
  return term->b + row * term->bRow + (term->rightUniform ? 0 : i * width);
}

// A sum that came out as NaN, once more without the terms whose first factor is 0: a gradient of 0 propagates nothing.
NOINLINE Vector sumSkippingZeros(const Sum *of, long row, long i) {
  Vector sum = splat(of->x);
  for (const Term *term = of->terms, *end = term + of->count; term < end; term++) {
    const Number *p = left(term, row, i), *q = term->b ? right(term, row, i) : NULL;
    const Vector a = term->leftUniform ? splat(*p) : load(p);
    const Vector b = q == NULL ? splat(1) : term->rightUniform ? splat(*q) : load(q);
    const Vector product = term->factor * a * b;
    sum += term->skipsZeros ? where(a != 0, product) : product;
  }
  return sum;
}

enum { sumRegisters = 8 };

#define EACH_OF_SUM(r, v) UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)

// `rows` rows of `vectors` vectors, each in a register of its own while all terms are added.
INLINE void addTerms(const Terms kind, const int rows, const int vectors, const Sum *of, long row, long i) {
  Vector sum[sumRegisters];
  EACH_OF_SUM(r, v) sum[r * vectors + v] = splat(of->x);
  for (const Term *term = of->terms, *end = term + of->count; term < end; term++) {
    const Vector factor = splat(kind == plainTerms ? 1 : term->factor);
    if (kind == anyTerms && (term->leftUniform || term->rightUniform)) {
      const Number *a = left(term, row, i), *b = term->b ? right(term, row, i) : NULL;
      UNROLL for (int v = 0; v < vectors; v++) {
        const Vector x = term->leftUniform ? splat(*a) : load(a + v * width);
        sum[v] += factor * x * (b == NULL ? splat(1) : term->rightUniform ? splat(*b) : load(b + v * width));
      }
      continue;
    }
    const Number *a = term->a + row * term->aRow + i * width;
    const long aRow = term->aRow, bRow = term->bRow;
    if (term->b == NULL) {
      EACH_OF_SUM(r, v) sum[r * vectors + v] += factor * load(a + r * aRow + v * width);
      continue;
    }
    const Number *b = term->b + row * bRow + i * width;
    EACH_OF_SUM(r, v) sum[r * vectors + v] += factor * load(a + r * aRow + v * width) * load(b + r * bRow + v * width);
  }
  if (of->skipsZeros) {
    Mask areNaN = {};
    EACH_OF_SUM(r, v) areNaN |= isNaN(sum[r * vectors + v]);
    if (__builtin_expect(any(areNaN), 0)) {
      // A copy, so that the sums themselves can stay in registers.
      Vector again[sumRegisters];
      for (int r = 0; r < rows; r++) {
        for (int v = 0; v < vectors; v++) again[r * vectors + v] = sumSkippingZeros(of, row + r, i + v);
      }
      EACH_OF_SUM(r, v) sum[r * vectors + v] = again[r * vectors + v];
    }
  }
  Number *c = of->c + row * of->cRow + i * width;
  EACH_OF_SUM(r, v) put(c + r * of->cRow + v * width, of->accumulates, sum[r * vectors + v]);
}

// All rows of a strip of vectors, several at once as registers allow.
INLINE void addStrip(const Terms kind, const int vectors, const Sum *of, long i) {
  long row = 0;
  const bool together = kind != anyTerms;
  if (together && vectors <= 1) for (; row + 8 <= of->rows; row += 8) addTerms(kind, 8, vectors, of, row, i);
  if (together && vectors <= 2) for (; row + 4 <= of->rows; row += 4) addTerms(kind, 4, vectors, of, row, i);
  if (together && vectors <= 4) for (; row + 2 <= of->rows; row += 2) addTerms(kind, 2, vectors, of, row, i);
  for (; row < of->rows; row++) addTerms(kind, 1, vectors, of, row, i);
}

#define STRIP(kind, vectors) \
  NOINLINE void kind##vectors(const Sum *of, long i) { addStrip(kind, vectors, of, i); }
STRIP(plainTerms, 1) STRIP(plainTerms, 2) STRIP(plainTerms, 4) STRIP(plainTerms, 8)
STRIP(factoredTerms, 1) STRIP(factoredTerms, 2) STRIP(factoredTerms, 4) STRIP(factoredTerms, 8)
STRIP(anyTerms, 1) STRIP(anyTerms, 2) STRIP(anyTerms, 4) STRIP(anyTerms, 8)
#undef STRIP
static void (*const sumStrips[3][4])(const Sum *, long i) = {
    {plainTerms1, plainTerms2, plainTerms4, plainTerms8},
    {factoredTerms1, factoredTerms2, factoredTerms4, factoredTerms8},
    {anyTerms1, anyTerms2, anyTerms4, anyTerms8}};

INLINE void addRows(Terms kind, const Sum *of, long vectors) {
  long i = 0;
  for (; i + 8 <= vectors; i += 8) sumStrips[kind][3](of, i);
  if (i + 4 <= vectors) sumStrips[kind][2](of, i), i += 4;
  if (i + 2 <= vectors) sumStrips[kind][1](of, i), i += 2;
  if (i < vectors) sumStrips[kind][0](of, i);
}

// The greatest of all terms, and of what is there already if the sum accumulates.
NOINLINE void greatestInRows(const Sum *of, long vectors) {
  for (long row = 0; row < of->rows; row++) {
    Number *c = of->c + row * of->cRow;
    for (long i = 0; i < vectors; i++) {
      const Term *term = of->terms, *end = term + of->count;
      Vector greatest = of->accumulates ? load(c + i * width) : load(left(term, row, i));
      for (; term < end; term++) greatest = value(MGFunctionMaximum, greatest, load(left(term, row, i)));
      store(c + i * width, greatest);
    }
  }
}

// The first terms of an instruction, or further ones on top of them.
NOINLINE void sumSomeTerms(const Context *context, const MGInstruction *in, const MGTerm *from, long count, bool isFirst) {
  MGInstruction one = *in;
  one.rows = 1;
  const Share share = shareOfRowsOrUniforms(context, &one);
  if (share.rows == 0) return;
  const bool isStepped = in->flags & MGFlagStepped;
  const long offset = start(&share);
  long vectors = share.vectors;
  Term terms[MG_MOST_TERMS_AT_ONCE];
  Sum sum = {.terms = terms, .count = count, .x = isFirst ? (Number)in->x : 0,
             .c = address(context, in->c) + offset, .rows = isStepped ? in->rows : 1, .cRow = in->row.c,
             .accumulates = !isFirst || in->flags & MGFlagAccumulates};
  Terms kind = plainTerms;
  bool isOneRow = sum.rows > 1 && sum.cRow == vectors * width;
  for (long k = 0; k < count; k++) {
    const MGTerm *term = from + k;
    const Number *b = optional(context, term->b);
    terms[k] = (Term){
        address(context, term->a) + (term->leftUniform ? 0 : offset),
        b ? b + (term->rightUniform ? 0 : offset) : NULL, term->aRow, term->bRow, term->aTime, term->bTime,
        (Number)term->factor, term->leftUniform, b && term->rightUniform, term->skipsZeros};
    if (term->factor != 1 && kind == plainTerms) kind = factoredTerms;
    if (terms[k].leftUniform || terms[k].rightUniform) kind = anyTerms;
    sum.skipsZeros |= term->skipsZeros;
    isOneRow = isOneRow && term->aRow == (term->leftUniform ? 0 : sum.cRow) &&
               (b == NULL || term->bRow == (term->rightUniform ? 0 : sum.cRow));
  }
  if (isOneRow) {
    vectors *= sum.rows;
    sum.rows = 1;
  }
  for (long times = isStepped ? in->times : 1;;) {
    if (in->kind == MGKindMaximum) greatestInRows(&sum, vectors);
    else addRows(kind, &sum, vectors);
    if (--times <= 0) return;
    sum.c += in->time.c;
    for (long k = 0; k < count; k++) {
      terms[k].a += terms[k].aTime;
      if (terms[k].b) terms[k].b += terms[k].bTime;
    }
  }
}

NOINLINE void sumTerms(const Context *context, const MGInstruction *in) {
  const MGTerm *terms = context->step->terms + in->inner;
  long count = in->terms;
  for (bool isFirst = true; isFirst || count > 0; isFirst = false) {
    const long some = count < MG_MOST_TERMS_AT_ONCE ? count : MG_MOST_TERMS_AT_ONCE;
    sumSomeTerms(context, in, terms, some, isFirst);
    terms += some;
    count -= some;
  }
}
