// The training of a small GPT written by hand: forward and backward derived on paper, Adam inside, sizes constants. It says
// what a compiler could reach. Only the vectors and their functions are those of our kernels.
//
// Rows are positions, and their 16 features lie side by side. A chunk is some documents, one position after the other,
// each at its exact length: no row is padding. Layers are products of small fixed sizes over all rows of a chunk, whose
// tiles stay in registers; attention works on one document at a time, all four heads in one vector. Weights are kept
// twice, input by output for the forward products and output by input for the backward ones.
//
// Compiled by clang with -std=c11 -O3 -march=native and -DMG_DOUBLE=1 or 0.
// usage: gpt_by_hand FOLDER BATCH SECONDS; reads what `gpt --write FOLDER` wrote, and prints a line of JSON.
#define _POSIX_C_SOURCE 199309L  // for the clock, and not more: the kernels have a function named `select`
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__AVX512F__)
#define MG_VECTOR_BYTES 64
#elif defined(__AVX__) || MG_DOUBLE  // four numbers, a head, have to fit into a vector
#define MG_VECTOR_BYTES 32
#else
#define MG_VECTOR_BYTES 16
#endif
#include "../../../Sources/CMicrogradKernels/Vectors.h"
#include "../../../Sources/CMicrogradKernels/Elementary.h"

#define ALIGNED __attribute__((aligned(64)))

enum {
  features = 16, context = 16, hidden = 64, vocabulary = 27, vocabularyLanes = 32, head = 4,
  pieces = features / width,  // vectors of a row
  mostRows = 64,              // of a chunk; with all that backward needs, they fit into the first two caches
  rowsAllocated = mostRows + 16,
};

// MARK: - Parameters

// `wide` weights are input by output; embeddings are as everywhere. Padded logits have weights 0, which stay 0.
typedef struct {
  Number tokens[vocabulary][features], positions[context][features];
  Number logits[features][vocabularyLanes];
  Number keysQueriesValues[features][3 * features];
  Number attention[features][features];
  Number up[features][hidden], down[hidden][features];
} Parameters;
enum { parameterCount = sizeof(Parameters) / sizeof(Number) };

// The same weights, output by input, for the backward products.
typedef struct {
  Number logits[vocabularyLanes][features];
  Number keysQueriesValues[3 * features][features];
  Number attention[features][features];
  Number up[hidden][features], down[features][hidden];
} Turned;

static Parameters parameters ALIGNED, gradients ALIGNED, means ALIGNED, squares ALIGNED, initial ALIGNED;
static Turned turned ALIGNED;

INLINE void turn(const int rows, const int columns, const Number *from, Number *to) {
  for (int r = 0; r < rows; r += width) {
    for (int c = 0; c < columns; c += width) transpose(from + r * columns + c, columns, to + c * rows + r, rows);
  }
}

static void turnWeights(void) {
  turn(features, vocabularyLanes, parameters.logits[0], turned.logits[0]);
  turn(features, 3 * features, parameters.keysQueriesValues[0], turned.keysQueriesValues[0]);
  turn(features, features, parameters.attention[0], turned.attention[0]);
  turn(features, hidden, parameters.up[0], turned.up[0]);
  turn(hidden, features, parameters.down[0], turned.down[0]);
}

// Moves the parameters, and leaves gradients of 0.
static double powerOfBeta1 = 1, powerOfBeta2 = 1;
static void adam(double rate) {
  powerOfBeta1 *= 0.85, powerOfBeta2 *= 0.99;
  const Number length = (Number)(rate / (1 - powerOfBeta1)), share = (Number)(1 / (1 - powerOfBeta2));
  Number *p = parameters.tokens[0], *g = gradients.tokens[0], *m = means.tokens[0], *v = squares.tokens[0];
#pragma clang loop unroll_count(4)
  for (int i = 0; i < parameterCount; i += width) {
    const Vector gradient = load(g + i);
    const Vector mean = (Number)0.85 * load(m + i) + (Number)0.15 * gradient;
    const Vector square = (Number)0.99 * load(v + i) + (Number)(1 - 0.99) * gradient * gradient;
    store(p + i, load(p + i) - length * mean / (vectorSqrt(square * share) + (Number)1e-8));
    store(m + i, mean);
    store(v + i, square);
    store(g + i, (Vector){});
  }
}

// MARK: - Products

