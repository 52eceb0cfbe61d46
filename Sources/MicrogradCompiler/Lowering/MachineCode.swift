import CMicrogradKernels

/// A program for the kernels, and where things lie in its memory.
struct MachineCode {
  /// Instructions before, in and after the loop over blocks of lanes.
  var prologue: [MGInstruction] = []
  var block: [MGInstruction] = []
  var epilogue: [MGInstruction] = []
  /// The step of the optimizer by the gradients that memory holds, where it is apart from what computes them.
  var moves: [MGInstruction] = []
  var terms: [MGTerm] = []
  /// Elements of memory.
  var size = 0
  /// Numbers that memory starts with.
  var constants: [(offset: Int, value: Double)] = []
  /// The columns that a block of data holds, one row each; nil stands for the lane mask.
  var columns: [Int?] = []
  /// The offset of each parameter.
  var parameters: [Int] = []
  /// The distance from a parameter to its gradient; nil if there are no gradients.
  var gradientDistance: Int?
  /// The distances from a parameter to its numbers of the optimizer's state.
  var stateDistances: [Int] = []
  var loss: Int?
  var outputs: [(operand: MGOperand, isUniform: Bool)] = []
  var shape: Shape
}

/// The number of lanes of a row, the number of blocks of lanes, and the distance between rows.
struct Shape: Hashable {
  /// Numbers in a cache line, whole vectors.
  let line: Int
  /// Lanes of a block, whole cache lines: tiles of a matrix product are a line wide where vectors are shorter.
  let lanes: Int
  let blocks: Int

  /// Elements from one row to the next.
  ///
  /// Rows a multiple of four lines apart would share a quarter of the first-level cache's sets, or fewer. Measured on
  /// Zen 3, products of rows of 128 numbers gain 3 to 10 % by a line between them.
  var stride: Int { lanes % (4 * line) == 0 && !isPacked ? lanes + line : lanes }
  /// Whether rows follow each other without a gap, as positions of a layer must.
  private(set) var isPacked = false

  /// The same without gaps.
  var packed: Shape {
    var shape = self
    shape.isPacked = true
    return shape
  }

  /// - Parameter limit: The most lanes a block should have.
  init(samples: Int, line: Int, limit: Int) {
    self.line = line
    blocks = max(1, (samples + limit - 1) / limit)
    let lanes = max(1, (samples + blocks - 1) / blocks)
    self.lanes = (lanes + line - 1) / line * line
  }
}
