import CMicrogradNode

/// The cells that a value was computed from, or those of them through which it depends on given values.
struct Dependencies {
  /// The cells, each after its operands; the value itself comes last.
  fileprivate(set) var cells: [Cell] = []
  /// The operands of `cells[i]`, in the order of `forEachOperand`, are `operands[starts[i]..<starts[i + 1]]`: positions in
  /// `cells`, or -1 for one that is not there.
  fileprivate(set) var operands: [Int32] = []
  fileprivate(set) var starts: [Int32] = [0]
  /// The positions of the given values; -1 for one that is not there.
  private(set) var located: [Int32] = []

  fileprivate init() {}

  /// All cells that `root` was computed from, leaves included.
  ///
  /// - Complexity: Linear in their number.
  init(of root: Cell) {
    var walk = DependencyWalk()
    walk.walk(from: root)
    self = walk.finish()
  }

  /// The cells on the paths from `root` down to `inputs`; none if there is no path.
  ///
  /// - Complexity: Linear in the number of cells that `root` was computed from and that were recorded after the oldest input. If
  ///   that is a leaf, the moment of its recording is known up to a slab.
  init(of root: Cell, on inputs: [Value]) {
    if inputs.isEmpty { return }
    var walk = DependencyWalk(to: inputs)
    walk.walk(from: root)
    let located = inputs.map { $0.withCell { walk.position(of: $0) } }
    self = walk.finish()
    self.located = located
  }
}

/// A walk through a graph, with an explicit stack: recursion would overflow on deep graphs.
private struct DependencyWalk {
  /// Numbers of cells that have no position; a position counts from 1 here.
  private enum Mark { static let new: Int32 = 0, noPath: Int32 = -1, input: Int32 = -2 }

  private var result = Dependencies()
  private var numbers = CellTable()
  /// Addresses of cells to visit; the lowest bit says that the operands have been.
  private var stack: [UInt] = []
  private var operands: [Cell] = []
  /// Whether the walk collects all cells and not only the paths to some.
  private let isComplete: Bool
  private let horizon: Horizon?

  init() {
    isComplete = true
    horizon = nil
  }

  init(to inputs: [Value]) {
    isComplete = false
    horizon = Horizon(of: inputs)
    for input in inputs { input.withCell { numbers[$0] = Mark.input } }
  }

  func position(of cell: Cell) -> Int32 { Swift.max(numbers[cell] - 1, -1) }

  mutating func walk(from root: Cell) {
    push(root)
    while let top = stack.popLast() {
      let cell = Cell(bitPattern: top & ~1).unsafelyUnwrapped
      if top & 1 != 0 { leave(cell) } else { enter(cell) }
    }
  }

  private mutating func push(_ cell: Cell) {
    let number = numbers[cell]
    if number == Mark.input || (number == Mark.new && (isComplete || !cell.isLeaf)) {
      stack.append(UInt(bitPattern: cell))
    }
  }

  private mutating func enter(_ cell: Cell) {
    // It may have been visited since it was pushed.
    let number = numbers[cell]
    if number > 0 || number == Mark.noPath { return }
    if cell.isLeaf { return leave(cell) }
    if number == Mark.new, let horizon, horizon.isAfter(cell) {
      numbers[cell] = Mark.noPath
      return
    }
    stack.append(UInt(bitPattern: cell) | 1)
    operands.removeAll(keepingCapacity: true)
    cell.forEachOperand { operands.append($0) }
    // Reversed, so that the first operand is the first to be visited.
    for operand in operands.reversed() { push(operand) }
  }

  private mutating func leave(_ cell: Cell) {
    let start = result.operands.count
    var hasPath = isComplete || numbers[cell] == Mark.input
    cell.forEachOperand {
      let position = position(of: $0)
      if position >= 0 { hasPath = true }
      result.operands.append(position)
    }
    if hasPath {
      result.cells.append(cell)
      result.starts.append(Int32(result.operands.count))
      numbers[cell] = Int32(result.cells.count)
    } else {
      result.operands.removeLast(result.operands.count - start)
      numbers[cell] = Mark.noPath
    }
  }

  /// Returns the cells found, and frees the table.
  mutating func finish() -> Dependencies {
    numbers.free()
    return result
  }
}

/// The moment at which the oldest of some values was recorded. No cell that is older depends on any of them.
private struct Horizon {
  private let arena = Arena.mine
  /// The oldest computed value.
  private var computed: Cell?
  /// The place of the oldest leaf's slab in the order of slabs.
  private var leafSlab: Int?

  /// Returns nil if one of the values lies in another thread's memory: the order between threads is not known.
  init?(of values: [Value]) {
    for value in values {
      let cell = value.withCell { $0 }, header = Slab(of: cell).header
      if header.pointee.arena != arena { return nil }
      if cell.isLeaf {
        leafSlab = Swift.min(leafSlab ?? .max, header.pointee.order)
      } else if computed.map({ Horizon.isOlder(cell, than: $0) }) ?? true {
        computed = cell
      }
    }
  }

  /// Whether a computed cell was certainly recorded before.
  func isAfter(_ cell: Cell) -> Bool {
    let header = Slab(of: cell).header
    if header.pointee.arena != arena { return false }
    if let computed, !Horizon.isOlder(cell, than: computed) { return false }
    // The leaf was recorded after its slab was begun. If the next slab of computed cells was begun before that, so was the cell.
    if let leafSlab { return header.pointee.newer.map { $0.header.pointee.order <= leafSlab } ?? false }
    return true
  }

  /// Of two computed cells of this thread.
  private static func isOlder(_ cell: Cell, than other: Cell) -> Bool {
    let slab = Slab(of: cell), otherSlab = Slab(of: other)
    return slab == otherSlab ? cell < other : slab.header.pointee.order < otherSlab.header.pointee.order
  }
}
