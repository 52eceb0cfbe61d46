extension IR {
  /// Pass 10, hoisting: what depends on data alone is computed once, when the data are bound, and becomes a column.
  ///
  /// Nodes that do not vary at all are uniform already and are computed once a step; constants were folded. What is
  /// left are rows such as `2/n · label`, which change only when the samples do.
  ///
  /// - Returns: The new code. The definitions of derived columns refer to this one, the old code.
  ///
  /// Complexity: linear.
  func hoisted() -> IR {
    var isStatic = [Bool](repeating: false, count: kinds.count)
    for id in kinds.indices where isLane[id] {
      switch kinds[id] {
      case .column, .present: isStatic[id] = true
      case .apply, .sum:
        isStatic[id] = IR.operands(of: kinds[id]).allSatisfy { isStatic[$0] || constantValue($0) != nil }
      default: break
      }
    }
    let uses = useCounts()
    var isNeeded = [Bool](repeating: false, count: kinds.count)
    for root in roots { isNeeded[root] = true }
    for id in kinds.indices where uses[id] > 0 && !isStatic[id] {
      for operand in IR.operands(of: kinds[id]) { isNeeded[operand] = true }
    }
    return rewritten { new, id, kind in
      guard isStatic[id], isNeeded[id] else { return new.append(kind) }
      switch kind {
      case .column, .present: return new.intern(kind)
      default:
        new.columns.append(Column(source: .derived(id), numbers: []))
        return new.intern(.column(new.columns.count - 1))
      }
    }
  }

  /// Whether a node is proportional to `present`: a weight of samples, or a gradient.
  func isWeight(_ id: ID) -> Bool {
    switch kinds[id] {
    case .present: true
    case .column(let index): columns[index].source == .membership
    case .sum(let terms, _): terms.contains { isWeight($0.a) || ($0.b.map { isWeight($0) } ?? false) }
    default: false
    }
  }
}
