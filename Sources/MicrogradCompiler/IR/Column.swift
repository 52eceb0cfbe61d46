/// Constants of the graph that differ between samples: one number for each.
struct Column: Sendable {
  /// The source of new numbers when data are bound.
  enum Source: Hashable, Sendable {
    /// Feature i of the inputs.
    case input(Int)
    /// The graph itself: its numbers cannot be bound anew.
    case recorded
    /// 1 in lanes that have the node of a partial slot, 0 elsewhere; -1 where it is subtracted.
    case slotMask
    /// Computed from other columns when data are bound.
    case derived(IR.ID)
  }

  let source: Source
  /// One for each sample that was recorded.
  var numbers: [Double]
}
