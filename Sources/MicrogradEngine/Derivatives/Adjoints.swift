import CMicrogradNode

/// Numbers that adjoints can be: `Double` in a plain backward pass; `Value` where the pass itself is recorded, so that its
/// results can be differentiated once more.
protocol Adjoint: RuleNumber {
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

extension Cell {
  /// The derivatives of this cell with respect to all cells that it was computed from, kept aside instead of in `grad`.
  ///
  /// - Parameter lift: What a cell's number is in the computation.
  func adjoints<S: Adjoint>(seed: S, lift: @escaping (Cell) -> S) -> [Cell: S] {
    let adjoints = Adjoints(seed, of: self)
    for cell in computedCellsInOrder().reversed() {
      guard let adjoint = adjoints[cell], adjoint.handsOn else { continue }
      if cell.operation == .dot {
        DotProduct.forEachPart(of: cell, adjoint, lift, adjoints.add)
      } else {
        AdjointStep(cell: cell, d: adjoint, lift: lift, adjoints: adjoints).read(cell.operation)
      }
    }
    return adjoints.sums
  }
}

/// The sums so far.
private final class Adjoints<S: Adjoint> {
  private(set) var sums: [Cell: S]

  init(_ seed: S, of root: Cell) { sums = [root: seed] }

  subscript(cell: Cell) -> S? { sums[cell] }

  func add(_ cell: Cell, _ part: S) {
    if !part.isStopped { sums[cell] = sums[cell].map { $0 + part } ?? part }
  }
}

/// Hands the adjoint of a cell on to its operands.
private struct AdjointStep<S: Adjoint>: RuleReader {
  let cell: Cell, d: S, lift: (Cell) -> S, adjoints: Adjoints<S>

  var a: S { lift(cell.pointee.left) }
  var b: S { lift(cell.pointee.right) }
  var y: S { lift(cell) }

  func rule(
    _ name: String, _ form: Form, _ value: @autoclosure () -> S, _ toA: @autoclosure () -> S,
    _ toB: @autoclosure () -> S
  ) {
    if form == .none { return }
    adjoints.add(cell.pointee.left, toA())
    if form.reachesB { adjoints.add(cell.pointee.right, toB()) }
  }
}

extension DotProduct {
  /// Calls `add` with the part of an adjoint that goes to the bias, to each weight and to each input.
  fileprivate static func forEachPart<S: RuleNumber>(
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
