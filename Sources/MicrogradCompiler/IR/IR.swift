import MicrogradEngine

/// The intermediate representation of one step for all samples: a list of nodes, each after its operands.
///
/// A node is *uniform*, one number for all samples, or has a number in each *lane*. Passes make a new list from an
/// old one; all append through the same methods (IR+Appending.swift), which fold constants and share equal nodes.
struct IR {
  /// The index of a node.
  typealias ID = Int

  /// A number as bits: NaN equals itself, and 0 is not -0.
  struct Number: Hashable {
    let bits: UInt64
    init(_ value: Double) { bits = value.bitPattern }
    var value: Double { Double(bitPattern: bits) }
  }

  /// `factor · a · b`, or `factor · a`. Small: code is mostly terms.
  struct Term: Hashable {
    var factor: Number
    private let left: Int32, right: Int32
    private let gradientSide: Side?

    /// - Parameter gradient: The one of a and b that is a gradient, if one is.
    init(_ factor: Double, _ a: ID, _ b: ID? = nil, gradient: ID? = nil) {
      self.factor = Number(factor)
      // One order for products of the same two nodes.
      left = Int32(b.map { min(a, $0) } ?? a)
      right = Int32(b.map { max(a, $0) } ?? -1)
      gradientSide = b == nil ? nil : gradient.map { $0 == min(a, b!) ? .left : .right }
    }

    var a: ID { ID(left) }
    var b: ID? { right < 0 ? nil : ID(right) }
    /// The one of a and b that is a gradient, if one is: where it is 0 so is the term, even if the other is infinite.
    var gradient: ID? { gradientSide.map { $0 == .left ? a : ID(right) } }
  }

  /// The operand that a vector-Jacobian product differentiates with respect to.
  enum Side: Int { case left, right }

  enum Kind: Equatable {
    case constant(Number)
    case parameter(Int)
    /// Numbers that differ between samples: input features, labels.
    case column(Int)
    /// 1 in each lane that holds a sample, times a scale if the batch is a part of the samples.
    case laneMask
    case apply(Operation, ID, ID?)
    /// `constant + Σ terms`.
    case sum([Term], constant: Number)
    /// The greatest of several rows.
    case maximum([ID])
    /// A vector-Jacobian product (VJP): `gradient · ∂y/∂a` or `gradient · ∂y/∂b`, with y = operation(a, b). 0 where
    /// the gradient is 0.
    case vjp(Operation, Side, gradient: ID, a: ID, b: ID?, y: ID)
    /// `factor · Σ over lanes of weights · a · b`, one number.
    case reduction(factor: Number, weights: ID, a: ID?, b: ID?)
    /// The rows of a layer: bias + W·inputs. With P positions, input k at position p is `inputs[k · P + p]`, and row r there
    /// is row `r · P + p`. The same holds for gradients.
    case dense(matrix: Int, inputs: [ID], relu: Bool)
    /// The rows Wᵀ·gradients, one for each input; 0 where `mask` is not positive, if there is one.
    case denseInputs(matrix: Int, gradients: [ID], mask: [ID]?)
    /// A row of one of the two.
    case row(ID, Int)
  }

  /// The weights of a dense layer, parameters all: `weights[r][k]` is that of input k in output r.
  struct Matrix: Hashable {
    var weights: [[Int]]
    var biases: [Int]?
    var rows: Int { weights.count }
    var inner: Int { weights[0].count }
    var parameters: [Int] { weights.flatMap { $0 } + (biases ?? []) }
  }

  /// A matrix's gradient: Σ over lanes, and positions, of `gradients[r]` · `inputs[k]`.
  struct MatrixGradient: Hashable {
    var matrix: Int
    var gradients: [ID]
    var inputs: [ID]
  }

  private(set) var kinds: [Kind] = []
  /// Whether a node has a number in each lane.
  private(set) var isLane: [Bool] = []
  /// Whether a node is a constant or a multiple of another node: as a factor of a term it dissolves.
  private(set) var isMultiple: [Bool] = []
  private var known = KindTable()
  /// The operands of node i are `operands[starts[i]..<starts[i + 1]]`.
  private var operands: [Int32] = []
  private var starts: [Int32] = [0]

  var matrices: [Matrix] = []
  var columns: [Column] = []
  var loss: ID = -1
  /// The other results, those of a predictor.
  var outputs: [ID] = []
  /// The part of each parameter's gradient that is not in `matrixGradients`; nil for none.
  var gradients: [ID?] = []
  var matrixGradients: [MatrixGradient] = []

