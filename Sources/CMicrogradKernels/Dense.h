// A layer forward, and the gradient back to its inputs.

NOINLINE void dense(const Context *context, const MGInstruction *in) {
  const Share share = shareOfRows(context, in);
  const Number *bias = optional(context, in->y);
  const long stride = share.stride;
  blockedProduct(alongSum, (Product){
      .a = address(context, in->a) + share.row * in->inner, .aRow = in->inner, .aSum = 1,
      .b = address(context, in->b) + share.vector * width, .bStride = stride,
      .c = address(context, in->c) + start(&share), .cStride = stride,
      .bias = bias ? bias + share.row : NULL,
      .relu = in->flags & MGFlagRelu,
      .finish = {in->flags & MGFlagAccumulates, 1, 1},
      .rows = share.rows, .vectors = share.vectors, .sum = in->inner});
}

// The same with the weights turned around, which only changes the steps between them.
NOINLINE void denseInputs(const Context *context, const MGInstruction *in) {
  MGInstruction turned = *in;
  turned.rows = in->inner;
  const Share share = shareOfRows(context, &turned);
  const long stride = share.stride;
  blockedProduct(alongRows, (Product){
      .a = address(context, in->a) + share.row, .aRow = 1, .aSum = in->inner,
      .b = address(context, in->d) + share.vector * width, .bStride = stride,
      .c = address(context, in->c) + start(&share), .cStride = stride,
      .mask = in->flags & MGFlagMasked ? address(context, in->b) + start(&share) : NULL,
      .finish = {in->flags & MGFlagAccumulates, 1, 1},
      .rows = share.rows, .vectors = share.vectors, .sum = in->rows});
}
