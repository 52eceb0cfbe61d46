// Carries out a step's instructions, one after the other.

static void carryOut(const Context *context, const MGInstruction *in, int32_t count) {
  for (const MGInstruction *end = in + count; in < end; in++) {
    switch (in->kind) {
      case MGKindMap: map(context, in); break;
      case MGKindVjpLeft: case MGKindVjpRight: vjp(context, in); break;
      case MGKindTableMap: case MGKindTableVjpLeft: case MGKindTableVjpRight: tableCall(context, in); break;
      case MGKindSum: sumTerms(context, in); break;
      case MGKindReduce: reduce(context, in); break;
      case MGKindDense: dense(context, in); break;
      case MGKindDenseInputs: denseInputs(context, in); break;
      case MGKindDenseWeights: denseWeights(context, in); break;
      case MGKindZero: zero(context, in); break;
      case MGKindSquares: squares(context, in); break;
      case MGKindScale: scaleElements(context, in); break;
      case MGKindMove: moveParameters(context, in); break;
      case MGKindBarrier:
        if (context->parts > 1) mg_team_wait(context->team);
        break;
    }
  }
}

void MG_RUN(const MGStep *step, int32_t part, int32_t parts, MGTeam *team) {
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
