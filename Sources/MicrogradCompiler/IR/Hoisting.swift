/// Code after hoisting, and the code before it, in which the derived columns are defined.
final class HoistedIR {
  /// Made when it is needed: where data change with each step, nothing is hoisted.
  private(set) lazy var ir = definitions.hoisted()
  let definitions: IR

  init(_ definitions: IR) { self.definitions = definitions }
}

extension IR {
  /// The pass `hoisting`: nodes that depend on data alone are computed once, when the data are bound, and become
  /// columns.
  ///
  /// Nodes that do not vary are uniform already and computed once a step; constants were folded. Rows such as
  /// `2/n · label` remain, which change only when the samples do.
  ///
  /// - Returns: The new code. The definitions of derived columns refer to this one, the old code.
  ///
  /// Complexity: linear.
  func hoisted() -> IR {
    var isStatic = [Bool](repeating: false, count: kinds.count)
    for id in kinds.indices where isLane[id] {
      switch kinds[id] {
      case .column, .laneMask: isStatic[id] = true
      case .apply, .sum:
        var dependsOnDataAlone = true
        IR.forEachOperand(of: kinds[id]) {
          dependsOnDataAlone = dependsOnDataAlone && (isStatic[$0] || constantValue($0) != nil)
        }
        isStatic[id] = dependsOnDataAlone
      default: break
      }
    }
    let uses = useCounts()
    var isNeeded = [Bool](repeating: false, count: kinds.count)
    for root in roots { isNeeded[root] = true }
    for id in kinds.indices where uses[id] > 0 && !isStatic[id] {
      IR.forEachOperand(of: kinds[id]) { isNeeded[$0] = true }
    }
    return rewritten { new, id, kind in
      guard isStatic[id], isNeeded[id] else { return new.append(kind) }
      switch kind {
      case .column, .laneMask: return new.intern(kind)
      default:
        new.columns.append(Column(source: .derived(id), numbers: []))
        return new.intern(.column(new.columns.count - 1))
      }
    }
  }

  /// Whether a node is proportional to the lane mask, and so 0 in lanes without a sample.
  func isMasked(_ id: ID) -> Bool {
    switch kinds[id] {
    case .laneMask: true
    case .column(let index): columns[index].source == .slotMask
    case .sum(let terms, _): terms.contains { isMasked($0.a) || ($0.b.map { isMasked($0) } ?? false) }
    default: false
    }
  }
}
