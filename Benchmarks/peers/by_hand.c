// The training steps of W1 and W2 written by hand for these two nets: sizes are constants, each layer has the layout that
// suits it, and what fits stays in registers. It says what a compiler for any net could reach. Only the vectors and their
// functions are those of our kernels, so that the arithmetic is the same.
//
// Compiled by clang with -std=c11 -march=native and -DMG_DOUBLE=1 or 0. usage: by_hand W1|W2 SECONDS; prints a line of
// JSON.
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
#elif defined(__AVX__)
#define MG_VECTOR_BYTES 32
#else
#define MG_VECTOR_BYTES 16
#endif
#include "../../Sources/CMicrogradKernels/Vectors.h"
#include "../../Sources/CMicrogradKernels/Elementary.h"

enum { samples = 100, vectors = (samples + width - 1) / width, lanes = vectors * width };
#define ALIGNED __attribute__((aligned(64)))

INLINE Vector relu(Vector x) { return where(x > 0, x); }

// MARK: - Data

// NumPy's numbers: the Mersenne Twister of Matsumoto and Nishimura, 53 bits at a time.
static uint32_t twister[624];
static int position = 624;

static void seed(uint32_t number) {
  for (int i = 0; i < 624; i++) {
    twister[i] = number;
    number = 1812433253u * (number ^ number >> 30) + (uint32_t)i + 1;
  }
}

