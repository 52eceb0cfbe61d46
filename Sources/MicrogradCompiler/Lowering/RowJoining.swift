import CMicrogradKernels

/// Joins instructions that do the same to rows at constant steps from each other: first to runs of rows, then runs to
/// several times of them. A part of the pass `instructions`.
///
/// Nothing is taken on trust: the addresses themselves are compared, and a row that needs the result of another one is
/// not joined with it.
///
/// Complexity: linear in the number of operands.
enum RowJoining {
  static func joined(_ list: [MGInstruction], _ terms: [MGTerm], stride: Int, newTerms: inout [MGTerm])
    -> [MGInstruction]
  {
    let single = list.map { Run($0, terms, stride: stride) }
    let runs = joined(single) { $0.extended(byRow: $1) }
    return joined(runs) { $0.extended(byTime: $1) }.map { $0.instruction(&newTerms) }
  }

  /// The most runs that one is moved past to be joined with another.
  private static var reach: Int { 48 }

  private static func joined(_ runs: [Run], _ extended: (Run, Run) -> Run?) -> [Run] {
    var joined: [Run] = []
    for run in runs {
      if let (index, both) = partner(of: run, in: joined, extended) {
        joined[index] = both
      } else {
        joined.append(run)
      }
    }
    return joined
  }

  /// Looks for a run that another one continues, and that it can be moved back to.
  private static func partner(
    of run: Run, in list: [Run], _ extended: (Run, Run) -> Run?
  ) -> (index: Int, both: Run)? {
    for index in list.indices.suffix(reach).reversed() {
      if let both = extended(list[index], run) { return (index, both) }
      guard run.canMove(past: list[index]) else { return nil }
    }
    return nil
  }
}

/// Rows of an instruction, with the address of each operand in the first row and the steps from there.
private struct Run {
  struct Operand {
    var address: Int
    /// Memory, data, or a number for all lanes.
    let space: Space
    var row = 0, time = 0
    /// Whether steps are possible.
    let moves: Bool
  }
  enum Space { case none, memory, data, uniform }

  private let first: MGInstruction
  private let terms: ArraySlice<MGTerm>
  private let stride: Int
  private var rows = 1, times = 1
  /// The result, then the operands.
  private var operands: [Operand]

  private var isJoinable: Bool {
    switch first.kind {
    case .map, .vjpLeft, .vjpRight, .sum, .maximum: first.span == .lanes && first.rows == 1
    case .reduce: first.rows == 1
    default: false
    }
  }

  init(_ instruction: MGInstruction, _ terms: [MGTerm], stride: Int) {
    first = instruction
    self.stride = stride
    let hasTerms = instruction.hasTerms, start = Int(instruction.inner)
    self.terms = hasTerms ? terms[start..<start + Int(instruction.terms)] : []
    func operand(_ operand: MGOperand, isUniform: Bool = false, moves: Bool = true) -> Operand {
      if operand == MGOperand(MG_NONE) { return Operand(address: 0, space: .none, moves: false) }
      let space: Space = operand < 0 ? .data : isUniform ? .uniform : .memory
      return Operand(address: Int(operand < 0 ? ~operand : operand), space: space, moves: moves)
    }
    operands = [operand(instruction.c)]
    let flags = Flags(rawValue: instruction.flags)
    switch instruction.kind {
    case .sum, .maximum:
      for term in self.terms {
        operands.append(operand(term.a, isUniform: term.leftUniform))
        operands.append(operand(term.b, isUniform: term.rightUniform))
      }
    case .reduce:
      operands.append(operand(instruction.a))
      operands.append(operand(instruction.b, moves: false))
      operands.append(operand(instruction.d, moves: false))
    default:
      let left = flags.contains(.leftUniform), right = flags.contains(.rightUniform)
      operands.append(operand(instruction.a, isUniform: left, moves: !left))
      operands.append(operand(instruction.b, isUniform: right, moves: !right))
      operands.append(operand(instruction.d))
      operands.append(operand(instruction.y))
    }
  }

  // MARK: Extending

  private func doesTheSame(as other: Run) -> Bool {
    let a = first, b = other.first
    guard isJoinable, other.isJoinable, a.kind == b.kind, a.span == b.span, a.function == b.function,
      a.flags == b.flags, a.x == b.x, operands.count == other.operands.count
    else { return false }
    return zip(operands, other.operands).allSatisfy { $0.space == $1.space && $0.moves == $1.moves }
      && zip(terms, other.terms).allSatisfy { $0.factor == $1.factor && $0.skipsZeros == $1.skipsZeros }
  }

