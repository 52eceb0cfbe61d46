// Matrix products by tiles that stay in registers, the heart of the dense kernels:
// c[r][v] = finish(init + Σ a[r][k] · b[k][v]) for rows r and vectors v.

#if defined(MG_AVX512) || defined(__aarch64__)
enum { tileVectors = 4, tileRegisters = 24 };  // of 32: 6 rows of 4 vectors, 4 vectors of b, one number of a
#else
enum { tileVectors = 2, tileRegisters = 12 };  // of 16: 6 rows of 2 vectors
#endif
enum { tileRows = 6, mostVectors = 4 };

typedef struct {
  const Number *a;  // number (r, k) at a + r·aRow + k·aSum
  long aRow, aSum;
  const Number *b;  // aligned rows, bStride apart
  long bStride;
  Number *c;
  long cStride;
  const Number *bias;  // added to each row; NULL: nothing
  const Number *mask;  // rows like those of c: 0 where they are <= 0
  bool continues;      // c holds the first part of the sums
  bool relu;
  bool skipsZeros;     // a 0 in a adds nothing, even times infinity; for sums along k only
  Finish finish;
  long rows, vectors, sum;
} Product;

// Whether the numbers of a that a tile needs follow each other along k or along r: known where this is called, it
// leaves one address to step instead of six.
typedef enum { alongSum, alongRows } Layout;

#define EACH_OF_TILE(r, v) \
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++)

INLINE void startTile(const int rows, const int vectors, const Product *p, long row, long vector,
                      Vector x[tileRows][mostVectors]) {
  if (p->bias) {
    const Number *bias = p->bias + row;
    EACH_OF_TILE(r, v) x[r][v] = splat(bias[r]);
  } else {
    EACH_OF_TILE(r, v) x[r][v] = (Vector){};
  }
  // The numbers in c are not needed before the sums are done, and have arrived by then.
  if (p->continues || p->finish.keeps) {
    const Number *c = p->c + row * p->cStride + vector * width;
    UNROLL for (int r = 0; r < rows; r++) __builtin_prefetch(c + r * p->cStride, 1);
  }
}

INLINE void finishTile(const int rows, const int vectors, const Product *p, long row, long vector,
                       Vector x[tileRows][mostVectors]) {
  // Fields are copied before use, since for all that the compiler knows a store into c may change them.
  const long stride = p->cStride, offset = row * stride + vector * width;
  Number *c = p->c + offset;
  if (p->continues) {
    EACH_OF_TILE(r, v) x[r][v] += load(c + r * stride + v * width);
  }
  if (p->relu) {
    EACH_OF_TILE(r, v) x[r][v] = where(~(x[r][v] <= 0), x[r][v]);
  }
  if (p->mask) {
    const Number *mask = p->mask + offset;
    EACH_OF_TILE(r, v) x[r][v] = where(~(load(mask + r * stride + v * width) <= 0), x[r][v]);
  }
  const Finish finish = p->finish;
  if (finish.keeps) {
    EACH_OF_TILE(r, v) x[r][v] = finished(finish, load(c + r * stride + v * width), x[r][v]);
  }
  EACH_OF_TILE(r, v) store(c + r * stride + v * width, x[r][v]);
}

// Sums that came out as NaN, once more without the terms whose factor in a is 0.
NOINLINE void skipZeros(const int rows, const int vectors, const Product *p, long row, long vector,
                        Vector x[tileRows][mostVectors]) {
  for (int r = 0; r < rows; r++) {
    for (int v = 0; v < vectors; v++) {
      if (!any(isNaN(x[r][v]))) continue;
      const Number *a = p->a + (row + r) * p->aRow, *b = p->b + (vector + v) * width;
      Vector sum = {};
      for (long k = 0; k < p->sum; k++) {
        if (a[k * p->aSum] != 0) sum += splat(a[k * p->aSum]) * load(b + k * p->bStride);
      }
      x[r][v] = select(isNaN(x[r][v]), sum, x[r][v]);
    }
  }
}

