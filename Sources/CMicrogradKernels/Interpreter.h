// Carries out a step's instructions, one after the other.

typedef union __attribute__((aligned(64))) {
  Prepared base;
  PreparedProduct product;
  PreparedWeights weights;
} AnyPrepared;

// Kernels that have nothing to prepare.
NOINLINE void carryOutUnprepared(Prepared *p) {
  const Context *context = p->context;
  const MGInstruction *in = p->in;
  switch (in->kind) {
    case MGKindTableMap: case MGKindTableVjpLeft: case MGKindTableVjpRight: tableCall(context, in); break;
    case MGKindSum: case MGKindMaximum: sumTerms(context, in); break;
    case MGKindZero: zero(context, in); break;
    case MGKindSquares: squares(context, in); break;
    case MGKindScale: scaleElements(context, in); break;
    case MGKindMove: moveParameters(context, in); break;
    case MGKindBarrier:
      if (context->parts > 1) mg_team_wait(context->team);
      break;
    default: break;  // prepared
  }
}

NOINLINE void prepare(const Context *context, const MGInstruction *in, AnyPrepared *p) {
  p->base.context = context;
  p->base.in = in;
  p->base.run = carryOutUnprepared;
  switch (in->kind) {
    case MGKindMap: prepareMap(context, in, &p->base); break;
    case MGKindVjpLeft: case MGKindVjpRight: prepareVjp(context, in, &p->base); break;
    case MGKindSum:
      if (in->terms == 1 && in->rows == 1 && !(in->flags & MGFlagStepped)) prepareOneTerm(context, in, &p->base);
      break;
    case MGKindReduce: prepareReduce(context, in, &p->base); break;
    case MGKindDense: prepareDense(context, in, &p->product); break;
    case MGKindDenseInputs: prepareDenseInputs(context, in, &p->product); break;
    case MGKindDenseWeights: prepareDenseWeights(context, in, &p->weights); break;
    default: break;
  }
}

static void carryOut(const Context *context, const MGInstruction *in, int32_t count) {
  AnyPrepared prepared;
  for (const MGInstruction *end = in + count; in < end; in++) {
    prepare(context, in, &prepared);
    prepared.base.run(&prepared.base);
  }
}

static void run(const MGStep *step, int32_t part, int32_t parts, MGTeam *team) {
  Context context = {step, step->memory, step->data, part, parts, team, 0, 0};
  context.vectors = shareOf(&context, MGSpanLanes, step->lanes / width, &context.vector);
  carryOut(&context, step->prologue, step->prologueCount);
  for (int32_t i = 0; i < step->blocks; i++) {
    carryOut(&context, step->block, step->blockCount);
    context.data += step->blockStride;
  }
  context.data = step->data;
  carryOut(&context, step->epilogue, step->epilogueCount);
}

// MARK: - Steps that are taken time and again

// All instructions of a step of one block for one thread, prepared.
struct __attribute__((aligned(64))) MGPreparedStep {
  Context context;
  int32_t count;
  AnyPrepared instructions[];
};

INLINE void append(MGPreparedStep *p, const MGInstruction *in, int32_t count) {
  for (const MGInstruction *end = in + count; in < end; in++) {
    if (in->kind != MGKindBarrier) prepare(&p->context, in, &p->instructions[p->count++]);
  }
}

static void prepareStep(const MGStep *step, MGPreparedStep *p) {
  p->context = (Context){step, step->memory, step->data, 0, 1, NULL, 0, step->lanes / width};
  p->count = 0;
  append(p, step->prologue, step->prologueCount);
  append(p, step->block, step->blockCount);
  append(p, step->epilogue, step->epilogueCount);
}

static void runPrepared(MGPreparedStep *p) {
  for (AnyPrepared *i = p->instructions, *end = i + p->count; i < end; i++) i->base.run(&i->base);
}

const MGInterpreter MG_INTERPRETER = {
    run, prepareStep, runPrepared, sizeof(MGPreparedStep), sizeof(AnyPrepared)};
