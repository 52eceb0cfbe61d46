// The state of a part of a step, and the part's share of an instruction.

typedef struct Context {
  const MGStep *step;
  Number *memory, *data;  // data: the current block's
  int32_t part, parts;
  MGTeam *team;
  long vector, vectors;  // this part's share of the vectors of each row
} Context;

INLINE Number *address(const Context *context, MGOperand o) {
  return o >= 0 ? context->memory + o : context->data + ~o;
}
INLINE Number *optional(const Context *context, MGOperand o) {
  return o == MG_NONE ? NULL : address(context, o);
}

// `rows` rows from `row` on, `stride` elements apart, and of each the vectors from `vector` on.
typedef struct {
  long row, rows, vector, vectors, stride;
} Share;

INLINE long start(const Share *share) { return share->row * share->stride + share->vector * width; }

// Returns the size of this part's share of `count` things; it begins at `first`.
INLINE long shareOf(const Context *context, MGSpan span, long count, long *first) {
  if (span == MGSpanOnce || context->parts == 1) {
    *first = 0;
    return context->part == 0 ? count : 0;
  }
  *first = count * context->part / context->parts;
  return count * (context->part + 1) / context->parts - *first;
}

INLINE Share shareOfRows(const Context *context, const MGInstruction *in) {
  const long stride = context->step->stride;
  if (in->span == MGSpanLanes) return (Share){0, in->rows, context->vector, context->vectors, stride};
  Share share = {.vectors = context->step->lanes / width, .stride = stride};
  share.rows = shareOf(context, in->span, in->rows, &share.row);
  return share;
}

INLINE long timesOf(const MGInstruction *in) { return in->times > 1 ? in->times : 1; }

// For kernels whose rows, if the span is Once, are uniforms.
INLINE Share shareOfRowsOrUniforms(const Context *context, const MGInstruction *in) {
  if (in->span == MGSpanOnce) return (Share){0, context->part == 0 ? in->rows : 0, 0, 1, width};
  return shareOfRows(context, in);
}
