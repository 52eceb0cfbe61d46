import CMicrogradKernels
import MicrogradEngine

/// The pass `instructions`: code for the kernels.
///
/// Complexity: linear in the number of operands.
struct Lowering {
  /// The purpose of a program.
  enum Goal: Hashable {
    /// The loss, or other results, alone.
    case evaluation
    /// The gradients as well. The step of an optimizer with `states` state numbers for each parameter is code of its own,
    /// `MachineCode.moves`.
    case gradients(states: Int)
    /// Gradients and one step of an optimizer, with `states` state numbers for each parameter. `plainDecay` is the
    /// weight decay of gradient descent without momentum, whose parameters can move as soon as a gradient is known;
    /// nil for others.
    case training(states: Int, plainDecay: Double?)
  }

  let ir: IR
  private let goal: Goal
  /// Whether a layer is applied at several positions.
  private let isStacked: Bool
  private let layout: ParameterLayout
  private var placement: Placement
  private let schedule: LevelSchedule
  private var code: MachineCode
  /// The offsets of uniform nodes.
  private var uniforms: [IR.ID: Int] = [:]
  private var constants: [UInt64: Int] = [:]
  /// The nodes that are written straight to where a gradient belongs, and where that is.
  private var direct: [IR.ID: Int] = [:]
  /// Weight decay in the loss: the factors of parameters that are added to their own gradients.
  private let decays: [Int: Double]
  private var written: Set<Int> = []

  private var stride: Int { code.shape.stride }
  private var isBlocked: Bool { code.shape.blocks > 1 }

  /// Lowers a program; returns nil if it cannot be cut into the shape's blocks.
  static func lower(_ ir: IR, parameters: Int, shape: Shape, goal: Goal) -> MachineCode? {
    let isStacked = ir.isStacked
    var lowering = Lowering(ir, parameters, isStacked ? shape.packed : shape, goal, isStacked)
    guard shape.blocks == 1 || lowering.schedule.lastLevel <= 2 else { return nil }
    lowering.run()
    return lowering.code
  }

  private init(_ original: IR, _ parameters: Int, _ shape: Shape, _ goal: Goal, _ isStacked: Bool) {
    var ir = original, decays: [Int: Double] = [:]
    for (index, gradient) in ir.gradients.enumerated() {
      guard let gradient, case .sum(let terms, let constant) = ir.kinds[gradient], terms.count == 1,
        constant.value == 0, terms[0].b == nil, ir.kinds[terms[0].a] == .parameter(index)
      else { continue }
      decays[index] = terms[0].factor.value
      ir.gradients[index] = nil
    }
    self.ir = ir
    self.goal = goal
    self.decays = decays
    layout = ParameterLayout(ir, parameters: parameters, line: shape.line)
    self.isStacked = isStacked
    placement = Placement(ir, isArranged: isStacked)
    let levels = LevelSchedule.levels(of: ir)
    let arrangement = isStacked ? Arrangement(ir, levels: levels, &placement) : nil
    schedule = LevelSchedule(ir, levels, placement, arrangement)
    code = MachineCode(shape: shape)
    code.parameters = layout.offsets
    code.columns = placement.columns
    layOutMemory()
  }

  // MARK: Memory

  private mutating func layOutMemory() {
    var size = layout.size
    if goal != .evaluation {
      code.gradientDistance = size
      size += layout.size
    }
    for _ in 0..<goal.stateCount {
      code.stateDistances.append(size)
      size += layout.size
    }
    chooseDirectReductions()
    for (item, _) in schedule.items {
      guard case .node(let id) = item, !ir.isLane[id], direct[id] == nil else { continue }
      switch ir.kinds[id] {
      case .constant(let number):
        constants[number.bits] = size
        for lane in 0..<code.shape.line { code.constants.append((size + lane, number.value)) }
      case .parameter: continue
      default: uniforms[id] = size
      }
      size += code.shape.line
    }
    code.size = placement.allocate(lifetimes(), stride: stride, from: size) + code.shape.line
    code.columns = placement.columns
  }