  /// The node of that kind, appended unless there is one already.
  mutating func intern(_ kind: Kind) -> ID {
    let hash = kind.quickHash
    if let id = known.node(hash, where: { kinds[$0] == kind }) { return id }
    IR.forEachOperand(of: kind) { operands.append(Int32($0)) }
    starts.append(Int32(operands.count))
    isLane.append(isLane(kind))
    isMultiple.append(IR.isMultiple(kind))
    kinds.append(kind)
    known.append(hash)
    return kinds.count - 1
  }

  private func isLane(_ kind: Kind) -> Bool {
    switch kind {
    case .constant, .parameter, .reduction: return false
    case .column, .laneMask, .dense, .denseInputs, .row: return true
    default: return operands[Int(starts[kinds.count])...].contains { isLane[Int($0)] }
    }
  }

  private static func isMultiple(_ kind: Kind) -> Bool {
    switch kind {
    case .constant: true
    case .sum(let terms, let constant): terms.count == 1 && terms[0].b == nil && constant.value == 0
    default: false
    }
  }

  /// Returns the number of uses of each node, roots included; 0 if no result needs it.
  func useCounts() -> [Int] {
    var uses = [Int](repeating: 0, count: kinds.count)
    for root in roots { uses[root] += 1 }
    for id in kinds.indices.reversed() where uses[id] > 0 {
      for operand in operands[Int(starts[id])..<Int(starts[id + 1])] { uses[Int(operand)] += 1 }
    }
    return uses
  }

  /// Starts a new list for the same parameters and columns.
  func emptied() -> IR {
    var new = IR()
    new.kinds.reserveCapacity(kinds.count)
    new.isLane.reserveCapacity(kinds.count)
    new.isMultiple.reserveCapacity(kinds.count)
    new.operands.reserveCapacity(operands.count)
    new.starts.reserveCapacity(starts.count)
    new.known.reserve(kinds.count)
    new.matrices = matrices
    new.columns = columns
    return new
  }
}

extension IR {
  /// The nodes that a kind of node is computed from.
  static func operands(of kind: Kind) -> [ID] {
    var operands: [ID] = []
    forEachOperand(of: kind) { operands.append($0) }
    return operands
  }

  /// The same without making a list of them.
  static func forEachOperand(of kind: Kind, _ body: (ID) -> Void) {
    switch kind {
    case .constant, .parameter, .column, .laneMask: break
    case .apply(_, let a, let b):
      body(a)
      if let b { body(b) }
    case .sum(let terms, _):
      for term in terms {
        body(term.a)
        if let b = term.b { body(b) }
      }
    case .maximum(let rows): rows.forEach(body)
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      body(gradient)
      operation.forEachOperandOfVJP(side, a: a, b: b, y: y, body)
    case .reduction(_, let weights, let a, let b):
      body(weights)
      if let a { body(a) }
      if let b { body(b) }
    case .dense(_, let inputs, _): inputs.forEach(body)
    case .denseInputs(_, let gradients, let mask):
      gradients.forEach(body)
      mask?.forEach(body)
    case .row(let block, _): body(block)
    }
  }

  var hasFiniteConstants: Bool {
    kinds.allSatisfy { kind in
      switch kind {
      case .constant(let number): number.value.isFinite
      case .sum(let terms, let constant): constant.value.isFinite && terms.allSatisfy(\.factor.value.isFinite)
      default: true
      }
    }
  }

  /// The nodes of all results.
  var roots: [ID] {
    (loss < 0 ? [] : [loss]) + outputs + gradients.compactMap { $0 }
      + matrixGradients.flatMap { $0.gradients + $0.inputs }
  }
}

extension Operation {
  /// The operands, and the result, that a local derivative is computed from. Rows that nothing needs can be used again.
  func operandsOfVJP(_ side: IR.Side, a: IR.ID, b: IR.ID?, y: IR.ID) -> [IR.ID] {
    var operands: [IR.ID] = []
    forEachOperandOfVJP(side, a: a, b: b, y: y) { operands.append($0) }
    return operands
  }

  /// The same without making a list of them.
  func forEachOperandOfVJP(_ side: IR.Side, a: IR.ID, b: IR.ID?, y: IR.ID, _ body: (IR.ID) -> Void) {
    let needs = Self.needsOfVJP[2 * Int(rawValue) + side.rawValue]
    if needs.a { body(a) }
    if needs.b, let b { body(b) }
    if needs.y { body(y) }
  }

  private static let needsOfVJP: [(a: Bool, b: Bool, y: Bool)] = {
    var needs = Array(repeating: (a: true, b: true, y: true), count: 2 * 256)
    for operation in allCases where operation.hasKernel {
      for side in operation.rule.partials.indices {
        let letters = operation.letters(ofPartial: side)
        needs[2 * Int(operation.rawValue) + side] = (
          letters.contains(.a), letters.contains(.b), letters.contains(.y)
        )
      }
    }
    return needs
  }()
}