  /// With one row more; nil if that row does not continue these.
  func extended(byRow next: Run) -> Run? {
    guard doesTheSame(as: next), next.rows == 1 else { return nil }
    var new = self
    for index in operands.indices {
      let operand = operands[index], step = next.operands[index].address - operand.address
      if rows == 1 {
        guard step == 0 || operand.moves else { return nil }
        new.operands[index].row = step
      } else if step != rows * operand.row {
        return nil
      }
    }
    if first.kind == .reduce, new.operands[0].row != 1 { return nil }
    guard first.kind == .reduce || canRun(with: next) else { return nil }
    new.rows += 1
    return new
  }

  /// With all rows once more; nil if they are not at constant steps.
  func extended(byTime next: Run) -> Run? {
    guard first.kind != .reduce, doesTheSame(as: next), rows == next.rows, next.times == 1 else { return nil }
    var new = self
    for index in operands.indices {
      let operand = operands[index], other = next.operands[index], step = other.address - operand.address
      guard rows == 1 || operand.row == other.row else { return nil }
      if times == 1 {
        guard step == 0 || operand.moves else { return nil }
        new.operands[index].time = step
      } else if step != times * operand.time {
        return nil
      }
    }
    guard canRun(with: next) else { return nil }
    new.times += 1
    return new
  }

  /// Whether the next rows may be computed together with these.
  private func canRun(with next: Run) -> Bool {
    isIndependent(of: next) && (terms.count <= Int(MG_MOST_TERMS_AT_ONCE) || next.isIndependent(of: self))
  }

  /// Whether the next rows neither need nor overwrite a result of these.
  private func isIndependent(of next: Run) -> Bool {
    let written = range(operands[0])
    return next.operands.allSatisfy { operand in
      operand.space != .memory || !written.overlaps(next.range(operand)) || !hasResults(at: operand, of: next)
    }
  }

  /// Whether it may as well come before another run: neither needs the other's results, or overwrites them or what the other
  /// needs.
  func canMove(past other: Run) -> Bool {
    isJoinable && other.isJoinable && other.isIndependent(of: self) && isIndependent(of: other)
  }

  /// The elements from the first to the last that an operand has in all rows.
  private func range(_ operand: Operand) -> Range<Int> {
    let row = operand.row * (rows - 1), time = operand.time * (times - 1)
    let low = operand.address + min(row, 0) + min(time, 0), high = operand.address + max(row, 0) + max(time, 0)
    return low..<high + (operand.space == .uniform ? 1 : stride)
  }

  private func hasResults(at operand: Operand, of next: Run) -> Bool {
    (0..<next.times).contains { time in
      (0..<next.rows).contains { hasResult(at: operand.address + time * operand.time + $0 * operand.row) }
    }
  }

  private func hasResult(at address: Int) -> Bool {
    let result = operands[0]
    return (0..<times).contains { time in
      let distance = address - result.address - time * result.time
      guard rows > 1, result.row != 0 else { return distance == 0 }
      return distance.isMultiple(of: result.row) && (0..<rows).contains(distance / result.row)
    }
  }

  // MARK: Writing

  func instruction(_ newTerms: inout [MGTerm]) -> MGInstruction {
    var new = first
    if first.hasTerms { new.inner = Int32(newTerms.count) }
    for (index, term) in terms.enumerated() {
      var stepped = term
      let a = operands[1 + 2 * index], b = operands[2 + 2 * index]
      (stepped.aRow, stepped.aTime) = (Int32(a.row), Int32(a.time))
      (stepped.bRow, stepped.bTime) = (Int32(b.row), Int32(b.time))
      newTerms.append(stepped)
    }
    guard rows > 1 || times > 1 else { return new }
    new.flags |= Flags.stepped.rawValue
    (new.rows, new.times) = (Int32(rows), Int32(times))
    (new.row.c, new.time.c) = (Int32(operands[0].row), Int32(operands[0].time))
    guard !first.hasTerms else { return new }
    func steps(_ index: Int) -> (row: Int32, time: Int32) {
      guard operands.indices.contains(index) else { return (0, 0) }
      return (Int32(operands[index].row), Int32(operands[index].time))
    }
    (new.row.a, new.time.a) = steps(1)
    (new.row.b, new.time.b) = steps(2)
    (new.row.d, new.time.d) = steps(3)
    (new.row.y, new.time.y) = steps(4)
    return new
  }
}

extension MGInstruction {
  fileprivate var hasTerms: Bool { kind == .sum || kind == .maximum }
}