INLINE void tile(const int rows, const int vectors, const Layout layout, const Product *p, long row, long vector) {
  Vector x[tileRows][mostVectors];
  startTile(rows, vectors, p, row, vector, x);
  const Number *a = p->a + row * p->aRow, *b = p->b + vector * width;
  const long aRow = layout == alongRows ? 1 : p->aRow, aSum = layout == alongSum ? 1 : p->aSum;
  const long bStride = p->bStride, sum = p->sum;
  for (long k = 0; k < sum; k++) {
    Vector y[mostVectors];
    UNROLL for (int v = 0; v < vectors; v++) y[v] = *(const Vector *)(b + k * bStride + v * width);
    UNROLL for (int r = 0; r < rows; r++) {
      const Vector factor = splat(a[r * aRow + k * aSum]);
      UNROLL for (int v = 0; v < vectors; v++) x[r][v] += factor * y[v];
    }
  }
  if (layout == alongSum && p->skipsZeros) {
    Mask areNaN = {};
    EACH_OF_TILE(r, v) areNaN |= isNaN(x[r][v]);
    if (__builtin_expect(any(areNaN), 0)) {
      // A copy, so that the sums themselves can stay in registers.
      Vector y[tileRows][mostVectors];
      EACH_OF_TILE(r, v) y[r][v] = x[r][v];
      skipZeros(rows, vectors, p, row, vector, y);
      EACH_OF_TILE(r, v) x[r][v] = y[r][v];
    }
  }
  finishTile(rows, vectors, p, row, vector, x);
}

// The rows of a strip of `vectors` vectors, in tiles of as many rows as registers allow. Two tiles of middling height are
// better than a low one, whose additions would wait for each other.
INLINE void strip(const int vectors, const Layout layout, const Product *p, long vector) {
  const int most = tileRegisters / vectors < tileRows ? tileRegisters / vectors : tileRows;
  for (long row = 0; row < p->rows;) {
    const long left = p->rows - row;
    const long rows = left <= most ? left : left <= most + 2 ? (left + 1) / 2 : most;
    switch (rows) {
#define TILE(n) case n: if (n <= most) tile(n, vectors, layout, p, row, vector); break;
      TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#undef TILE
    }
    row += rows;
  }
}

// A function for each width of strip: one that held them all would take the compiler four times as long.
#define STRIP(layout, vectors) \
  NOINLINE void layout##vectors(const Product *p, long vector) { strip(vectors, layout, p, vector); }
STRIP(alongSum, 1) STRIP(alongSum, 2) STRIP(alongSum, 3) STRIP(alongSum, 4)
STRIP(alongRows, 1) STRIP(alongRows, 2) STRIP(alongRows, 3) STRIP(alongRows, 4)
static void (*const strips[2][mostVectors])(const Product *, long vector) = {
    {alongSum1, alongSum2, alongSum3, alongSum4}, {alongRows1, alongRows2, alongRows3, alongRows4}};

// The number of rows of b that are multiplied at a time: a strip of them takes 16 KiB of the first-level cache (32 KiB of
// the 48 of most processors with AVX-512). And the most numbers of a: they take 256 KiB of the second-level cache while
// the strips pass by. On Zen 3 a layer of 784 inputs and 512 outputs gains a fifth by the latter.
enum { sumBlock = MG_VECTOR_BYTES == 64 ? 128 : 256, mostNumbersOfA = 256 * 1024 / sizeof(Number) };

// A strip of b that lies on more pages than the first-level TLB knows (64 on processors of the last years) is better
// copied together, if many rows of a are going to pass by.
enum { fewestRowsForCopy = 4 * tileRows, mostBytesInPlace = 64 * 4096 };

INLINE bool copies(const Product *p) {
  const long bytes = p->sum * p->bStride * (long)sizeof(Number);
  return p->rows >= fewestRowsForCopy && p->sum <= sumBlock && bytes > mostBytesInPlace;
}

NOINLINE void copyStrip(const Product *p, long vector, long vectors, Number *to) {
  for (long k = 0; k < p->sum; k++) {
    const Number *from = p->b + k * p->bStride + vector * width;
    for (long v = 0; v < vectors; v++, to += width) *(Vector *)to = load(from + v * width);
  }
}