  /// A reduction that is a parameter's gradient and nothing else needs no memory of its own.
  private mutating func chooseDirectReductions() {
    guard let distance = code.gradientDistance else { return }
    let uses = ir.useCounts(), inMatrices = parametersInMatrices
    for (index, gradient) in ir.gradients.enumerated() where !inMatrices.contains(index) {
      guard let gradient, uses[gradient] == 1, case .reduction = ir.kinds[gradient] else { continue }
      direct[gradient] = layout.offsets[index] + distance
    }
  }

  private func lifetimes() -> [ClosedRange<Int>?] {
    var lifetimes = [ClosedRange<Int>?](repeating: nil, count: placement.regions.count)
    func use(_ location: Placement.Location?, at time: Int) {
      guard case .row(let region, _)? = location else { return }
      let known = lifetimes[region] ?? time...time
      lifetimes[region] = min(known.lowerBound, time)...max(known.upperBound, time)
    }
    for (time, (item, _)) in schedule.items.enumerated() {
      switch item {
      case .node(let id):
        use(placement.locations[placement.resolved(id)], at: time)
        IR.forEachOperand(of: ir.kinds[id]) { operand in
          if operand >= 0 { use(placement.locations[placement.resolved(operand)], at: time) }
        }
        for list in lists(of: ir.kinds[id]) { use(placement.copy(of: list), at: time) }
      case .copy(let index):
        for id in placement.copies[index] { use(placement.locations[placement.resolved(id)], at: time) }
        use(placement.copy(of: placement.copies[index]), at: time)
      case .matrixGradient(let index):
        let gradient = ir.matrixGradients[index]
        for list in [gradient.gradients, gradient.inputs] {
          use(placement.start(of: list), at: time)
          for id in list { use(placement.locations[placement.resolved(id)], at: time) }
        }
      }
    }
    for output in ir.outputs { use(placement.locations[placement.resolved(output)], at: schedule.items.count) }
    return lifetimes
  }

  private func lists(of kind: IR.Kind) -> [[IR.ID]] {
    switch kind {
    case .dense(_, let inputs, _): [inputs]
    case .denseInputs(_, let gradients, let mask): [gradients] + (mask.map { [$0] } ?? [])
    default: []
    }
  }

  // MARK: Operands

  private func operand(_ location: Placement.Location) -> MGOperand {
    switch location {
    case .row(let region, let index): MGOperand(placement.regions[region].offset + index * stride)
    case .data(let index): ~MGOperand(index * stride)
    }
  }

  /// The location of a node's numbers, and whether it is uniform.
  private func location(_ id: IR.ID) -> (operand: MGOperand, isUniform: Bool) {
    let id = placement.resolved(id)
    if let location = placement.locations[id] { return (operand(location), false) }
    switch ir.kinds[id] {
    case .constant(let number): return (MGOperand(constants[number.bits]!), true)
    case .parameter(let index): return (MGOperand(layout.offsets[index]), true)
    default: return (MGOperand(direct[id] ?? uniforms[id]!), true)
    }
  }

  // MARK: Instructions

  private mutating func run() {
    for (item, level) in schedule.items where level == 0 {
      if case .node(let id) = item { append(id, to: \.prologue) }
    }
    if !code.prologue.isEmpty { code.prologue.append(.barrier) }
    if isBlocked { clearSums() }
    var current = 1
    for (item, level) in schedule.items where level > 0 {
      if level > current {
        code.block.append(.barrier)
        current = level
      }
      switch item {
      case .node(let id): append(id, to: isAfterBlocks(id, level) ? \.epilogue : \.block)
      case .copy(let index): appendCopy(index)
      case .matrixGradient(let index):
        if isStacked && goal != .evaluation { appendMatrixGradientAtOnce(index) }
      }
    }
    if isStacked { joinRows() }
    if goal != .evaluation { appendGradients() }
    if isBlocked { code.block.append(.barrier) }
    code.loss = ir.loss < 0 ? nil : Int(location(ir.loss).operand)
    code.outputs = ir.outputs.map { location($0) }
  }

