import CMicrogradKernels

/// `MGFlag` as a set.
struct Flags: OptionSet {
  let rawValue: UInt8
  static let accumulates = Flags(rawValue: MGFlagAccumulates.rawValue)
  static let leftUniform = Flags(rawValue: MGFlagLeftUniform.rawValue)
  static let rightUniform = Flags(rawValue: MGFlagRightUniform.rawValue)
  static let relu = Flags(rawValue: MGFlagRelu.rawValue)
  static let masked = Flags(rawValue: MGFlagMasked.rawValue)
  static let updates = Flags(rawValue: MGFlagUpdates.rawValue)
  static let stepped = Flags(rawValue: MGFlagStepped.rawValue)
}

extension MGInstruction {
  init(
    _ kind: MGKind, _ span: MGSpan, function: UInt8 = 0, flags: Flags = [], rows: Int = 1, inner: Int = 0,
    a: MGOperand? = nil, b: MGOperand? = nil, c: MGOperand? = nil, d: MGOperand? = nil, y: MGOperand? = nil,
    x: Double = 0, terms: Int = 0, times: Int = 1
  ) {
    let none = MGOperand(MG_NONE)
    self.init(
      kind: kind, span: span, function: function, flags: flags.rawValue, rows: Int32(rows), inner: Int32(inner),
      a: a ?? none, b: b ?? none, c: c ?? none, d: d ?? none, y: y ?? none, x: x, terms: Int32(terms),
      times: Int32(times),
      row: MGSteps(), time: MGSteps())
  }

  static var barrier: MGInstruction { MGInstruction(.barrier, .once) }

  /// Both in one instruction, if they do the same to rows that follow each other, upwards or downwards.
  func joined(with next: MGInstruction, stride: MGOperand) -> MGInstruction? {
    guard kind == next.kind, span == next.span, function == next.function, flags == next.flags, x == next.x,
      next.rows == 1
    else { return nil }
    switch kind {
    case .map, .vjpLeft, .vjpRight, .tableMap, .tableVjpLeft, .tableVjpRight:
      guard span == .lanes else { return nil }
      let uniform = Flags(rawValue: flags)
      let fields: [(KeyPath<MGInstruction, MGOperand>, Bool)] = [
        (\.a, uniform.contains(.leftUniform)), (\.b, uniform.contains(.rightUniform)), (\.c, false), (\.d, false),
        (\.y, false),
      ]
      return extended(by: next, fields.map { ($0.0, $0.1 ? 0 : stride) })
    case .reduce:
      return extended(by: next, [(\.a, stride), (\.b, 0), (\.c, 1), (\.d, 0)])
    default:
      return nil
    }
  }

  private func extended(
    by next: MGInstruction, _ fields: [(field: KeyPath<MGInstruction, MGOperand>, step: MGOperand)]
  ) -> MGInstruction? {
    func follows(_ first: MGInstruction, _ second: MGInstruction, rows: MGOperand) -> Bool {
      fields.allSatisfy { field, step in
        let from = first[keyPath: field], to = second[keyPath: field]
        // Operands in data count downwards.
        return from == MGOperand(MG_NONE) ? to == from : to == (from < 0 ? from - rows * step : from + rows * step)
      }
    }
    if follows(self, next, rows: rows) {
      var joined = self
      joined.rows += 1
      return joined
    }
    // Downwards, the later row comes first: it must neither read what this one writes, nor write what this one reads.
    func isIndependent(_ field: KeyPath<MGInstruction, MGOperand>, _ step: MGOperand) -> Bool {
      let from = self[keyPath: field]
      guard from != MGOperand(MG_NONE) else { return true }
      return (0..<rows).allSatisfy { next.c != from + $0 * step && next[keyPath: field] != c + $0 * step }
    }
    if follows(next, self, rows: 1), fields.allSatisfy({ isIndependent($0.field, $0.step) }) {
      var joined = next
      joined.rows = rows + 1
      return joined
    }
    return nil
  }
}
