// A layer forward, and the gradient back to its inputs.

typedef struct {
  Prepared base;
  Product product;
  long times, timeStep;  // the same product for several positions
} PreparedProduct;

// Goes on to the next position.
INLINE bool nextPosition(Product *p, long *times, long step) {
  if (--*times <= 0) return false;
  p->b += step;
  p->c += step;
  if (p->mask) p->mask += step;
  return true;
}

#define EACH_POSITION(prepared, body)                            \
  const PreparedProduct *all = (PreparedProduct *)(prepared);    \
  Product p = all->product;                                      \
  long times = all->times;                                       \
  do { body; } while (nextPosition(&p, &times, all->timeStep));

#define FEW(rows, sum) \
  NOINLINE void few##rows##by##sum(Prepared *prepared) { EACH_POSITION(prepared, productOfFew(rows, sum, &p)) }
FEW(1, 1) FEW(1, 2) FEW(1, 3) FEW(1, 4) FEW(2, 1) FEW(2, 2) FEW(2, 3) FEW(2, 4)
#undef FEW
static void (*const few[mostRowsOfFew][mostSumOfFew])(Prepared *) = {
    {few1by1, few1by2, few1by3, few1by4}, {few2by1, few2by2, few2by3, few2by4}};

NOINLINE void productAlongSum(Prepared *prepared) { EACH_POSITION(prepared, blockedProduct(alongSum, p)) }
NOINLINE void productAlongRows(Prepared *prepared) { EACH_POSITION(prepared, blockedProduct(alongRows, p)) }

// Rows of `times` positions, `stride` elements each. On one thread, which has all vectors of each, they are long rows.
INLINE void prepareProduct(const Layout layout, Product product, long times, long stride, PreparedProduct *p) {
  const bool isOneRow = times > 1 && product.vectors * width == stride;
  if (isOneRow) product.vectors *= times;
  p->times = isOneRow ? 1 : times;
  p->timeStep = stride;
  p->product = product;
  p->base.run = isOfFew(&product)        ? few[product.rows - 1][product.sum - 1]
                : layout == alongSum ? productAlongSum
                                     : productAlongRows;
}

INLINE void prepareDense(const Context *context, const MGInstruction *in, PreparedProduct *p) {
  const Share share = shareOfRows(context, in);
  const Number *bias = optional(context, in->y);
  const long times = timesOf(in), stride = times * share.stride, first = share.row * stride + share.vector * width;
  prepareProduct(alongSum, (Product){
      .a = address(context, in->a) + share.row * in->inner, .aRow = in->inner, .aSum = 1,
      .b = address(context, in->b) + share.vector * width, .bStride = stride,
      .c = address(context, in->c) + first, .cStride = stride,
      .bias = bias ? bias + share.row : NULL,
      .relu = in->flags & MGFlagRelu,
      .finish = {in->flags & MGFlagAccumulates, 1, 1},
      .rows = share.rows, .vectors = share.vectors, .sum = in->inner}, times, share.stride, p);
}

// The same with the weights turned around, which only changes the steps between them.
INLINE void prepareDenseInputs(const Context *context, const MGInstruction *in, PreparedProduct *p) {
  MGInstruction turned = *in;
  turned.rows = in->inner;
  const Share share = shareOfRows(context, &turned);
  const long times = timesOf(in), stride = times * share.stride, first = share.row * stride + share.vector * width;
  prepareProduct(alongRows, (Product){
      .a = address(context, in->a) + share.row, .aRow = 1, .aSum = in->inner,
      .b = address(context, in->d) + share.vector * width, .bStride = stride,
      .c = address(context, in->c) + first, .cStride = stride,
      .mask = in->flags & MGFlagMasked ? address(context, in->b) + first : NULL,
      .finish = {in->flags & MGFlagAccumulates, 1, 1},
      .rows = share.rows, .vectors = share.vectors, .sum = in->rows}, times, share.stride, p);
}
