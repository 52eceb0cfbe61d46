import CMicrogradNode

extension UnsafeMutablePointer<MGCell> {
  /// The derivatives of this cell by all cells that it was computed from, kept aside instead of in `grad`.
  ///
  /// With `Double` it is a plain backward pass. With `Value` the pass itself is recorded, and its results can be
  /// differentiated once more; a derivative of 0 is handed on then, because its own derivative may not be 0.
  ///
  /// - Parameter lift: What a cell's number is in the computation.
  func adjoints<S: Scalar>(seed: S, lift: (Cell) -> S) -> [Cell: S] {
    var adjoints: [Cell: S] = [self: seed]
    func add(_ cell: Cell, _ part: S) { adjoints[cell] = adjoints[cell].map { $0 + part } ?? part }
    for cell in computedCellsInOrder().reversed() {
      guard let adjoint = adjoints[cell], S.handsOnZeros || adjoint.data != 0 else { continue }
      let left = cell.pointee.left, right = cell.pointee.right
      if cell.operation == .dot {
        DotProduct.forEachPart(of: cell, adjoint, lift, add)
      } else {
        cell.operation.pullBack(
          adjoint, lift(left), lift(right), lift(cell),
          left: { add(left, $0) }, right: { add(right, $0) })
      }
    }
    return adjoints
  }
}

extension DotProduct {
  /// Calls `add` with the part of an adjoint that goes to the bias, to each weight and to each input.
  fileprivate static func forEachPart<S: Scalar>(
    of cell: Cell, _ adjoint: S, _ lift: (Cell) -> S, _ add: (Cell, S) -> Void
  ) {
    if cell.pointee.left != cell { add(cell.pointee.left, adjoint) }
    let (weights, inputs) = operands(of: cell)
    for (weight, input) in zip(weights, inputs) {
      add(weight.cell, adjoint * lift(input.cell))
      add(input.cell, adjoint * lift(weight.cell))
    }
  }
}