  /// With several blocks, each block reduces its lanes, and nodes that depend on reductions are computed at the end.
  private func isAfterBlocks(_ id: IR.ID, _ level: Int) -> Bool {
    if !isBlocked || ir.isLane[id] || level != schedule.lastLevel { return false }
    if case .reduction = ir.kinds[id] { return false }
    return true
  }

  private mutating func clearSums() {
    if let distance = code.gradientDistance {
      code.prologue.append(MGInstruction(.zero, .once, inner: layout.size, c: MGOperand(distance)))
    }
    for (id, offset) in uniforms.sorted(by: { $0.value < $1.value }) {
      if case .reduction = ir.kinds[id] {
        code.prologue.append(MGInstruction(.zero, .once, inner: code.shape.line, c: MGOperand(offset)))
      }
    }
    code.prologue.append(.barrier)
  }

  private mutating func append(_ id: IR.ID, to list: WritableKeyPath<MachineCode, [MGInstruction]>) {
    let span: MGSpan = ir.isLane[id] ? .lanes : .once
    switch ir.kinds[id] {
    case .constant, .parameter, .column, .laneMask, .row: break
    case .apply(.straightThrough, _, let b?):
      if placement.resolved(id) == id { appendSum(id, [IR.Term(1, b)], 0, span, to: list) }
    case .apply(let operation, let a, let b): appendMap(id, operation, a, b, span, to: list)
    case .vjp(let operation, let side, let gradient, let a, let b, let y):
      appendVJP(id, operation, side, gradient, a, b, y, span, to: list)
    case .sum(let terms, let constant): appendSum(id, terms, constant.value, span, to: list)
    case .maximum(let rows):
      code[keyPath: list].append(
        MGInstruction(
          .maximum, span, inner: code.terms.count, c: location(id).operand, terms: rows.count))
      code.terms += rows.map { machineTerm(IR.Term(1, $0)) }
    case .reduction(let factor, let weights, let a, let b):
      var operands = (location(weights).operand, a.map { location($0).operand })
      var flags: Flags = isBlocked ? .accumulates : []
      // Gradients of many numbers by one: their rows may be joined.
      if let row = operands.1, operands.0 >= 0 {
        operands = (row, operands.0)
        flags.insert(.masked)
      }
      append(
        MGInstruction(
          .reduce, .once, flags: flags, a: operands.0, b: operands.1, c: location(id).operand,
          d: b.map { location($0).operand }, x: factor.value),
        to: list)
    case .dense(let matrix, let inputs, let relu):
      let sizes = ir.matrices[matrix]
      append(
        MGInstruction(
          .dense, span, flags: relu ? .relu : [], rows: sizes.rows, inner: sizes.inner,
          a: MGOperand(layout.weights[matrix]), b: operand(placement.start(of: inputs)), c: location(id).operand,
          y: layout.biases[matrix].map { MGOperand($0) }, times: ir.positions(matrix, inputs: inputs)),
        to: list)
    case .denseInputs(let matrix, let gradients, let mask):
      let sizes = ir.matrices[matrix]
      append(
        MGInstruction(
          .denseInputs, span, flags: mask == nil ? [] : .masked, rows: sizes.rows, inner: sizes.inner,
          a: MGOperand(layout.weights[matrix]), b: mask.map { operand(placement.start(of: $0)) },
          c: location(id).operand, d: operand(placement.start(of: gradients)),
          times: ir.positions(matrix, gradients: gradients)),
        to: list)
    }
  }

  private mutating func appendMap(
    _ id: IR.ID, _ operation: Operation, _ a: IR.ID, _ b: IR.ID?, _ span: MGSpan,
    to list: WritableKeyPath<MachineCode, [MGInstruction]>
  ) {
    let left = location(a), right = b.map { location($0) }
    var flags: Flags = left.isUniform ? .leftUniform : []
    if right?.isUniform ?? false { flags.insert(.rightUniform) }
    append(
      MGInstruction(
        hasKernel(operation, right?.isUniform) ? .map : .tableMap, span, function: operation.rawValue, flags: flags,
        a: left.operand, b: right?.operand, c: location(id).operand),
      to: list)
  }

