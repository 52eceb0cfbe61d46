// The gradients of a layer's weights and biases, in one of two ways.
//
// A gradient of 0 propagates nothing, even if the input is infinite. To ask in the loops would cost time, and is not
// necessary: 0 times infinity makes the sum NaN, and only such sums are computed once more.

typedef struct {
  const Number *d, *x;  // rows: adjoints of the outputs, and the inputs
  Number *c;            // packed [rows][inner]
  long rows, inner, vectors, stride;
  Finish finish;
} WeightSums;

// MARK: - Small layers: products of rows, summed across the lanes at the end

// The number of sums that leaves registers for their operands.
enum { dotRegisters = tileRegisters > 16 ? 16 : 8 };

// The sums from `first` on once more, where they are NaN.
NOINLINE Vector dotsSkippingZeros(int first, int count, int inner, const Number *d, const Number *x, const WeightSums *w,
                                  Vector sums) {
  for (int i = 0; i < count; i++) {
    if (sums[i] == sums[i]) continue;
    const Number *factors = d + (first + i) / inner * w->stride, *inputs = x + (first + i) % inner * w->stride;
    Vector s = {};
    for (long j = 0; j < w->vectors * width; j += width) {
      s += where(load(factors + j) != 0, load(factors + j) * load(inputs + j));
    }
    sums[i] = sum(s);
  }
  return sums;
}

INLINE void dotTile(const int rows, const int inner, const WeightSums *w, long row, long first) {
  enum { most = dotRegisters };
  const int count = rows * inner, together = count < width ? count : width;
  Vector s[most];
  UNROLL for (int i = 0; i < count; i++) s[i] = (Vector){};
  const Number *d = w->d + row * w->stride, *x = w->x + first * w->stride;
  const long stride = w->stride, end = w->vectors * width;
  for (long i = 0; i < end; i += width) {
    Vector factors[4];
    UNROLL for (int r = 0; r < rows; r++) factors[r] = load(d + r * stride + i);
    UNROLL for (int k = 0; k < inner; k++) {
      const Vector input = load(x + k * stride + i);
      UNROLL for (int r = 0; r < rows; r++) s[r * inner + k] += factors[r] * input;
    }
  }
  Number results[most + width];
  UNROLL for (int i = 0; i < count; i += together) {
    Vector some = sums(together, s + i);
    if (__builtin_expect(any(isNaN(some)), 0)) some = dotsSkippingZeros(i, together, inner, d, x, w, some);
    store(results + i, some);
  }
  UNROLL for (int r = 0; r < rows; r++) {
    Number *c = w->c + (row + r) * w->inner + first;
    UNROLL for (int k = 0; k < inner; k++) c[k] = finishedNumber(w->finish, c + k, results[r * inner + k]);
  }
}

INLINE void dotStrip(const int rows, const WeightSums *w, long row, long first) {
  const int most = dotRegisters / rows;
  for (long k = first; k < w->inner;) {
    const long left = w->inner - k;
    const int count = left >= 16 && most >= 16 ? 16 : left >= 8 && most >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    switch (count) {
      case 1: dotTile(rows, 1, w, row, k); break;
      case 2: dotTile(rows, 2, w, row, k); break;
      case 4: dotTile(rows, 4, w, row, k); break;
      case 8: if (most >= 8) dotTile(rows, 8, w, row, k); break;
      case 16: if (most >= 16) dotTile(rows, 16, w, row, k); break;
    }
    k += count;
  }
}

// Columns from `first` on.
NOINLINE void weightsByDots(const WeightSums *w, long first) {
  enum { most = dotRegisters / 4 };
  long row = 0;
  for (; row + most <= w->rows; row += most) dotStrip(most, w, row, first);
  if (most > 2 && row + 2 <= w->rows) dotStrip(2, w, row, first), row += 2;
  for (; row < w->rows; row++) dotStrip(1, w, row, first);
}

// MARK: - Large layers: a product with the inputs turned around

// A panel holds `panelLanes` lanes of up to `tileVectors` vectors of inputs: 32 KiB at most. Lanes and rows are taken in
// blocks, each with all panels, so that the adjoints of a block stay in the second-level cache.
enum { panelLanes = 128, panelWidth = tileVectors * width, panelRows = mostNumbersOfA / panelLanes };

INLINE void turnPanel(const Number *x, long stride, long lanes, long vectors, Number *panel) {
  for (long k = 0; k < vectors; k++) {
    for (long lane = 0; lane < lanes; lane += width) {
      transpose(x + k * width * stride + lane, stride, panel + lane * panelWidth + k * width, panelWidth);
    }
  }
}

// Returns how many columns it has done: whole vectors.
NOINLINE long weightsByPanels(const WeightSums *w) {
  Number panel[panelLanes * panelWidth] __attribute__((aligned(64)));
  const long columns = w->inner / width, lanes = w->vectors * width;
  Finish finish = w->finish;
  for (long lane = 0; lane < lanes; lane += panelLanes) {
    const long count = lanes - lane < panelLanes ? lanes - lane : panelLanes;
    for (long row = 0; row < w->rows; row += panelRows) {
      const long rows = w->rows - row < panelRows ? w->rows - row : panelRows;
      for (long column = 0; column < columns; column += tileVectors) {
        const long vectors = columns - column < tileVectors ? columns - column : tileVectors;
        turnPanel(w->x + column * width * w->stride + lane, w->stride, count, vectors, panel);
        const Product p = {
            .a = w->d + row * w->stride + lane, .aRow = w->stride, .aSum = 1, .b = panel, .bStride = panelWidth,
            .c = w->c + row * w->inner + column * width, .cStride = w->inner, .finish = finish,
            .skipsZeros = true, .rows = rows, .vectors = vectors, .sum = count};
        product(alongSum, &p);
      }
    }
    finish.keeps = true;  // the other lanes come on top
    finish.keep = 1;
  }
  return columns * width;
}