// As many sums as registers hold, beside what is added to them.
enum {
  mostColumns = 3,
#if defined(__AVX512F__) || defined(__aarch64__)
  mostTileRows = 8,
#else
  mostTileRows = 4,
#endif
};

// The vectors of a tile: two at a time, or the only one, or the only three.
INLINE int columnsOf(const int outer) { return outer / width % 2 == 0 ? 2 : outer / width; }

// A tile of to[r][c] = (isSum ? to[r][c] : 0) + Σ from[r][i] · matrix[i][c]; columns in vectors.
INLINE void tile(
    const int rows, const int columns, const int inner, const int outer, const Number *from, const Number *matrix,
    Number *to, const bool isSum) {
  Vector sums[mostTileRows][mostColumns];
  UNROLL for (int r = 0; r < rows; r++) {
    UNROLL for (int c = 0; c < columns; c++) sums[r][c] = isSum ? load(to + r * outer + c * width) : (Vector){};
  }
  for (int i = 0; i < inner; i++) {
    Vector weights[mostColumns];
    UNROLL for (int c = 0; c < columns; c++) weights[c] = load(matrix + i * outer + c * width);
    UNROLL for (int r = 0; r < rows; r++) {
      UNROLL for (int c = 0; c < columns; c++) sums[r][c] += from[r * inner + i] * weights[c];
    }
  }
  UNROLL for (int r = 0; r < rows; r++) {
    UNROLL for (int c = 0; c < columns; c++) store(to + r * outer + c * width, sums[r][c]);
  }
}

// All rows, in tiles and what is left over.
INLINE void multiply(
    int rows, const int inner, const int outer, const Number *from, const Number *matrix, Number *to,
    const bool isSum) {
  const int columns = columnsOf(outer);
  for (int c = 0; c < outer; c += columns * width) {
    int r = 0;
#define TILE(count) tile(count, columns, inner, outer, from + r * inner, matrix + c, to + r * outer + c, isSum)
    for (; r + mostTileRows <= rows; r += mostTileRows) TILE(mostTileRows);
    if (mostTileRows > 4 && r + 4 <= rows) TILE(4), r += 4;
    if (r + 2 <= rows) TILE(2), r += 2;
    if (r < rows) TILE(1);
#undef TILE
  }
}

// matrix[i][c] += Σ from[r][i] · to[r][c]
INLINE void multiplyTurned(
    int rows, const int inner, const int outer, const Number *from, const Number *to, Number *matrix) {
  const int columns = columnsOf(outer);
  for (int i = 0; i < inner; i += mostTileRows) {
    for (int c = 0; c < outer; c += columns * width) {
      Vector sums[mostTileRows][mostColumns];
      UNROLL for (int j = 0; j < mostTileRows; j++) {
        UNROLL for (int k = 0; k < columns; k++) sums[j][k] = load(matrix + (i + j) * outer + c + k * width);
      }
      for (int r = 0; r < rows; r++) {
        Vector other[mostColumns];
        UNROLL for (int k = 0; k < columns; k++) other[k] = load(to + r * outer + c + k * width);
        UNROLL for (int j = 0; j < mostTileRows; j++) {
          UNROLL for (int k = 0; k < columns; k++) sums[j][k] += from[r * inner + i + j] * other[k];
        }
      }
      UNROLL for (int j = 0; j < mostTileRows; j++) {
        UNROLL for (int k = 0; k < columns; k++) store(matrix + (i + j) * outer + c + k * width, sums[j][k]);
      }
    }
  }
}

// MARK: - A chunk's numbers

typedef Number Row[features];

static struct {
  int rows, count;                  // of positions, of documents
  int first[mostRows], lengths[mostRows];
  int token[mostRows], target[mostRows], position[mostRows];
  Number share[rowsAllocated];      // of a position's loss in the loss
  // Embeddings, norms, and after each half of the block. A norm keeps its factor.
  Row embedded[rowsAllocated], entered[rowsAllocated], normed[rowsAllocated];
  Number keysQueriesValues[rowsAllocated][3 * features];
  Row attended[rowsAllocated], middle[rowsAllocated], middleNormed[rowsAllocated];
  Number hidden[rowsAllocated][hidden];
  Row left[rowsAllocated];
  Number logits[rowsAllocated][vocabularyLanes];
  Number scales[3][rowsAllocated];
  // The weights of attention, that of a head in all of its lanes: of each position and each before it, in order.
  Row weights[rowsAllocated * (context + 1) / 2];
  // Gradients, each where its number is above.
  Row toLeft[rowsAllocated], toMiddleNormed[rowsAllocated], toMiddle[rowsAllocated], toAttended[rowsAllocated];
  Number toHidden[rowsAllocated][hidden];
  Number toKeysQueriesValues[rowsAllocated][3 * features];
  Row toNormed[rowsAllocated], toEntered[rowsAllocated];
} chunkOf ALIGNED;
#define IT chunkOf

