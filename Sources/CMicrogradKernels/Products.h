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
  const Number *bias;  // where the sums start; NULL: at 0, or at c if they continue
  const Number *mask;  // rows like those of c: 0 where they are <= 0
  bool continues, relu;
  Finish finish;
  long rows, vectors, sum;
} Product;

// Whether the numbers of a that a tile needs follow each other along k or along r: known where this is called, it
// leaves one address to step instead of six.
typedef enum { alongSum, alongRows } Layout;

INLINE void finishTile(const int rows, const int vectors, const Product *p, long row, long vector,
                       Vector x[tileRows][mostVectors]) {
  Number *c = p->c + row * p->cStride + vector * width;
  if (p->relu) {
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
      x[r][v] = where(~(x[r][v] <= 0), x[r][v]);
    }
  }
  if (p->mask) {
    const Number *mask = p->mask + row * p->cStride + vector * width;
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
      x[r][v] = where(~(load(mask + r * p->cStride + v * width) <= 0), x[r][v]);
    }
  }
  if (p->finish.keeps) {
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
      x[r][v] = finished(p->finish, load(c + r * p->cStride + v * width), x[r][v]);
    }
  }
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
    store(c + r * p->cStride + v * width, x[r][v]);
  }
}

INLINE void tile(const int rows, const int vectors, const Layout layout, const Product *p, long row, long vector) {
  Vector x[tileRows][mostVectors];
  const Number *a = p->a + row * p->aRow, *b = p->b + vector * width;
  const long aRow = layout == alongRows ? 1 : p->aRow, aSum = layout == alongSum ? 1 : p->aSum;
  const long bStride = p->bStride, sum = p->sum;
  if (p->continues) {
    const Number *c = p->c + row * p->cStride + vector * width;
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
      x[r][v] = load(c + r * p->cStride + v * width);
    }
  } else {
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int v = 0; v < vectors; v++) {
      x[r][v] = p->bias ? splat(p->bias[row + r]) : (Vector){};
    }
  }
  for (long k = 0; k < sum; k++) {
    Vector y[mostVectors];
    UNROLL for (int v = 0; v < vectors; v++) y[v] = *(const Vector *)(b + k * bStride + v * width);
    UNROLL for (int r = 0; r < rows; r++) {
      const Vector factor = splat(a[r * aRow + k * aSum]);
      UNROLL for (int v = 0; v < vectors; v++) x[r][v] += factor * y[v];
    }
  }
  finishTile(rows, vectors, p, row, vector, x);
}

// The rows of a strip of so many vectors, in tiles of as many rows as registers allow, and rather two middling tiles
// than one of a single row.
INLINE void strip(const int vectors, const Layout layout, const Product *p, long vector) {
  const int most = tileRegisters / vectors < tileRows ? tileRegisters / vectors : tileRows;
  for (long row = 0; row < p->rows;) {
    const long left = p->rows - row;
    const long rows = left == most + 1 ? (left + 1) / 2 : left < most ? left : most;
    switch (rows) {
#define TILE(n) case n: if (n <= most) tile(n, vectors, layout, p, row, vector); break;
      TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#undef TILE
    }
    row += rows;
  }
}

INLINE void strips(const Layout layout, const Product *p) {
  // With few rows, more vectors at once give the additions something to do while one waits for another.
  const long most = p->rows < 3 ? mostVectors : tileVectors;
  for (long vector = 0; vector < p->vectors;) {
    const long left = p->vectors - vector;
    const long vectors = left == most + 1 ? 3 : left < most ? left : most;
    switch (vectors) {
      case 1: strip(1, layout, p, vector); break;
      case 2: strip(2, layout, p, vector); break;
      case 3: strip(3, layout, p, vector); break;
      case 4: strip(4, layout, p, vector); break;
    }
    vector += vectors;
  }
}

NOINLINE void productAlongSum(const Product *p) { strips(alongSum, p); }
NOINLINE void productAlongRows(const Product *p) { strips(alongRows, p); }

// So many numbers of b's columns stay in the first-level cache while the rows of a pass by.
enum { sumBlock = 256 };

// The product in blocks along the sum. An intermediate result lies in c, unless c keeps something.
INLINE void blockedProduct(const Layout layout, Product p) {
  const Number *mask = p.mask, *bias = p.bias;
  const bool relu = p.relu, keeps = p.finish.keeps;
  const long whole = p.sum, block = keeps && relu ? whole : sumBlock;
  for (long k = 0; k == 0 || k < whole; k += block) {
    const bool isLast = k + block >= whole;
    p.sum = isLast ? whole - k : block;
    p.continues = k > 0 && !keeps;
    p.bias = k == 0 ? bias : NULL;
    p.relu = relu && isLast;
    p.mask = isLast || keeps ? mask : NULL;
    layout == alongSum ? productAlongSum(&p) : productAlongRows(&p);
    p.a += block * p.aSum;
    p.b += block * p.bStride;
  }
}
