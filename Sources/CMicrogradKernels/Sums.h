// Sums of terms, row by row. What changes from row to row are addresses, by constant steps, so that a few instructions compute
// all weighted sums of an attention head.

// A term with its addresses worked out. Nothing comes from b if it is NULL.
typedef struct {
  const Number *a, *b;
  long aRow, bRow, aTime, bTime;
  Number factor;
  bool leftUniform, rightUniform, skipsZeros;
} Term;

// A stretch of vectors of some rows, and its terms.
typedef struct {
  const Term *terms;
  long count;  // of terms
  Number x;
  Number *c;
  long row, time;
  bool hasFactors;    // a factor is not 1
  bool skipsZeros;    // one of the terms does
  bool hasUniforms;
  bool accumulates;
} Sum;

INLINE const Number *left(const Sum *of, const Term *term, long i) {
  return term->a + of->row * term->aRow + of->time * term->aTime + (term->leftUniform ? 0 : i * width);
}
INLINE const Number *right(const Sum *of, const Term *term, long i) {
  return term->b + of->row * term->bRow + of->time * term->bTime + (term->rightUniform ? 0 : i * width);
}

// Sums that came out as NaN, once more without the terms whose first factor is 0: a gradient of 0 propagates nothing.
NOINLINE Vector sumSkippingZeros(const Sum *of, long i) {
  Vector sum = splat(of->x);
  for (const Term *term = of->terms, *end = term + of->count; term < end; term++) {
    const Number *p = left(of, term, i), *q = term->b ? right(of, term, i) : NULL;
    const Vector a = term->leftUniform ? splat(*p) : load(p);
    const Vector b = q == NULL ? splat(1) : term->rightUniform ? splat(*q) : load(q);
    const Vector product = term->factor * a * b;
    sum += term->skipsZeros ? where(a != 0, product) : product;
  }
  return sum;
}

// `count` vectors from vector i on, each in a register of its own while all terms are added.
INLINE void addTerms(const int count, const bool isPlain, const Sum *of, long i) {
  Vector sum[8];
  UNROLL for (int v = 0; v < count; v++) sum[v] = splat(of->x);
  for (const Term *term = of->terms, *end = term + of->count; term < end; term++) {
    const Number *a = left(of, term, i);
    const Vector factor = splat(isPlain ? 1 : term->factor);
    if (term->b == NULL) {
      if (!isPlain && term->leftUniform) UNROLL for (int v = 0; v < count; v++) sum[v] += factor * splat(*a);
      else UNROLL for (int v = 0; v < count; v++) sum[v] += factor * load(a + v * width);
      continue;
    }
    const Number *b = right(of, term, i);
    if (isPlain) {
      UNROLL for (int v = 0; v < count; v++) sum[v] += load(a + v * width) * load(b + v * width);
    } else if (term->leftUniform || term->rightUniform) {
      const long aStep = term->leftUniform ? 0 : width, bStep = term->rightUniform ? 0 : width;
      UNROLL for (int v = 0; v < count; v++) {
        const Vector x = term->leftUniform ? splat(*a) : load(a + v * aStep);
        sum[v] += factor * x * (term->rightUniform ? splat(*b) : load(b + v * bStep));
      }
    } else {
      UNROLL for (int v = 0; v < count; v++) sum[v] += factor * load(a + v * width) * load(b + v * width);
    }
  }
  if (of->skipsZeros) {
    Mask areNaN = {};
    UNROLL for (int v = 0; v < count; v++) areNaN |= isNaN(sum[v]);
    if (__builtin_expect(any(areNaN), 0)) {
      for (int v = 0; v < count; v++) put(of->c + (i + v) * width, of->accumulates, sumSkippingZeros(of, i + v));
      return;
    }
  }
  UNROLL for (int v = 0; v < count; v++) put(of->c + (i + v) * width, of->accumulates, sum[v]);
}