  /// Slopes and scales that differ between samples have no kernel.
  private func hasKernel(_ operation: Operation, _ isRightUniform: Bool?) -> Bool {
    operation.hasKernel && !(operation.hasConstant && isRightUniform == false)
  }

  private mutating func appendVJP(
    _ id: IR.ID, _ operation: Operation, _ side: IR.Side, _ gradient: IR.ID, _ a: IR.ID, _ b: IR.ID?, _ y: IR.ID,
    _ span: MGSpan, to list: WritableKeyPath<MachineCode, [MGInstruction]>
  ) {
    let needed = Set(operation.operandsOfVJP(side, a: a, b: b, y: y))
    let left = needed.contains(a) ? location(a) : nil, right = b.flatMap { needed.contains($0) ? location($0) : nil }
    var flags: Flags = left?.isUniform ?? false ? .leftUniform : []
    if right?.isUniform ?? false { flags.insert(.rightUniform) }
    let kind: MGKind =
      switch (hasKernel(operation, right?.isUniform), side) {
      case (false, .left): .tableVjpLeft
      case (false, .right): .tableVjpRight
      case (true, .left): .vjpLeft
      case (true, .right): .vjpRight
      }
    append(
      MGInstruction(
        kind, span, function: operation.rawValue, flags: flags, a: left?.operand, b: right?.operand,
        c: location(id).operand, d: location(gradient).operand, y: needed.contains(y) ? location(y).operand : nil),
      to: list)
  }

  private mutating func appendSum(
    _ id: IR.ID, _ terms: [IR.Term], _ constant: Double, _ span: MGSpan,
    to list: WritableKeyPath<MachineCode, [MGInstruction]>
  ) {
    if let simple = simpleMap(id, terms, constant, span) { return append(simple, to: list) }
    var squares: [Int: Double] = [:], others: [IR.Term] = []
    for term in terms {
      if span == .once, term.a == term.b, case .parameter(let index) = ir.kinds[term.a] {
        squares[index, default: 0] += term.factor.value
      } else {
        others.append(term)
      }
    }
    code[keyPath: list].append(
      MGInstruction(
        .sum, span, inner: code.terms.count, c: location(id).operand, x: constant, terms: others.count))
    code.terms += others.map { machineTerm($0) }
    for run in layout.runs(of: squares) {
      code[keyPath: list].append(
        MGInstruction(
          .squares, .once, flags: .accumulates, inner: run.count, a: MGOperand(run.start), c: location(id).operand,
          x: run.number))
    }
  }

  /// Sums of two and products of two have functions of their own, which take many rows at a time.
  private func simpleMap(_ id: IR.ID, _ terms: [IR.Term], _ constant: Double, _ span: MGSpan) -> MGInstruction? {
    guard constant == 0, ir.isLane[id] else { return nil }
    let factors = terms.map(\.factor.value), function: MGFunction
    var operands = terms.map(\.a)
    switch (terms.count, factors) {
    case (2, [1, 1]) where terms.allSatisfy({ $0.b == nil }): function = .add
    case (2, [1, -1]) where terms.allSatisfy({ $0.b == nil }): function = .subtract
    case (2, [-1, 1]) where terms.allSatisfy({ $0.b == nil }):
      function = .subtract
      operands.reverse()
    case (1, [1]):
      guard let b = terms[0].b, terms[0].gradient == nil else { return nil }
      function = .multiply
      operands.append(b)
    default: return nil
    }
    let left = location(operands[0]), right = location(operands[1])
    // Sums step through numbers as well as through rows.
    if isStacked && (left.isUniform || right.isUniform) { return nil }
    var flags: Flags = left.isUniform ? .leftUniform : []
    if right.isUniform { flags.insert(.rightUniform) }
    return MGInstruction(
      .map, span, function: function.rawValue, flags: flags, a: left.operand, b: right.operand,
      c: location(id).operand)
  }