// MARK: - Layers of few numbers: weights and biases in one pass over the lanes

enum { mostRowsOfFewWeights = 2, mostInputsOfFew = 4 };

// Returns false, and changes nothing, if a sum of weights is NaN.
INLINE bool dotsOfFew(const int rows, const int inner, const WeightSums *w, Number *biases, const Finish finish) {
  enum { most = mostRowsOfFewWeights * mostInputsOfFew + mostRowsOfFewWeights };
  const int count = rows * inner, all = count + rows;
  Vector s[most + width] = {};
  const Number *d = w->d, *x = w->x;
  const long stride = w->stride, end = w->vectors * width;
  for (long i = 0; i < end; i += width) {
    Vector factors[mostRowsOfFewWeights];
    UNROLL for (int r = 0; r < rows; r++) {
      factors[r] = load(d + r * stride + i);
      s[count + r] += factors[r];
    }
    UNROLL for (int k = 0; k < inner; k++) {
      const Vector input = load(x + k * stride + i);
      UNROLL for (int r = 0; r < rows; r++) s[r * inner + k] += factors[r] * input;
    }
  }
  const int together = width < 4 ? width : 4;
  Number results[most + width];
  UNROLL for (int i = 0; i < all; i += together) store(results + i, sums(together, s + i));
  bool isAnyNaN = false;
  UNROLL for (int i = 0; i < count; i++) isAnyNaN |= results[i] != results[i];
  if (__builtin_expect(isAnyNaN, 0)) return false;
  Number *c = w->c;
  UNROLL for (int i = 0; i < count; i++) c[i] = finishedNumber(finish, c + i, results[i]);
  if (biases) UNROLL for (int r = 0; r < rows; r++) biases[r] = finishedNumber(finish, biases + r, results[count + r]);
  return true;
}

// MARK: - Which way

// Turning the inputs around costs a fixed amount for each of them, and pays off over the rows, if a panel is wide
// enough for good tiles. Measured on Zen 3 with 112 lanes of 16 inputs: 16 rows take 30 % less time in Float, 5 % less
// in Double; 8 rows 15 % less and 10 % more. With AVX-512, one vector is wide enough: a whole step of 2-16-16-1 takes 7 %
// less in Float (Zen 4).
enum { fewestRowsForPanels = 12, fewestInputsForPanels = MG_VECTOR_BYTES == 64 ? width : 2 * width };

typedef struct {
  Prepared base;
  WeightSums sums;
  Number *biases;
} PreparedWeights;

INLINE Finish finishOfWeights(const PreparedWeights *p) {
  const MGInstruction *in = p->base.in;
  const double rate = p->base.context->step->optimizer.rate;
  return in->flags & MGFlagUpdates ? (Finish){true, 1 - rate * in->x, -rate}
                                   : (Finish){in->flags & MGFlagAccumulates, 1, 1};
}

NOINLINE void denseWeights(Prepared *prepared) {
  const PreparedWeights *p = (const PreparedWeights *)prepared;
  const MGInstruction *in = p->base.in;
  WeightSums w = p->sums;
  w.finish = finishOfWeights(p);
  const bool byPanels = in->rows >= fewestRowsForPanels && in->inner >= fewestInputsForPanels;
  weightsByDots(&w, byPanels ? weightsByPanels(&w) : 0);
  if (!p->biases) return;
  Vector copies[2];
  const LaneSum sums = {.a = {w.d, width, w.stride}, .b = uniform(splat(1), &copies[0]),
                        .d = uniform(splat(1), &copies[1]), .vectors = w.vectors};
  sumLanes(&sums, in->rows, &p->base.share, p->biases, w.finish);
}

#define FEW(rows, inner)                                                                                      \
  NOINLINE void fewWeights##rows##by##inner(Prepared *prepared) {                                             \
    const PreparedWeights *p = (const PreparedWeights *)prepared;                                             \
    if (!dotsOfFew(rows, inner, &p->sums, p->biases, finishOfWeights(p))) denseWeights(prepared);             \
  }
FEW(1, 1) FEW(1, 2) FEW(1, 3) FEW(1, 4) FEW(2, 1) FEW(2, 2) FEW(2, 3) FEW(2, 4)
#undef FEW
static void (*const fewWeights[mostRowsOfFewWeights][mostInputsOfFew])(Prepared *) = {
    {fewWeights1by1, fewWeights1by2, fewWeights1by3, fewWeights1by4},
    {fewWeights2by1, fewWeights2by2, fewWeights2by3, fewWeights2by4}};

INLINE void prepareDenseWeights(const Context *context, const MGInstruction *in, PreparedWeights *p) {
  Share share = shareOfRows(context, in);
  // All positions count as lanes.
  share.vectors *= timesOf(in);
  share.stride *= timesOf(in);
  p->base.share = share;
  p->sums = (WeightSums){
      .d = address(context, in->d) + start(&share), .x = address(context, in->b),
      .c = address(context, in->c) + share.row * in->inner,
      .rows = share.rows, .inner = in->inner, .vectors = share.vectors, .stride = share.stride};
  Number *biases = optional(context, in->y);
  p->biases = biases ? biases + share.row : NULL;
  // The whole layer decides, not this part's share, so that results do not depend on the number of threads.
  const bool hasFew = in->rows <= mostRowsOfFewWeights && in->inner <= mostInputsOfFew;
  p->base.run = hasFew && share.rows > 0 && in->inner > 0 ? fewWeights[share.rows - 1][in->inner - 1] : denseWeights;
}
