// The kernels that compiled programs run on: a list of instructions over rows of numbers, carried out for Float and
// Double with the widest vectors that the processor has. Which instructions, and where things lie, the compiler
// decides (MicrogradCompiler, in Swift); here is only how to do them fast.
//
// A *row* holds one number for each of a block's `lanes` (samples), `stride` elements from one row to the next; rows
// that belong together, such as a layer's outputs, follow each other. A *uniform* is one number for all lanes.
// Lanes beyond the last sample repeat a sample's data; their adjoints and masks are 0.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "MGFunction.h"

#pragma clang assume_nonnull begin

// The location of an operand: o >= 0 is element o of the program's memory, o < 0 is element ~o of the block's data.
typedef int32_t MGOperand;
enum { MG_NONE = INT32_MAX };

// The most terms that a kernel adds for a row before it goes on to the next. Of longer sums all rows get their first terms
// before any of them gets the others, so that no row may overwrite an operand of another.
enum { MG_MOST_TERMS_AT_ONCE = 64 };

typedef enum __attribute__((enum_extensibility(closed))) MGKind : uint8_t {
  // c = f(a, b), `rows` rows.
  MGKindMap,
  // Vector-Jacobian products: c = d · ∂f/∂a, or d · ∂f/∂b, with y = f(a, b) given; 0 where d is 0 or the function lets
  // nothing through. `rows`
  // rows.
  MGKindVjpLeft,
  MGKindVjpRight,
  // The same for a function without a kernel, by the context's `table`; `function` is the engine's operation.
  MGKindTableMap,
  MGKindTableVjpLeft,
  MGKindTableVjpRight,
  // c = x + Σ terms[inner ..< inner + terms], `rows` rows.
  MGKindSum,
  // c = the greatest of a in terms[inner ..< inner + terms], `rows` rows. NaN if one is.
  MGKindMaximum,
  // c[r] = x · Σ over lanes of a[r] · b · d, for `rows` uniforms c; b and d may be MG_NONE. Lanes with a = 0, or with
  // `masked` b = 0, add nothing.
  MGKindReduce,
  // c[r] = bias[r] + Σ a[r][k] · b[k]: `rows` outputs, `inner` inputs, weights a packed [rows][inner]; y: bias or MG_NONE.
  MGKindDense,
  // c[k] = Σ a[r][k] · d[r]: the gradients of a layer's inputs. With `masked`, 0 where row b[k] <= 0.
  MGKindDenseInputs,
  // c[r][k] = Σ over lanes of d[r] · b[k], y[r] = Σ over lanes of d[r] (y: bias or MG_NONE). Lanes with d[r] = 0 add
  // nothing, even if b[k] is infinite or NaN.
  // With `updates`, c and y are parameters, and p = p·(1 - rate·x) - rate·Σ.
  MGKindDenseWeights,
  // c = 0, `inner` elements.
  MGKindZero,
  // c[0] = x · Σ a[i]², `inner` elements.
  MGKindSquares,
  // c[i] = x · a[i], `inner` elements.
  MGKindScale,
  // Moves the parameters c by the gradients a, `inner` elements, as the context's optimizer says. b, d: its state.
  MGKindMove,
  // Threads wait for each other.
  MGKindBarrier,
} MGKind;

// The part of the work that a thread takes.
typedef enum __attribute__((enum_extensibility(closed))) MGSpan : uint8_t {
  MGSpanLanes,  // a share of the vectors of each row
  MGSpanRows,   // a share of the rows or elements
  MGSpanOnce,   // all of it, on one thread; if `rows` are uniforms rather than rows, each is one vector wide
} MGSpan;

typedef enum : uint8_t {
  MGFlagAccumulates = 1,  // c += instead of c =
  MGFlagLeftUniform = 2,  // a is a uniform
  MGFlagRightUniform = 4, // b is a uniform
  MGFlagRelu = 8,         // dense: ReLU on the results
  MGFlagMasked = 16,
  MGFlagUpdates = 32,
  MGFlagStepped = 64,     // rows lie as `row` and `time` say, not one after the other
} MGFlag;

// Elements from one row of each operand to the next: 0 for the same row again.
typedef struct MGSteps {
  int32_t a, b, c, d, y;
} MGSteps;

typedef struct MGInstruction {
  MGKind kind;
  MGSpan span;
  uint8_t function, flags;
  int32_t rows, inner;
  MGOperand a, b, c, d, y;
  double x;
  // Sums and maxima: the number of terms.
  int32_t terms;
  // Layers and their gradients: the number of positions that share the weights. Each row of the inputs, the outputs and their
  // gradients is one row for each position, without a gap (lanes = stride). Sums of weights are over positions and lanes.
  // Functions, their VJPs, sums and maxima that are stepped: all rows once more, that many times, from `time` on.
  // 0 counts as 1.
  int32_t times;
  // Stepped functions, VJPs, sums and maxima have the span Lanes, and their uniforms no steps. Of stepped reductions, `row.a` alone
  // counts. No row must need the result of another one.
  MGSteps row, time;
} MGInstruction;

