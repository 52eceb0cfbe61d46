// Kernels over packed parameters: zeroing, scaling, and the steps of optimizers, as UpdateRule.swift defines them.

// This part's share of `inner` elements, whole vectors but for the last one.
INLINE long shareOfElements(const Context *context, const MGInstruction *in, long *first) {
  const long vectors = shareOf(context, in->span, (in->inner + width - 1) / width, first);
  *first *= width;
  const long rest = in->inner - *first;
  return vectors * width < rest ? vectors * width : rest;
}

NOINLINE void zero(const Context *context, const MGInstruction *in) {
  long first;
  const long count = shareOfElements(context, in, &first);
  __builtin_memset(address(context, in->c) + first, 0, count * sizeof(Number));
}

NOINLINE void scaleElements(const Context *context, const MGInstruction *in) {
  long first;
  const long count = shareOfElements(context, in, &first);
  const Number *a = address(context, in->a) + first, x = (Number)in->x;
  Number *c = address(context, in->c) + first;
  const bool accumulates = in->flags & MGFlagAccumulates;
  for (long i = 0; i < count; i++) c[i] = accumulates ? c[i] + x * a[i] : x * a[i];
}

// The optimizer's numbers, in the type that is computed in.
typedef struct {
  bool nesterov, decoupled;
  Number rate, decay, momentum, beta1, beta2, epsilon, meanCorrection, squareCorrection;
} Optimizer;

// One step of parameters p with gradients g; v and s are their state.
INLINE void moveVector(const MGRule rule, const Optimizer *by, Vector *p, Vector g, Vector *v, Vector *s) {
  switch (rule) {
    case MGRuleSgd:
      *p -= by->rate * (g + by->decay * *p);
      break;
    case MGRuleMomentum:
      g += by->decay * *p;
      *v = by->momentum * *v + g;
      *p -= by->rate * (by->nesterov ? g + by->momentum * *v : *v);
      break;
    case MGRuleAdam:
      if (by->decoupled) *p *= 1 - by->rate * by->decay;
      else g += by->decay * *p;
      *v = by->beta1 * *v + (1 - by->beta1) * g;
      *s = by->beta2 * *s + (1 - by->beta2) * g * g;
      *p -= by->rate * (*v / by->meanCorrection) /
            (__builtin_elementwise_sqrt(*s / by->squareCorrection) + by->epsilon);
      break;
  }
}

INLINE void moveBy(const MGRule rule, const Optimizer *by, long count, Number *p, const Number *g, Number *v,
                   Number *s) {
  const bool hasV = rule != MGRuleSgd, hasS = rule == MGRuleAdam;
  Vector x, velocity = {}, square = {};
  long i = 0;
  for (; i + width <= count; i += width) {
    x = load(p + i);
    if (hasV) velocity = load(v + i);
    if (hasS) square = load(s + i);
    moveVector(rule, by, &x, load(g + i), &velocity, &square);
    store(p + i, x);
    if (hasV) store(v + i, velocity);
    if (hasS) store(s + i, square);
  }
  const long rest = count - i;
  if (rest == 0) return;
  x = loadFirst(rest, p + i);
  if (hasV) velocity = loadFirst(rest, v + i);
  if (hasS) square = loadFirst(rest, s + i);
  moveVector(rule, by, &x, loadFirst(rest, g + i), &velocity, &square);
  storeFirst(rest, p + i, x);
  if (hasV) storeFirst(rest, v + i, velocity);
  if (hasS) storeFirst(rest, s + i, square);
}

NOINLINE void moveParameters(const Context *context, const MGInstruction *in) {
  long first;
  const long count = shareOfElements(context, in, &first);
  const MGOptimizer *o = &context->step->optimizer;
  const Optimizer by = {o->nesterov, o->decoupled, o->rate,           o->decay,           o->momentum,
                        o->beta1,    o->beta2,     o->epsilon, o->meanCorrection, o->squareCorrection};
  Number *p = address(context, in->c) + first, *g = address(context, in->a) + first;
  Number *v = optional(context, in->b), *s = optional(context, in->d);
  switch (o->rule) {
    case MGRuleSgd: moveBy(MGRuleSgd, &by, count, p, g, NULL, NULL); break;
    case MGRuleMomentum: moveBy(MGRuleMomentum, &by, count, p, g, v + first, NULL); break;
    case MGRuleAdam: moveBy(MGRuleAdam, &by, count, p, g, v + first, s + first); break;
  }
}