// MARK: - Norms

INLINE Vector rowDot(const Number *a, const Number *b) {
  Vector sum = load(a) * load(b);
  UNROLL for (int p = 1; p < pieces; p++) sum += load(a + p * width) * load(b + p * width);
  return sum;
}

// Σ a·b of `width` rows.
INLINE Vector rowDots(const Row *a, const Row *b) {
  Vector products[width];
  UNROLL for (int r = 0; r < width; r++) products[r] = rowDot(a[r], b[r]);
  return sums(width, products);
}

// to = from · scale, where scale = (mean of squares + 1e-5)^-½
static void norm(int rows, const Row *from, Row *to, Number *scales) {
  for (int r = 0; r < rows; r += width) {
    const Vector mean = rowDots(from + r, from + r) * ((Number)1 / features) + (Number)1e-5;
    store(scales + r, 1 / vectorSqrt(mean));
  }
  for (int r = 0; r < rows; r++) {
    UNROLL for (int p = 0; p < features; p += width) store(to[r] + p, scales[r] * load(from[r] + p));
  }
}

// toFrom = (isSum ? toFrom : 0) + scale · (toNormed - normed · mean(normed · toNormed))
INLINE void normBackward(
    int rows, const Row *normed, const Row *toNormed, const Number *scales, Row *toFrom, const bool isSum) {
  Number means[rowsAllocated];
  for (int r = 0; r < rows; r += width) {
    store(means + r, rowDots(normed + r, toNormed + r) * ((Number)1 / features));
  }
  for (int r = 0; r < rows; r++) {
    UNROLL for (int p = 0; p < features; p += width) {
      const Vector change = scales[r] * (load(toNormed[r] + p) - means[r] * load(normed[r] + p));
      store(toFrom[r] + p, isSum ? load(toFrom[r] + p) + change : change);
    }
  }
}

// MARK: - Attention

// The sum of each head's four lanes, in all four.
#if MG_VECTOR_BYTES / 8 == 4 && MG_DOUBLE || MG_VECTOR_BYTES == 16
#define OTHERS(x, a, b, c, d) __builtin_shufflevector(x, x, a, b, c, d)
#elif MG_VECTOR_BYTES / 8 == 8 && MG_DOUBLE || MG_VECTOR_BYTES == 32
#define OTHERS(x, a, b, c, d) __builtin_shufflevector(x, x, a, b, c, d, 4 + a, 4 + b, 4 + c, 4 + d)
#else
#define OTHERS(x, a, b, c, d)                                                                               \
  __builtin_shufflevector(x, x, a, b, c, d, 4 + a, 4 + b, 4 + c, 4 + d, 8 + a, 8 + b, 8 + c, 8 + d, 12 + a, \
                          12 + b, 12 + c, 12 + d)
#endif
INLINE Vector sumOfHeads(Vector x) {
  x += OTHERS(x, 1, 0, 3, 2);
  return x + OTHERS(x, 2, 3, 0, 1);
}

enum { key = 0, query = features, value = 2 * features };
static const Number scoreScale = (Number)0.5;  // 1 / √head

INLINE Vector larger(Vector a, Vector b) { return select(a > b, a, b); }

// The exponential of numbers that are not positive: softmax subtracts the largest.
INLINE Vector power(Vector x) {
  const Exponential e = exponential(atLeast(MG_DOUBLE ? -708 : -87, x), (Vector){});
  return (1 + e.rest) * powerOfTwo(e.n);
}