INLINE void addRow(const bool isPlain, const Sum *of, long vectors) {
  long i = 0;
  for (; i + 8 <= vectors; i += 8) addTerms(8, isPlain, of, i);
  if (i + 4 <= vectors) addTerms(4, isPlain, of, i), i += 4;
  if (i + 2 <= vectors) addTerms(2, isPlain, of, i), i += 2;
  if (i < vectors) addTerms(1, isPlain, of, i);
}
NOINLINE void addPlainRow(const Sum *of, long vectors) { addRow(true, of, vectors); }
NOINLINE void addAnyRow(const Sum *of, long vectors) { addRow(false, of, vectors); }

// The greatest of all terms, and of what is there already if the sum accumulates.
NOINLINE void greatestInRow(const Sum *of, long vectors) {
  for (long i = 0; i < vectors; i++) {
    const Term *term = of->terms, *end = term + of->count;
    Vector greatest = of->accumulates ? load(of->c + i * width) : load(left(of, term, i));
    for (; term < end; term++) greatest = value(MGFunctionMaximum, greatest, load(left(of, term, i)));
    store(of->c + i * width, greatest);
  }
}

enum { mostTermsAtOnce = 64 };

// The first terms of a sum, or further ones on top of them.
NOINLINE void sumSomeTerms(const Context *context, const MGInstruction *in, const MGTerm *from, long count, bool isFirst) {
  MGInstruction one = *in;
  one.rows = 1;
  Share share = shareOfRowsOrUniforms(context, &one);
  if (share.rows == 0) return;
  const bool isStepped = in->flags & MGFlagStepped;
  long rows = isStepped ? in->rows : 1;
  Term terms[mostTermsAtOnce];
  Sum sum = {.terms = terms, .count = count, .x = isFirst ? (Number)in->x : 0,
             .accumulates = !isFirst || in->flags & MGFlagAccumulates};
  bool isOneRow = rows > 1 && in->row.c == share.vectors * width;
  for (long k = 0; k < count; k++) {
    const MGTerm *term = from + k;
    const Number *b = optional(context, term->b);
    terms[k] = (Term){
        address(context, term->a) + (term->leftUniform ? 0 : start(&share)),
        b ? b + (term->rightUniform ? 0 : start(&share)) : NULL, term->aRow, term->bRow, term->aTime, term->bTime,
        (Number)term->factor, term->leftUniform, b && term->rightUniform, term->skipsZeros};
    sum.hasFactors |= term->factor != 1;
    sum.hasUniforms |= terms[k].leftUniform | terms[k].rightUniform;
    sum.skipsZeros |= term->skipsZeros;
    isOneRow = isOneRow && term->aRow == (term->leftUniform ? 0 : in->row.c) &&
               (b == NULL || term->bRow == (term->rightUniform ? 0 : in->row.c));
  }
  if (isOneRow) {
    share.vectors *= rows;
    rows = 1;
  }
  Number *c = address(context, in->c) + start(&share);
  void (*const row)(const Sum *, long) =
      in->kind == MGKindMaximum ? greatestInRow : sum.hasFactors || sum.hasUniforms ? addAnyRow : addPlainRow;
  for (sum.time = 0; sum.time < (isStepped ? in->times : 1); sum.time++) {
    for (sum.row = 0; sum.row < rows; sum.row++) {
      sum.c = c + sum.row * in->row.c + sum.time * in->time.c;
      row(&sum, share.vectors);
    }
  }
}

NOINLINE void sumTerms(const Context *context, const MGInstruction *in) {
  const MGTerm *terms = context->step->terms + in->inner;
  long count = in->terms;
  for (bool isFirst = true; isFirst || count > 0; isFirst = false) {
    const long some = count < mostTermsAtOnce ? count : mostTermsAtOnce;
    sumSomeTerms(context, in, terms, some, isFirst);
    terms += some;
    count -= some;
  }
}
