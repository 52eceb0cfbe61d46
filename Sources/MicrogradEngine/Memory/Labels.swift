import CMicrogradNode
import Synchronization

/// The labels and the scopes of values, kept beside the cells: few values have one, and a cell has no room for a string.
enum Labels {
  struct Entry: Sendable {
    var label: String?
    /// The innermost scope that the cell was recorded in.
    var scope: NamedScope?
  }

  /// By address of the cell; a flag in the cell says whether there is an entry, so that it dies with the cell.
  private static let entries = Mutex<[UInt: Entry]>([:])

  static func get(_ cell: Cell) -> Entry {
    guard cell.pointee.flags & CellFlag.labelled != 0 else { return Entry() }
    return entries.withLock { $0[UInt(bitPattern: cell)] ?? Entry() }
  }

  static func set(_ cell: Cell, _ label: String?) {
    let scope = get(cell).scope
    if label == nil, scope == nil { return remove(cell) }
    cell.pointee.flags |= CellFlag.labelled
    entries.withLock { $0[UInt(bitPattern: cell)] = Entry(label: label, scope: scope) }
  }

  /// Notes the scope of a cell that has none yet.
  static func set(_ cell: Cell, _ scope: NamedScope) {
    let entry = get(cell)
    guard entry.scope == nil else { return }
    cell.pointee.flags |= CellFlag.labelled
    entries.withLock { $0[UInt(bitPattern: cell)] = Entry(label: entry.label, scope: scope) }
  }

  static func remove(_ cell: Cell) {
    cell.pointee.flags &= ~CellFlag.labelled
    entries.withLock { _ = $0.removeValue(forKey: UInt(bitPattern: cell)) }
  }

  /// Whether there is an entry at that address, whatever the cell says.
  static func contains(_ id: Value.ID) -> Bool { entries.withLock { $0[id.address] != nil } }
}

extension Value {
  /// Whether a label is kept for a value that was there, also when it is gone. For tests.
  package static func hasLabel(_ id: ID) -> Bool {
    Arena.freeDoomed(of: Arena.mine)
    return Labels.contains(id)
  }
}
