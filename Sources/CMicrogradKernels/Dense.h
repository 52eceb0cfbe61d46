// A layer forward, and the gradient back to its inputs.

typedef struct {
  Prepared base;
  Product product;
} PreparedProduct;

#define FEW(rows, sum) \
  NOINLINE void few##rows##by##sum(Prepared *p) { productOfFew(rows, sum, &((PreparedProduct *)p)->product); }
FEW(1, 1) FEW(1, 2) FEW(1, 3) FEW(1, 4) FEW(2, 1) FEW(2, 2) FEW(2, 3) FEW(2, 4)
#undef FEW
static void (*const few[mostRowsOfFew][mostSumOfFew])(Prepared *) = {
    {few1by1, few1by2, few1by3, few1by4}, {few2by1, few2by2, few2by3, few2by4}};

NOINLINE void productAlongSum(Prepared *p) { blockedProduct(alongSum, ((PreparedProduct *)p)->product); }
NOINLINE void productAlongRows(Prepared *p) { blockedProduct(alongRows, ((PreparedProduct *)p)->product); }

INLINE void prepareProduct(const Layout layout, Product product, PreparedProduct *p) {
  p->product = product;
  p->base.run = isOfFew(&product)        ? few[product.rows - 1][product.sum - 1]
                : layout == alongSum ? productAlongSum
                                     : productAlongRows;
}

INLINE void prepareDense(const Context *context, const MGInstruction *in, PreparedProduct *p) {
  const Share share = shareOfRows(context, in);
  const Number *bias = optional(context, in->y);
  const long stride = share.stride;
  prepareProduct(alongSum, (Product){
      .a = address(context, in->a) + share.row * in->inner, .aRow = in->inner, .aSum = 1,
      .b = address(context, in->b) + share.vector * width, .bStride = stride,
      .c = address(context, in->c) + start(&share), .cStride = stride,
      .bias = bias ? bias + share.row : NULL,
      .relu = in->flags & MGFlagRelu,
      .finish = {in->flags & MGFlagAccumulates, 1, 1},
      .rows = share.rows, .vectors = share.vectors, .sum = in->inner}, p);
}

// The same with the weights turned around, which only changes the steps between them.
INLINE void prepareDenseInputs(const Context *context, const MGInstruction *in, PreparedProduct *p) {
  MGInstruction turned = *in;
  turned.rows = in->inner;
  const Share share = shareOfRows(context, &turned);
  const long stride = share.stride;
  prepareProduct(alongRows, (Product){
      .a = address(context, in->a) + share.row, .aRow = 1, .aSum = in->inner,
      .b = address(context, in->d) + share.vector * width, .bStride = stride,
      .c = address(context, in->c) + start(&share), .cStride = stride,
      .mask = in->flags & MGFlagMasked ? address(context, in->b) + start(&share) : NULL,
      .finish = {in->flags & MGFlagAccumulates, 1, 1},
      .rows = share.rows, .vectors = share.vectors, .sum = in->rows}, p);
}