// Returns where the weights of the next document start.
static Row *attend(int first, int length, Row *weights) {
  for (int at = 0; at < length; at++) {
    const Number *row = IT.keysQueriesValues[first + at];
    UNROLL for (int p = 0; p < features; p += width) {
      const Vector asked = load(row + query + p) * scoreScale;
      Vector scores[context], largest;
      for (int s = 0; s <= at; s++) {
        scores[s] = sumOfHeads(asked * load(IT.keysQueriesValues[first + s] + key + p));
        largest = s ? larger(largest, scores[s]) : scores[s];
      }
      Vector total = {}, sum = {};
      for (int s = 0; s <= at; s++) {
        scores[s] = power(scores[s] - largest);
        total += scores[s];
        sum += scores[s] * load(IT.keysQueriesValues[first + s] + value + p);
      }
      const Vector factor = 1 / total;
      for (int s = 0; s <= at; s++) store(weights[s] + p, scores[s] * factor);
      store(IT.attended[first + at] + p, sum * factor);
    }
    weights += at + 1;
  }
  return weights;
}

static const Row *attendBackward(int first, int length, const Row *weights) {
  for (int r = first; r < first + length; r++) {
    UNROLL for (int p = 0; p < 3 * features; p += width) store(IT.toKeysQueriesValues[r] + p, (Vector){});
  }
  for (int at = 0; at < length; at++) {
    const Number *row = IT.keysQueriesValues[first + at];
    UNROLL for (int p = 0; p < features; p += width) {
      const Vector gradient = load(IT.toAttended[first + at] + p), asked = load(row + query + p);
      Vector toWeights[context], mean = {}, toQuery = {};
      for (int s = 0; s <= at; s++) {
        const Vector weight = load(weights[s] + p);
        Number *toValue = IT.toKeysQueriesValues[first + s] + value + p;
        toWeights[s] = sumOfHeads(gradient * load(IT.keysQueriesValues[first + s] + value + p));
        mean += weight * toWeights[s];
        store(toValue, load(toValue) + weight * gradient);
      }
      for (int s = 0; s <= at; s++) {
        const Vector toScore = scoreScale * load(weights[s] + p) * (toWeights[s] - mean);
        Number *toKey = IT.toKeysQueriesValues[first + s] + key + p;
        toQuery += toScore * load(IT.keysQueriesValues[first + s] + key + p);
        store(toKey, load(toKey) + toScore * asked);
      }
      store(IT.toKeysQueriesValues[first + at] + query + p, toQuery);
    }
    weights += at + 1;
  }
  return weights;
}

// MARK: - Losses

// The chunk's share of the loss; logits become their gradients.
static Number losses(void) {
  Vector isLetter[vocabularyLanes / width];
  Number ones[vocabularyLanes] = {};
  for (int i = 0; i < vocabulary; i++) ones[i] = 1;
  UNROLL for (int c = 0; c < vocabularyLanes / width; c++) isLetter[c] = load(ones + c * width);
  Vector loss = {};
  for (int first = 0; first < IT.rows; first += width) {
    Vector totals[width];
    Number expected[width] ALIGNED, factors[width] ALIGNED;
    UNROLL for (int j = 0; j < width; j++) {
      Number *logits = IT.logits[first + j];
      // Padded logits are 0, which does no harm: any number near the largest will do.
      Vector largest = load(logits);
      UNROLL for (int c = 1; c < vocabularyLanes / width; c++) largest = larger(largest, load(logits + c * width));
      const Number most = __builtin_reduce_max(largest);
      expected[j] = logits[IT.target[first + j]] - most;
      totals[j] = (Vector){};
      UNROLL for (int c = 0; c < vocabularyLanes / width; c++) {
        const Vector letters = power(load(logits + c * width) - most) * isLetter[c];
        totals[j] += letters;
        store(logits + c * width, letters);
      }
    }
    const Vector total = sums(width, totals), share = load(IT.share + first);
    loss += share * (vectorLog(total) - load(expected));
    store(factors, share / total);
    UNROLL for (int j = 0; j < width; j++) {
      Number *logits = IT.logits[first + j];
      UNROLL for (int c = 0; c < vocabularyLanes / width; c++) {
        store(logits + c * width, factors[j] * load(logits + c * width));
      }
      logits[IT.target[first + j]] -= IT.share[first + j];
    }
  }
  return sum(loss);
}

// MARK: - A step

