import CMicrogradNode
import Synchronization

/// The labels of values, kept beside the cells: few values have one, and a cell has no room for a string.
enum Labels {
  /// By address of the cell; a flag in the cell says whether there is an entry, so that it dies with the cell.
  private static let labels = Mutex<[UInt: String]>([:])

  static func get(_ cell: Cell) -> String? {
    guard cell.pointee.flags & CellFlag.labelled != 0 else { return nil }
    return labels.withLock { $0[UInt(bitPattern: cell)] }
  }

  static func set(_ cell: Cell, _ label: String?) {
    guard let label else { return remove(cell) }
    cell.pointee.flags |= CellFlag.labelled
    labels.withLock { $0[UInt(bitPattern: cell)] = label }
  }

  static func remove(_ cell: Cell) {
    cell.pointee.flags &= ~CellFlag.labelled
    labels.withLock { _ = $0.removeValue(forKey: UInt(bitPattern: cell)) }
  }

  /// Whether there is an entry at that address, whatever the cell says.
  static func contains(_ id: Value.ID) -> Bool { labels.withLock { $0[id.address] != nil } }
}

extension Value {
  /// Whether a label is kept for a value that was there, also when it is gone. For tests.
  package static func hasLabel(_ id: ID) -> Bool {
    Arena.freeDoomed(of: Arena.mine)
    return Labels.contains(id)
  }
}