static uint32_t next(void) {
  if (position == 624) {
    for (int i = 0; i < 624; i++) {
      const uint32_t y = (twister[i] & 0x80000000u) | (twister[(i + 1) % 624] & 0x7fffffffu);
      twister[i] = twister[(i + 397) % 624] ^ y >> 1 ^ (y & 1 ? 0x9908b0dfu : 0);
    }
    position = 0;
  }
  uint32_t y = twister[position++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ y >> 18;
}

static double uniform(void) {  // between -1 and 1
  const uint32_t high = next() >> 5, low = next() >> 6;
  return -1 + 2 * ((high * 67108864.0 + low) / 9007199254740992.0);
}

// shares: 1 / samples; 0 in the lanes behind the last sample.
static Number inputs[2][lanes] ALIGNED, labels[lanes] ALIGNED, shares[lanes] ALIGNED;

static void makeSamples(Number otherLabel) {
  seed(1234);
  for (int i = 0; i < samples; i++) {
    const double x = uniform(), y = uniform();
    inputs[0][i] = (Number)x;
    inputs[1][i] = (Number)y;
    labels[i] = x * y > 0 ? 1 : otherLabel;
    shares[i] = (Number)1 / samples;
  }
}

static Number weight(int fanIn) { return (Number)(uniform() * sqrt(3.0 / fanIn)); }

static const Number rate = (Number)0.1;

// MARK: - W1: 2-2-1, mean squared error of a sigmoid

// Weights and biases of both layers, 9 of them. In one pass over the samples everything stays in registers.
static Number one[16] ALIGNED;

static void makeOne(void) {
  makeSamples(0);
  for (int i = 0; i < 4; i++) one[i] = weight(2);
  one[4] = one[5] = one[8] = (Number)0.01;
  for (int i = 6; i < 8; i++) one[i] = weight(2);
}

static Number stepOne(void) {
  Vector gradients[16] = {};  // in the order of the parameters, and the loss
  UNROLL for (int i = 0; i < lanes; i += width) {
    const Vector x0 = load(inputs[0] + i), x1 = load(inputs[1] + i);
    const Vector h0 = relu(one[0] * x0 + one[1] * x1 + one[4]), h1 = relu(one[2] * x0 + one[3] * x1 + one[5]);
    const Vector y = vectorSigmoid(one[6] * h0 + one[7] * h1 + one[8]);
    const Vector error = y - load(labels + i), shared = load(shares + i) * error;
    const Vector d = 2 * shared * (y * (1 - y)), d0 = where(h0 > 0, d * one[6]), d1 = where(h1 > 0, d * one[7]);
    gradients[0] += d0 * x0, gradients[1] += d0 * x1, gradients[2] += d1 * x0, gradients[3] += d1 * x1;
    gradients[4] += d0, gradients[5] += d1;
    gradients[6] += d * h0, gradients[7] += d * h1, gradients[8] += d, gradients[9] += shared * error;
  }
  Number loss = 0;
  UNROLL for (int i = 0; i < 10; i += width) {
    const Vector all = sums(width, gradients + i);
    if (9 - i < width) loss = all[(9 - i) & (width - 1)];
    store(one + i, load(one + i) - rate * all);
  }
  return loss;
}

// MARK: - W2: 2-16-16-1, mean hinge loss and a penalty

// A sample's 16 numbers follow each other. The second layer's weights are there twice, also turned around, so that sums go
// over broadcast numbers; the first layer's are turned around only.
enum { pieces = 16 / width, group = pieces < 4 ? 4 : 2 };
typedef Number Sixteen[16] ALIGNED;
static Sixteen a[2], biasA, b[16], turnedB[16], biasB, c;
static Number biasC;
static Sixteen hidden[lanes], upper[lanes], toUpper[lanes], toHidden[lanes];
static Number toScore[lanes] ALIGNED;

static void makeTwo(void) {
  makeSamples(-1);
  for (int i = 0; i < 16; i++) a[0][i] = weight(2), a[1][i] = weight(2), biasA[i] = (Number)0.01;
  for (int i = 0; i < 16; i++) {
    for (int k = 0; k < 16; k++) turnedB[k][i] = b[i][k] = weight(16);
    biasB[i] = (Number)0.01;
  }
  for (int i = 0; i < 16; i++) c[i] = weight(16);
  biasC = (Number)0.01;
}

// to = start + Σ from[k] · matrix[k] for a group of samples.
INLINE void multiply(const Number *start, const Sixteen *matrix, const Sixteen *from, Vector to[group][pieces]) {
  UNROLL for (int s = 0; s < group; s++) {
    UNROLL for (int p = 0; p < pieces; p++) to[s][p] = start ? load(start + p * width) : (Vector){};
  }
  UNROLL for (int k = 0; k < 16; k++) {
    UNROLL for (int p = 0; p < pieces; p++) {
      const Vector row = load(matrix[k] + p * width);
      UNROLL for (int s = 0; s < group; s++) to[s][p] += from[s][k] * row;
    }
  }
}

static void forward(void) {
  for (int i = 0; i < samples; i += group) {
    Vector sums[group][pieces];
    UNROLL for (int s = 0; s < group; s++) {
      UNROLL for (int p = 0; p < 16; p += width) {
        const Vector x = inputs[0][i + s] * load(a[0] + p) + inputs[1][i + s] * load(a[1] + p) + load(biasA + p);
        store(hidden[i + s] + p, relu(x));
      }
    }
    multiply(biasB, turnedB, hidden + i, sums);
    UNROLL for (int s = 0; s < group; s++) {
      UNROLL for (int p = 0; p < pieces; p++) store(upper[i + s] + p * width, relu(sums[s][p]));
    }
  }
}

// The loss without the penalty, and the gradients of the scores.
static Number scores(void) {
  Vector losses = {};
  for (int i = 0; i < lanes; i += width) {
    Vector products[width];
    UNROLL for (int s = 0; s < width; s++) {
      products[s] = load(upper[i + s]) * load(c);
      UNROLL for (int p = width; p < 16; p += width) products[s] += load(upper[i + s] + p) * load(c + p);
    }
    const Vector margin = 1 - load(labels + i) * (sums(width, products) + biasC);
    losses += load(shares + i) * relu(margin);
    store(toScore + i, where(margin > 0, -load(labels + i) * load(shares + i)));
  }
  return sum(losses);
}

static void backward(void) {
  for (int i = 0; i < samples; i += group) {
    Vector sums[group][pieces];
    UNROLL for (int s = 0; s < group; s++) {
      UNROLL for (int p = 0; p < 16; p += width) {
        store(toUpper[i + s] + p, where(load(upper[i + s] + p) > 0, toScore[i + s] * load(c + p)));
      }
    }
    multiply(NULL, b, toUpper + i, sums);
    UNROLL for (int s = 0; s < group; s++) {
      UNROLL for (int p = 0; p < pieces; p++) {
        store(toHidden[i + s] + p * width, where(load(hidden[i + s] + p * width) > 0, sums[s][p]));
      }
    }
  }
}

static const Number keep = 1 - (Number)0.1 * (Number)2e-4;

INLINE void moveVector(Number *parameters, Vector gradient) {
  store(parameters, keep * load(parameters) - rate * gradient);
}

static void moveSecondLayer(void) {
  enum { rows = 16 / pieces };
  UNROLL for (int first = 0; first < 16; first += rows) {
    Vector gradients[rows][pieces] = {};
    for (int s = 0; s < samples; s++) {
      UNROLL for (int p = 0; p < pieces; p++) {
        const Vector d = load(toUpper[s] + p * width);
        UNROLL for (int k = 0; k < rows; k++) gradients[k][p] += hidden[s][first + k] * d;
      }
    }
    UNROLL for (int k = 0; k < rows; k++) {
      UNROLL for (int p = 0; p < pieces; p++) moveVector(turnedB[first + k] + p * width, gradients[k][p]);
    }
  }
  UNROLL for (int i = 0; i < 16; i += width) {
    UNROLL for (int k = 0; k < 16; k += width) transpose(turnedB[k] + i, 16, b[i] + k, 16);
  }
}

static void moveOtherLayers(void) {
  UNROLL for (int p = 0; p < 16; p += width) {
    Vector sumsOf[5][2] = {};  // two of each, so that additions need not wait for each other
    for (int s = 0; s < samples; s += 2) {
      UNROLL for (int j = 0; j < 2; j++) {
        const Vector d = load(toHidden[s + j] + p);
        sumsOf[0][j] += inputs[0][s + j] * d;
        sumsOf[1][j] += inputs[1][s + j] * d;
        sumsOf[2][j] += d;
        sumsOf[3][j] += load(toUpper[s + j] + p);
        sumsOf[4][j] += toScore[s + j] * load(upper[s + j] + p);
      }
    }
    Number *const parameters[] = {a[0], a[1], biasA, biasB, c};
    UNROLL for (int i = 0; i < 5; i++) moveVector(parameters[i] + p, sumsOf[i][0] + sumsOf[i][1]);
  }
  Vector total = {};
  UNROLL for (int i = 0; i < lanes; i += width) total += load(toScore + i);
  biasC = keep * biasC - rate * sum(total);
}

static Number penalty(void) {
  const Number *const parts[] = {a[0], a[1], biasA, biasB, c};
  Vector squares[4] = {};
  UNROLL for (int i = 0; i < 256; i += width) squares[i / width % 4] += load(b[0] + i) * load(b[0] + i);
  UNROLL for (int i = 0; i < 5; i++) {
    UNROLL for (int p = 0; p < 16; p += width) squares[i % 4] += load(parts[i] + p) * load(parts[i] + p);
  }
  return (Number)1e-4 * (sum((squares[0] + squares[1]) + (squares[2] + squares[3])) + biasC * biasC);
}

static Number stepTwo(void) {
  forward();
  const Number loss = scores() + penalty();
  backward();
  moveSecondLayer();
  moveOtherLayers();
  return loss;
}

// MARK: - Measuring

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **arguments) {
  const bool isOne = count == 3 && strcmp(arguments[1], "W1") == 0;
  if (count != 3 || (!isOne && strcmp(arguments[1], "W2") != 0) || !(atof(arguments[2]) > 0)) {
    fprintf(stderr, "usage: by_hand W1|W2 SECONDS\n");
    return 2;
  }
  Number (*const step)(void) = isOne ? stepOne : stepTwo;
  (isOne ? makeOne : makeTwo)();
  Number loss = 0;
  for (int i = 0; i < 100; i++) loss = step();

  const int steps = isOne ? 20000 : 1000;  // some milliseconds
  enum { most = 100000 };
  static double times[most];
  int measured = 0;
  volatile Number kept;
  for (double end = now() + atof(arguments[2]); measured < most && (measured < 5 || now() < end); measured++) {
    const double start = now();
    for (int i = 0; i < steps; i++) kept = step();
    times[measured] = (now() - start) / steps * 1e6;
  }
  (void)kept;
  qsort(times, (size_t)measured, sizeof(double), compare);
  printf("{\"us_min\": %.9g, \"us_median\": %.9g, \"loss\": %.17g}\n", times[0], times[measured / 2], (double)loss);
}