static void forward(void) {
  const int rows = IT.rows;
  for (int r = 0; r < rows; r++) {
    UNROLL for (int p = 0; p < features; p += width) {
      const Number *token = parameters.tokens[IT.token[r]], *position = parameters.positions[IT.position[r]];
      store(IT.embedded[r] + p, load(token + p) + load(position + p));
    }
  }
  norm(rows, IT.embedded, IT.entered, IT.scales[0]);
  norm(rows, IT.entered, IT.normed, IT.scales[1]);
  multiply(rows, features, 3 * features, IT.normed[0], parameters.keysQueriesValues[0], IT.keysQueriesValues[0], false);
  Row *weights = IT.weights;
  for (int d = 0; d < IT.count; d++) weights = attend(IT.first[d], IT.lengths[d], weights);
  memcpy(IT.middle, IT.entered, sizeof(Row) * rows);
  multiply(rows, features, features, IT.attended[0], parameters.attention[0], IT.middle[0], true);
  norm(rows, IT.middle, IT.middleNormed, IT.scales[2]);
  multiply(rows, features, hidden, IT.middleNormed[0], parameters.up[0], IT.hidden[0], false);
  for (int i = 0; i < rows * hidden; i += width) {
    const Vector x = load(IT.hidden[0] + i);
    store(IT.hidden[0] + i, where(x > 0, x));
  }
  memcpy(IT.left, IT.middle, sizeof(Row) * rows);
  multiply(rows, hidden, features, IT.hidden[0], parameters.down[0], IT.left[0], true);
  multiply(rows, features, vocabularyLanes, IT.left[0], parameters.logits[0], IT.logits[0], false);
}

static void backward(void) {
  const int rows = IT.rows;
  multiplyTurned(rows, features, vocabularyLanes, IT.left[0], IT.logits[0], gradients.logits[0]);
  multiply(rows, vocabularyLanes, features, IT.logits[0], turned.logits[0], IT.toLeft[0], false);
  multiplyTurned(rows, hidden, features, IT.hidden[0], IT.toLeft[0], gradients.down[0]);
  multiply(rows, features, hidden, IT.toLeft[0], turned.down[0], IT.toHidden[0], false);
  for (int i = 0; i < rows * hidden; i += width) {
    store(IT.toHidden[0] + i, where(load(IT.hidden[0] + i) > 0, load(IT.toHidden[0] + i)));
  }
  multiplyTurned(rows, features, hidden, IT.middleNormed[0], IT.toHidden[0], gradients.up[0]);
  multiply(rows, hidden, features, IT.toHidden[0], turned.up[0], IT.toMiddleNormed[0], false);
  // The residual's gradient is already there.
  normBackward(rows, IT.middleNormed, IT.toMiddleNormed, IT.scales[2], IT.toLeft, true);
  multiplyTurned(rows, features, features, IT.attended[0], IT.toLeft[0], gradients.attention[0]);
  multiply(rows, features, features, IT.toLeft[0], turned.attention[0], IT.toAttended[0], false);
  const Row *weights = IT.weights;
  for (int d = 0; d < IT.count; d++) weights = attendBackward(IT.first[d], IT.lengths[d], weights);
  multiplyTurned(rows, features, 3 * features, IT.normed[0], IT.toKeysQueriesValues[0], gradients.keysQueriesValues[0]);
  multiply(
      rows, 3 * features, features, IT.toKeysQueriesValues[0], turned.keysQueriesValues[0], IT.toNormed[0], false);
  normBackward(rows, IT.normed, IT.toNormed, IT.scales[1], IT.toLeft, true);
  normBackward(rows, IT.entered, IT.toLeft, IT.scales[0], IT.toEntered, false);
  for (int r = 0; r < rows; r++) {
    UNROLL for (int p = 0; p < features; p += width) {
      const Vector gradient = load(IT.toEntered[r] + p);
      Number *token = gradients.tokens[IT.token[r]] + p, *position = gradients.positions[IT.position[r]] + p;
      store(token, load(token) + gradient);
      store(position, load(position) + gradient);
    }
  }
}

typedef struct {
  int length;  // of positions
  int tokens[context + 1];
} Document;

// The loss of the chunk's documents as a share of the batch's; their gradients are added.
static Number runChunk(void) {
  for (int r = IT.rows; r < IT.rows + width; r++) IT.share[r] = 0;
  forward();
  const Number loss = losses();
  backward();
  IT.rows = IT.count = 0;
  return loss;
}

static void append(const Document *document, Number share) {
  IT.first[IT.count] = IT.rows, IT.lengths[IT.count++] = document->length;
  for (int at = 0; at < document->length; at++, IT.rows++) {
    IT.token[IT.rows] = document->tokens[at], IT.target[IT.rows] = document->tokens[at + 1];
    IT.position[IT.rows] = at, IT.share[IT.rows] = share;
  }
}

