// Sums over lanes, and over parameters. A result does not depend on the share of rows that is computed with it.

// The way a sum is written: c = keep·c + scale·sum; without `keeps`, c = scale·sum, even if c was NaN.
typedef struct {
  bool keeps;
  Number keep, scale;
} Finish;

INLINE Number finishedNumber(Finish finish, const Number *c, Number sum) {
  return finish.keeps ? *c * finish.keep + finish.scale * sum : finish.scale * sum;
}
INLINE Vector finished(Finish finish, Vector c, Vector sum) {
  return finish.keeps ? c * finish.keep + finish.scale * sum : finish.scale * sum;
}

// MARK: - Sums over lanes

// Σ a[row]·b·d over `vectors` vectors.
typedef struct {
  Rows a, b, d;
  bool hasFactors;  // b or d are more than ones
  bool isMasked;    // by b instead of a
  long vectors;
} LaneSum;

INLINE Vector summand(const LaneSum *of, long row, long i) {
  const Vector a = VECTOR_OF(of->a, row, i);
  if (!of->hasFactors) return a;
  const Vector b = VECTOR_OF(of->b, 0, i);
  return where((of->isMasked ? b : a) != 0, a * b * VECTOR_OF(of->d, 0, i));
}

// Several rows at once, so that one's additions need not wait for each other's results.
INLINE void sumRows(const int count, const LaneSum *of, long row, Number *c, Finish finish) {
  Vector s[4];
  UNROLL for (int r = 0; r < count; r++) s[r] = (Vector){};
  for (long i = 0; i < of->vectors; i++) UNROLL for (int r = 0; r < count; r++) s[r] += summand(of, row + r, i);
  const Vector all = sums(count, s);
  UNROLL for (int r = 0; r < count; r++) c[r] = finishedNumber(finish, c + r, all[r]);
}

// A single row, in four sums for the same reason.
INLINE void sumSingleRow(const LaneSum *of, Number *c, Finish finish) {
  Vector s[4] = {};
  long i = 0;
  for (; i + 4 <= of->vectors; i += 4) UNROLL for (int j = 0; j < 4; j++) s[j] += summand(of, 0, i + j);
  for (; i < of->vectors; i++) s[0] += summand(of, 0, i);
  *c = finishedNumber(finish, c, sum((s[0] + s[1]) + (s[2] + s[3])));
}

// The sums of the share's rows into c, packed. All parts together sum `rows` rows.
INLINE void sumLanes(const LaneSum *of, long rows, const Share *share, Number *c, Finish finish) {
  enum { together = width < 4 ? width : 4 };
  if (rows == 1) {
    if (share->rows) sumSingleRow(of, c, finish);
    return;
  }
  long row = 0;
  for (; row + together <= share->rows; row += together) sumRows(together, of, row, c + row, finish);
  for (; row < share->rows; row++) sumRows(1, of, row, c + row, finish);
}

NOINLINE void reduce(Prepared *p) {
  const Operands o = begin(p);
  const MGInstruction *in = p->in;
  const LaneSum of = {.a = o.a, .b = o.b, .d = o.d, .hasFactors = in->b != MG_NONE || in->d != MG_NONE,
                      .isMasked = in->flags & MGFlagMasked, .vectors = o.share.vectors};
  const Finish finish = {o.accumulates, 1, in->x};
  sumLanes(&of, in->rows, &o.share, o.c, finish);
}

INLINE void prepareReduce(const Context *context, const MGInstruction *in, Prepared *p) {
  const Share share = shareOfRows(context, in);
  Share factors = share;
  factors.row = 0;
  prepareOperands(context, in, share, p);
  const bool uniformB = in->flags & MGFlagRightUniform;
  p->b = in->b == MG_NONE ? uniform(splat(1), &p->copies[1])
                          : rowsOf(context, &factors, in->b, uniformB, &p->copies[1]);
  p->d = in->d == MG_NONE ? uniform(splat(1), &p->copies[3])
                          : rowsOf(context, &factors, in->d, false, &p->copies[3]);
  if (in->flags & MGFlagStepped) {
    p->a.at += share.row * (in->row.a - share.stride);
    p->a.rowStep = in->row.a;
  }
  p->c = address(context, in->c) + share.row;
  p->run = reduce;
}

// MARK: - Sums over parameters

NOINLINE void squares(const Context *context, const MGInstruction *in) {
  long first;
  if (shareOf(context, in->span, 1, &first) == 0) return;
  const Number *a = address(context, in->a), *end = a + in->inner;
  Vector s[4] = {};
  for (; a + 4 * width <= end; a += 4 * width) {
    UNROLL for (int j = 0; j < 4; j++) s[j] += load(a + j * width) * load(a + j * width);
  }
  for (; a + width <= end; a += width) s[0] += load(a) * load(a);
  const Vector rest = loadFirst(end - a, a);
  s[1] += rest * rest;
  Number *c = address(context, in->c);
  const Finish finish = {in->flags & MGFlagAccumulates, 1, in->x};
  *c = finishedNumber(finish, c, sum((s[0] + s[1]) + (s[2] + s[3])));
}