  /// A gradient of 0 propagates nothing, even if it is multiplied by infinity.
  private func machineTerm(_ term: IR.Term) -> MGTerm {
    // The kernels look at the first factor.
    let isReversed = term.gradient == nil ? isStacked && liesBefore(term.b, term.a) : term.gradient == term.b
    let a = location(isReversed ? term.b! : term.a), b = (isReversed ? term.a : term.b).map { location($0) }
    return MGTerm(
      factor: term.factor.value, a: a.operand, b: b?.operand ?? MGOperand(MG_NONE), leftUniform: a.isUniform,
      rightUniform: b?.isUniform ?? false, skipsZeros: term.gradient != nil, aRow: 0, bRow: 0, aTime: 0, bTime: 0)
  }

  /// Whether a factor's row is before another's: one order for products, by which those of several rows are alike.
  private func liesBefore(_ b: IR.ID?, _ a: IR.ID) -> Bool {
    guard let b = b.map({ location($0) }) else { return false }
    let a = location(a)
    return !a.isUniform && !b.isUniform && b.operand < a.operand
  }

  private mutating func appendCopy(_ index: Int) {
    let list = placement.copies[index]
    for (row, id) in list.enumerated() {
      let target = operand(placement.copy(of: list)!.advanced(by: row)), source = location(id)
      if source.isUniform {
        code.block.append(MGInstruction(.sum, .lanes, inner: code.terms.count, c: target, terms: 1))
        code.terms.append(machineTerm(IR.Term(1, id)))
      } else {
        append(
          MGInstruction(.map, .lanes, function: MGFunction.identity.rawValue, a: source.operand, c: target),
          to: \.block)
      }
    }
  }

  // MARK: Gradients

  private mutating func appendGradients() {
    let distance = code.gradientDistance!
    var moved: Set<Int> = []
    // A parameter may move only when nothing reads it any more.
    if code.block.last?.kind != .barrier { code.block.append(.barrier) }
    for gradient in isStacked ? [] : ir.matrixGradients {
      let parameters = ir.matrices[gradient.matrix].parameters
      let decay = plainDecay(of: parameters, gradient.matrix)
      if decay != nil { moved.formUnion(parameters) }
      appendMatrixGradient(gradient, decay)
    }
    appendOtherGradients(except: moved, distance)
    switch goal {
    case .evaluation: break
    case .gradients:
      clearGradientsOfUnused(distance)
      appendMoves(except: [], distance, to: \.moves)
    case .training: appendMoves(except: moved, distance, to: \.epilogue)
    }
  }

  /// Clears what nothing else writes: gradients that were given for the step before lie there.
  private mutating func clearGradientsOfUnused(_ distance: Int) {
    guard !isBlocked else { return }
    let used = parametersInMatrices.union(decays.keys)
    let unused = ir.gradients.indices.filter { ir.gradients[$0] == nil && !used.contains($0) }
    for run in layout.runs(of: Dictionary(uniqueKeysWithValues: unused.map { ($0, 0.0) })) {
      code.prologue.append(MGInstruction(.zero, .once, inner: run.count, c: MGOperand(run.start + distance)))
    }
  }

  /// - Parameter decay: The decay with which the matrix is moved right away; nil if only its gradient is wanted.
  private mutating func appendMatrixGradient(_ gradient: IR.MatrixGradient, _ decay: Double?) {
    let matrix = ir.matrices[gradient.matrix]
    let isFirst = written.insert(gradient.matrix).inserted
    let offset = decay == nil ? code.gradientDistance! : 0
    append(
      MGInstruction(
        .denseWeights, .rows,
        flags: decay != nil ? .updates : isFirst && !isBlocked ? [] : .accumulates, rows: matrix.rows,
        inner: matrix.inner, b: operand(placement.start(of: gradient.inputs)),
        c: MGOperand(layout.weights[gradient.matrix] + offset),
        d: operand(placement.start(of: gradient.gradients)),
        y: layout.biases[gradient.matrix].map { MGOperand($0 + offset) }, x: decay ?? 0,
        times: ir.positions(gradient.matrix, inputs: gradient.inputs)),
      to: \.block)
  }