static Number step(const Document *documents, int count, double rate) {
  Number loss = 0;
  for (int d = 0; d < count; d++) {
    if (IT.rows + documents[d].length > mostRows) loss += runChunk();
    append(documents + d, (Number)1 / (Number)(count * documents[d].length));
  }
  loss += runChunk();
  adam(rate);
  turnWeights();
  return loss;
}

// MARK: - Reading

static void stop(const char *message, const char *path) {
  fprintf(stderr, "gpt_by_hand: %s %s\n", message, path);
  exit(1);
}

static FILE *file(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) stop("cannot read", path);
  return file;
}

// A matrix output by input, as the file has it, into one input by output.
static void readMatrix(FILE *from, int outputs, int inputs, Number *to, int stride) {
  for (int o = 0; o < outputs; o++) {
    for (int i = 0; i < inputs; i++) {
      double number;
      if (fread(&number, sizeof number, 1, from) != 1) stop("too few numbers in", "weights");
      to[i * stride + o] = (Number)number;
    }
  }
}

static void readEmbedding(FILE *from, int rows, Row *to) {
  for (int r = 0; r < rows; r++) {
    double numbers[features];
    if (fread(numbers, sizeof numbers, 1, from) != 1) stop("too few numbers in", "weights");
    for (int i = 0; i < features; i++) to[r][i] = (Number)numbers[i];
  }
}

static void readWeights(const char *folder) {
  FILE *from = file(folder, "weights");
  readEmbedding(from, vocabulary, initial.tokens);
  readEmbedding(from, context, initial.positions);
  readMatrix(from, vocabulary, features, initial.logits[0], vocabularyLanes);
  const int order[] = {query, key, value};
  for (int i = 0; i < 3; i++) {
    readMatrix(from, features, features, initial.keysQueriesValues[0] + order[i], 3 * features);
  }
  readMatrix(from, features, features, initial.attention[0], features);
  readMatrix(from, hidden, features, initial.up[0], hidden);
  readMatrix(from, features, hidden, initial.down[0], features);
  fclose(from);
}

enum { mostDocuments = 1 << 16 };
static Document documents[mostDocuments];

static int readDocuments(const char *folder) {
  FILE *from = file(folder, "documents");
  char line[256];
  int count = 0;
  for (; count < mostDocuments && fgets(line, sizeof line, from); count++) {
    Document *document = documents + count;
    document->length = -1;
    for (char *word = strtok(line, " \n"); word && document->length < context; word = strtok(NULL, " \n")) {
      document->tokens[++document->length] = atoi(word);
    }
    if (document->length < 1) stop("a line without two tokens in", "documents");
  }
  fclose(from);
  return count;
}

// MARK: - Measuring

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void restart(void) {
  parameters = initial;
  memset(&gradients, 0, sizeof gradients);
  memset(&means, 0, sizeof means);
  memset(&squares, 0, sizeof squares);
  powerOfBeta1 = powerOfBeta2 = 1;
  turnWeights();
}

static double rateOf(int number) { return 0.01 * (1 - number % 1000 / 1000.0); }

int main(int argumentCount, char **arguments) {
  const int batch = argumentCount == 4 ? atoi(arguments[2]) : 0;
  if (batch < 1 || !(atof(arguments[3]) > 0)) {
    fprintf(stderr, "usage: gpt_by_hand FOLDER BATCH SECONDS\n");
    return 2;
  }
  readWeights(arguments[1]);
  const int count = readDocuments(arguments[1]), batches = count / batch;
  if (batches < 1) stop("fewer documents than a batch in", "documents");

  restart();
  printf("{\"losses\": [");
  for (int i = 0; i < 16; i++) {
    printf("%s%.17g", i ? ", " : "", (double)step(documents + i % batches * batch, batch, rateOf(i)));
  }
  double least = INFINITY;
  restart();
  int number = 0;
  volatile Number kept;
  for (double end = now() + atof(arguments[3]); now() < end || least == INFINITY;) {
    const double start = now();
    for (int i = 0; i < batches; i++, number++) kept = step(documents + i * batch, batch, rateOf(number));
    const double time = (now() - start) / (batches * batch) * 1e6;
    if (time < least) least = time;
  }
  (void)kept;
  printf("], \"us\": %.9g}\n", least);
}