NOINLINE void product(const Layout layout, const Product *p) {
  // With few rows, more vectors at once give the additions something to do while one waits for another.
  const long most = p->rows < 3 ? mostVectors : tileVectors;
  for (long vector = 0; vector < p->vectors;) {
    const long left = p->vectors - vector;
    const long vectors = left <= most ? left : left == most + 1 ? 3 : most;
    if (copies(p)) {
      Number copy[sumBlock * mostVectors * width] __attribute__((aligned(64)));
      copyStrip(p, vector, vectors, copy);
      Product q = *p;
      q.b = copy - vector * width;
      q.bStride = vectors * width;
      strips[layout][vectors - 1](&q, vector);
    } else {
      strips[layout][vectors - 1](p, vector);
    }
    vector += vectors;
  }
}

// The product in blocks along the sum. An intermediate result lies in c, unless c keeps something.
INLINE void productInSumBlocks(const Layout layout, Product p) {
  const long whole = p.sum, block = p.finish.keeps && p.relu ? whole : sumBlock;
  if (whole <= block) {
    product(layout, &p);
    return;
  }
  const Number *mask = p.mask;
  const bool relu = p.relu;
  for (long k = 0; k < whole; k += block) {
    const bool isLast = k + block >= whole;
    p.sum = isLast ? whole - k : block;
    p.relu = relu && isLast;
    p.mask = isLast || p.finish.keeps ? mask : NULL;
    product(layout, &p);
    p.a += block * p.aSum;
    p.b += block * p.bStride;
    p.bias = NULL;
    p.continues = !p.finish.keeps;
  }
}

// MARK: - Products of few numbers

// The most numbers of a of a product that is done in one pass over the vectors. Strips would take longer to begin than to
// do: with 7 vectors, a layer of 2 inputs and 2 outputs takes a third of their time.
enum { mostRowsOfFew = 2, mostSumOfFew = 4 };

INLINE bool isOfFew(const Product *p) {
  return p->rows > 0 && p->rows <= mostRowsOfFew && p->sum > 0 && p->sum <= mostSumOfFew && !p->finish.keeps;
}

INLINE void productOfFew(const int rows, const int sum, const Product *p) {
  Vector a[mostRowsOfFew][mostSumOfFew], bias[mostRowsOfFew];
  UNROLL for (int r = 0; r < rows; r++) {
    bias[r] = p->bias ? splat(p->bias[r]) : (Vector){};
    UNROLL for (int k = 0; k < sum; k++) a[r][k] = splat(p->a[r * p->aRow + k * p->aSum]);
  }
  const Number *b = p->b, *mask = p->mask;
  Number *c = p->c;
  const long bStride = p->bStride, cStride = p->cStride, end = p->vectors * width;
  const bool relu = p->relu;
  for (long i = 0; i < end; i += width) {
    UNROLL for (int r = 0; r < rows; r++) {
      Vector x = bias[r];
      UNROLL for (int k = 0; k < sum; k++) x += a[r][k] * load(b + k * bStride + i);
      if (relu) x = where(~(x <= 0), x);
      if (mask) x = where(~(load(mask + r * cStride + i) <= 0), x);
      store(c + r * cStride + i, x);
    }
  }
}

// MARK: - All others

// The product in blocks of rows, of equal size, each in blocks along the sum.
INLINE void blockedProduct(const Layout layout, Product p) {
  const long whole = p.rows, sum = p.sum < sumBlock ? p.sum : sumBlock;
  const long blocks = (whole * sum + mostNumbersOfA - 1) / mostNumbersOfA;
  const Product all = p;
  for (long i = 0, row = 0; i < blocks; i++, row += p.rows) {
    p = all;
    p.rows = whole * (i + 1) / blocks - row;
    p.a += row * p.aRow;
    p.c += row * p.cStride;
    if (p.bias) p.bias += row;
    if (p.mask) p.mask += row * p.cStride;
    productInSumBlocks(layout, p);
  }
}