  /// Between two barriers: it reads all lanes, and what follows may overwrite them.
  private mutating func appendMatrixGradientAtOnce(_ index: Int) {
    if code.block.last?.kind != .barrier { code.block.append(.barrier) }
    appendMatrixGradient(ir.matrixGradients[index], nil)
    code.block.append(.barrier)
  }

  /// The decay with which a matrix is moved right away; nil if it must wait for the other gradients.
  private func plainDecay(of parameters: [Int], _ matrix: Int) -> Double? {
    guard case .training(_, let plain?) = goal, !isBlocked, !parameters.isEmpty,
      ir.matrixGradients.count(where: { $0.matrix == matrix }) == 1,
      parameters.allSatisfy({ ir.gradients[$0] == nil })
    else { return nil }
    let decay = decays[parameters[0]] ?? 0
    return parameters.allSatisfy { (decays[$0] ?? 0) == decay } ? plain + decay : nil
  }

  private var parametersInMatrices: Set<Int> {
    Set(ir.matrixGradients.flatMap { ir.matrices[$0.matrix].parameters })
  }

  private mutating func appendOtherGradients(except moved: Set<Int>, _ distance: Int) {
    let inMatrices = parametersInMatrices
    var needsBarrier = !moved.isEmpty || !inMatrices.isEmpty
    for (index, gradient) in ir.gradients.enumerated() {
      guard let gradient, direct[gradient] == nil else { continue }
      if needsBarrier { code.epilogue.append(.barrier) }
      needsBarrier = false
      code.epilogue.append(
        MGInstruction(
          .scale, .once, flags: inMatrices.contains(index) || isBlocked ? .accumulates : [], inner: 1,
          a: location(gradient).operand, c: MGOperand(layout.offsets[index] + distance), x: 1))
    }
    let pending = decays.filter { !moved.contains($0.key) }
    if needsBarrier && !pending.isEmpty { code.epilogue.append(.barrier) }
    for isAdded in [true, false] {
      for run in layout.runs(of: pending.filter({ inMatrices.contains($0.key) == isAdded })) {
        code.epilogue.append(
          MGInstruction(
            .scale, .once, flags: isAdded || isBlocked ? .accumulates : [], inner: run.count,
            a: MGOperand(run.start), c: MGOperand(run.start + distance), x: run.number))
      }
    }
  }

  private mutating func appendMoves(
    except moved: Set<Int>, _ distance: Int, to list: WritableKeyPath<MachineCode, [MGInstruction]>
  ) {
    let waiting = Dictionary(
      uniqueKeysWithValues: code.parameters.indices.filter { !moved.contains($0) }.map { ($0, 0.0) })
    guard !waiting.isEmpty else { return }
    code[keyPath: list].append(.barrier)
    for run in layout.runs(of: waiting) {
      let states = code.stateDistances.map { MGOperand(run.start + $0) }
      code[keyPath: list].append(
        MGInstruction(
          .move, .rows, inner: run.count, a: MGOperand(run.start + distance), b: states.first,
          c: MGOperand(run.start), d: states.count > 1 ? states[1] : nil))
    }
  }

  // MARK: Joining rows

  private mutating func joinRows() {
    var terms: [MGTerm] = []
    for list in [\MachineCode.prologue, \.block, \.epilogue] {
      code[keyPath: list] = RowJoining.joined(code[keyPath: list], code.terms, stride: stride, newTerms: &terms)
    }
    code.terms = terms
  }

  /// Appends an instruction, or extends the last one by a row if this one continues it.
  private mutating func append(_ new: MGInstruction, to list: WritableKeyPath<MachineCode, [MGInstruction]>) {
    if !isStacked, let last = code[keyPath: list].last, let joined = last.joined(with: new, stride: MGOperand(stride))
    {
      code[keyPath: list][code[keyPath: list].count - 1] = joined
    } else {
      code[keyPath: list].append(new)
    }
  }
}

extension Lowering.Goal {
  /// The count of numbers that the optimizer keeps of each parameter.
  var stateCount: Int {
    switch self {
    case .evaluation: 0
    case .gradients(let states), .training(let states, _): states
    }
  }
}
