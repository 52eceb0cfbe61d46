import CMicrogradKernels

/// A program for the kernels, and where things lie in its memory.
struct Code {
  /// Instructions before, in and after the loop over blocks of lanes.
  var prologue: [MGInstruction] = []
  var block: [MGInstruction] = []
  var epilogue: [MGInstruction] = []
  var terms: [MGTerm] = []
  /// Elements of memory.
  var size = 0
  /// Numbers that memory starts with.
  var constants: [(offset: Int, value: Double)] = []
  /// Which columns a block of data holds, one row each; nil stands for `present`.
  var columns: [Int?] = []
  /// Where each parameter is.
  var parameters: [Int] = []
  /// How far behind the parameters their gradients and the optimizer's state are; nil where there are none.
  var gradientDistance: Int?
  var stateDistances: [Int] = []
  var loss: Int?
  var outputs: [(operand: MGOperand, isUniform: Bool)] = []
  var shape: Shape
}

/// How many lanes a row has, and how many blocks of them there are.
struct Shape: Hashable {
  /// Numbers in a vector.
  let vector: Int
  /// Lanes of a block, whole vectors.
  let stride: Int
  let blocks: Int

  var lanes: Int { stride * blocks }

  /// - Parameter limit: The most lanes a block should have.
  init(samples: Int, vector: Int, limit: Int) {
    self.vector = vector
    blocks = max(1, (samples + limit - 1) / limit)
    let lanes = max(1, (samples + blocks - 1) / blocks)
    stride = (lanes + vector - 1) / vector * vector
  }
}
