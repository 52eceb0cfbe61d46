import CMicrogradNode

/// Numbers that adjoints can be: `Double` in a plain backward pass; `Value` where the pass itself is recorded, so that its
/// results can be differentiated once more.
protocol Adjoint: RuleNumber {
  init(_ number: Double)
  /// Whether anything depends on what it hands on.
  var handsOn: Bool { get }
  /// A mark that an operation let nothing through: it is not added.
  var isStopped: Bool { get }
}

extension Double: Adjoint {
  var handsOn: Bool { self != 0 }
  var isStopped: Bool { false }
}

extension Value: Adjoint {
  /// A computed 0 may have a derivative that is not 0.
  var handsOn: Bool { true }
  /// A rule that lets nothing through selects the constant 0. The next derivative, which may be infinite, is not to be
  /// multiplied by it.
  var isStopped: Bool { operation == .leaf && data == 0 }
}

extension Dependencies {
  /// Whether a path leads through an operation whose derivative depends on the numbers at hand.
  var chooseDerivatives: Bool {
    cells.indices.contains { index in
      cells[index].operation.choosesDerivative
        && operands[Int(starts[index])..<Int(starts[index + 1])].contains { $0 >= 0 }
    }
  }

  /// The derivatives of the last cell with respect to each, kept aside instead of in `grad`; nil where nothing arrived.
  ///
  /// - Parameter lift: What a cell's number is in the computation.
  func adjoints<S: Adjoint>(seed: S, lift: (Cell) -> S) -> [S?] {
    [S?](unsafeUninitializedCapacity: cells.count) { sums, count in
      sums.initialize(repeating: nil)
      count = cells.count
      if cells.isEmpty { return }
      sums[cells.count - 1] = seed
      withoutActuallyEscaping(lift) { lift in
        for (i, cell) in cells.enumerated().reversed() where !cell.isLeaf {
          guard let adjoint = sums[i], adjoint.handsOn else { continue }
          let parts = AdjointParts(
            cell: cell, d: adjoint, lift: lift, operands: operands[Int(starts[i])..<Int(starts[i + 1])])
          parts.forEach { part, position in
            if !part.isStopped { sums[Int(position)] = sums[Int(position)].map { $0 + part } ?? part }
          }
        }
      }
    }
  }
}

/// The parts of the adjoint of a cell that go to its operands.
private struct AdjointParts<S: Adjoint>: RuleReader {
  let cell: Cell, d: S, lift: (Cell) -> S
  /// Their positions, -1 for one that needs no part.
  let operands: ArraySlice<Int32>

  var a: S {
    if let number = cell.number, number.isFirst { return S(number.value) }
    return lift(cell.pointee.left)
  }
  var b: S {
    guard let number = cell.number else { return lift(cell.pointee.right) }
    return number.isFirst ? lift(cell.pointee.left) : S(number.value)
  }
  var y: S { lift(cell) }

  func forEach(_ add: (S, Int32) -> Void) {
    if cell.operation == .dot { return forEachOfDot(add) }
    if let addend = cell.addend { return forEachOfSum(addend, add) }
    forEach(of: cell.operation, add)
  }

  private func forEach(of operation: Operation, _ add: (S, Int32) -> Void) {
    let (toA, toB) = read(operation)
    if let toA { add(toA, operands[operands.startIndex]) }
    if let toB { add(toB, operands[operands.endIndex - 1]) }
  }

  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> S, _ toA: @autoclosure () -> S,
    _ toB: @autoclosure () -> S
  ) -> (toA: S?, toB: S?) {
    let number = cell.number
    let needsA = form != .none && number?.isFirst != true && operands[operands.startIndex] >= 0
    let hasB = form.reachesB && (number?.isFirst ?? (operands.count == 2))
    let needsB = hasB && operands[operands.endIndex - 1] >= 0
    return (needsA ? toA() : nil, needsB ? toB() : nil)
  }

  /// The part of the addend, and those of the product's operands.
  private func forEachOfSum(_ addend: (cell: Cell, isFirst: Bool), _ add: (S, Int32) -> Void) {
    let place = addend.isFirst ? operands.startIndex : operands.endIndex - 1
    if operands[place] >= 0 { add(PartOfSum(d: d, isFirst: addend.isFirst).read(cell.operation), operands[place]) }
    let factors = addend.isFirst ? operands.dropFirst() : operands.dropLast()
    guard factors.contains(where: { $0 >= 0 }) else { return }
    let toProduct = PartOfSum(d: d, isFirst: !addend.isFirst).read(cell.operation)
    AdjointParts(cell: cell, d: toProduct, lift: lift, operands: factors).forEach(of: .multiply, add)
  }

  /// The bias first, then each weight and each input.
  private func forEachOfDot(_ add: (S, Int32) -> Void) {
    var next = operands.startIndex
    func addNext(_ part: () -> S) {
      if operands[next] >= 0 { add(part(), operands[next]) }
      next += 1
    }
    if cell.pointee.left != cell { addNext { d } }
    let (weights, inputs) = DotProduct.operands(of: cell)
    for (weight, input) in zip(weights, inputs) {
      addNext { d * lift(input.cell) }
      addNext { d * lift(weight.cell) }
    }
  }
}

/// The part of an adjoint of a sum or a difference that goes to one of its operands, whose numbers do not matter.
private struct PartOfSum<S: Adjoint>: RuleReader {
  let d: S, isFirst: Bool

  var a: S { d }
  var b: S { d }
  var y: S { d }

  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> S, _ toA: @autoclosure () -> S,
    _ toB: @autoclosure () -> S
  ) -> S { isFirst ? toA() : toB() }
}