// factor · a · b. With `skipsZeros`, 0 where a is 0, even if b is infinite or NaN.
typedef struct MGTerm {
  double factor;
  MGOperand a, b;  // b: MG_NONE for factor · a
  bool leftUniform, rightUniform, skipsZeros;
  // Elements from a row's operands to those of the next row, and from one time to the next.
  int32_t aRow, bRow, aTime, bTime;
} MGTerm;

typedef enum __attribute__((enum_extensibility(closed))) MGRule : uint8_t {
  MGRuleSgd,       // p -= rate · (g + decay·p)
  MGRuleMomentum,  // v = momentum·v + g + decay·p; p -= rate · v; `nesterov`: g + decay·p + momentum·v instead of v. b: v
  MGRuleAdam,      // b: running means, d: running means of squares
} MGRule;

typedef struct MGOptimizer {
  MGRule rule;
  bool nesterov;
  bool decoupled;  // Adam: p *= 1 - rate·decay first, rather than g += decay·p
  double rate, decay, momentum;
  double beta1, beta2, epsilon;
  double meanCorrection, squareCorrection;  // 1 - βᵗ
} MGOptimizer;

// Called for functions without a kernel: `count` numbers; which: 0 the value, 1 and 2 the VJPs. Operands of stride 0
// are uniforms. isDouble: the pointers point to Double rather than Float.
typedef void (*MGTable)(
    uint8_t operation, uint8_t which, bool isDouble, int32_t count, const void *a, int32_t strideA,
    const void *_Nullable b, int32_t strideB, const void *_Nullable y, const void *_Nullable d, void *c,
    bool accumulates);

// A program's step: `prologue` once, `block` once for each block of lanes, `epilogue` once.
typedef struct MGStep {
  const MGInstruction *_Nullable prologue, *_Nullable block, *_Nullable epilogue;
  int32_t prologueCount, blockCount, epilogueCount;
  const MGTerm *_Nullable terms;
  int32_t blocks;
  int32_t lanes;         // numbers in a row, a multiple of the vector length
  int32_t stride;        // elements from one row to the next, likewise; elements between rows are not touched
  int64_t blockStride;   // elements of data from one block to the next
  void *memory;          // aligned to 64 bytes, like data
  void *_Nullable data;
  MGOptimizer optimizer;
  MGTable table;
} MGStep;

// Threads that wait, spinning for some microseconds and then asleep, for something to do together.
typedef struct MGTeam MGTeam;
// nil if no thread can be had. `threads` counts the caller's.
MGTeam *_Nullable mg_team_create(int32_t threads);
void mg_team_destroy(MGTeam *team);

// A step whose instructions are ready to be carried out, on one thread.
typedef struct MGPreparedStep MGPreparedStep;

// The kernels for one type of number.
typedef struct MGInterpreter {
  void (*run)(const MGStep *, int32_t part, int32_t parts, MGTeam *_Nullable);
  void (*prepare)(const MGStep *, MGPreparedStep *);
  void (*runPrepared)(MGPreparedStep *);
  int32_t preparedSize, preparedInstructionSize;  // bytes, multiples of 64
} MGInterpreter;

typedef struct MGKernels {
  const char *name;  // "avx512", "avx2", "baseline", "neon"
  int32_t vectorOfDoubles, vectorOfFloats;
  const MGInterpreter *doubles, *floats;
} MGKernels;

// The kernels of that name, or the best ones if nil; nil if this processor cannot run them or there are none such.
const MGKernels *_Nullable mg_kernels(const char *_Nullable name);

// Prepares a step: works out addresses, shares and loops, which takes longer than a short loop itself. NULL if it has several
// blocks, or if there is no memory. The step must stay where it is, with the same instructions, terms, memory and data;
// their numbers and the optimizer may change. To be freed by mg_prepared_destroy.
MGPreparedStep *_Nullable mg_prepare(const MGKernels *kernels, bool isDouble, const MGStep *step);
void mg_prepared_destroy(MGPreparedStep *_Nullable prepared);
void mg_prepared_step(const MGKernels *kernels, bool isDouble, MGPreparedStep *prepared);

// Takes one step, on all threads of the team. Results do not depend on their number, nor on whether the step was prepared.
void mg_step(const MGKernels *kernels, bool isDouble, const MGStep *step, MGTeam *_Nullable team);

#pragma clang assume_nonnull end
