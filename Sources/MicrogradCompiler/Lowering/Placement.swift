/// The memory of rows, the first part of the pass `instructions`: the neighbours of each row, and the rows that share
/// memory.
///
/// A layer's kernel wants its inputs one behind the other, as the layer before leaves its outputs. Where a list of
/// rows cannot be placed so (two layers want the same rows in different orders), they are copied. Rows that are no
/// longer needed make room for others, so that the rows in use stay in the cache.
///
/// Complexity: linear in the number of operands, but for the search for free memory, which is linear in the gaps.
struct Placement {
  /// Memory for some rows, one behind the other.
  struct Region {
    let rows: Int
    var offset = -1
  }

  /// The location of a node's numbers.
  enum Location: Hashable {
    case row(region: Int, index: Int)
    /// A column of data, by its index in the block.
    case data(Int)

    /// The location a given number of rows further on.
    func advanced(by rows: Int) -> Location {
      switch self {
      case .row(let region, let index): .row(region: region, index: index + rows)
      case .data(let index): .data(index + rows)
      }
    }
  }

  private(set) var regions: [Region] = []
  /// Nil for a node that has no row.
  private(set) var locations: [Location?]
  /// The columns in the order in which a block holds them; nil stands for the lane mask.
  private(set) var columns: [Int?] = []
  /// Lists of rows that are copied.
  private(set) var copies: [[IR.ID]] = []
  private var locationsOfCopies: [[IR.ID]: Location] = [:]
  private let ir: IR

  /// - Parameter isArranged: Whether an `Arrangement` is going to place the rows that are in no list.
  init(_ ir: IR, isArranged: Bool = false) {
    self.ir = ir
    locations = Array(repeating: nil, count: ir.kinds.count)
    let uses = ir.useCounts()
    for id in ir.kinds.indices where uses[id] > 0 { placeBlock(id) }
    for id in ir.kinds.indices where uses[id] > 0 {
      switch ir.kinds[id] {
      case .dense(_, let inputs, _): place(inputs)
      case .denseInputs(_, let gradients, let mask):
        place(gradients)
        if let mask { place(mask) }
      default: break
      }
    }
    for gradient in ir.matrixGradients {
      place(gradient.gradients)
      place(gradient.inputs)
    }
    if !isArranged { placeOthers() }
  }

  /// Gives the nodes that have no location yet one, each by itself.
  mutating func placeOthers() {
    let uses = ir.useCounts()
    for id in ir.kinds.indices where uses[id] > 0 && ir.isLane[id] { _ = location(of: id) }
  }

  /// The location of the first row of a list; the others follow it.
  func start(of list: [IR.ID]) -> Location { locationsOfCopies[list] ?? locations[resolved(list[0])]! }

  /// The copy that a list needs, if it does.
  func copy(of list: [IR.ID]) -> Location? { locationsOfCopies[list] }

  /// A node that only passes another one's row on is where that one is. One number for all lanes is no row.
  func resolved(_ id: IR.ID) -> IR.ID {
    if case .apply(.straightThrough, _, let b?) = ir.kinds[id], ir.isLane[id] == ir.isLane[b] {
      resolved(b)
    } else {
      id
    }
  }

  private mutating func newRegion(_ rows: Int) -> Int {
    regions.append(Region(rows: rows))
    return regions.count - 1
  }

  private mutating func placeBlock(_ id: IR.ID) {
    switch ir.kinds[id] {
    case .dense(let matrix, let inputs, _):
      let rows = ir.matrices[matrix].rows * ir.positions(matrix, inputs: inputs)
      locations[id] = .row(region: newRegion(rows), index: 0)
    case .denseInputs(let matrix, let gradients, _):
      let rows = ir.matrices[matrix].inner * ir.positions(matrix, gradients: gradients)
      locations[id] = .row(region: newRegion(rows), index: 0)
    default: break
    }
  }

  /// The location of a node, by itself if it has none yet.
  mutating func location(of id: IR.ID) -> Location {
    let id = resolved(id)
    if let location = locations[id] { return location }
    let location: Location
    switch ir.kinds[id] {
    case .row(let block, let index):
      guard case .row(let region, _) = locations[block]! else { preconditionFailure("a layer's rows are memory") }
      location = .row(region: region, index: index)
    case .column(let index):
      location = .data(columns.count)
      columns.append(index)
    case .laneMask:
      location = .data(columns.count)
      columns.append(nil)
    default: location = .row(region: newRegion(1), index: 0)
    }
    locations[id] = location
    return location
  }

  /// Gives those nodes that have no location yet one behind the other.
  mutating func placeInOrder(_ ids: [IR.ID]) {
    let free = ids.filter { locations[resolved($0)] == nil && isOrdinary(resolved($0)) }
    guard !free.isEmpty else { return }
    let region = newRegion(free.count)
    for (index, id) in free.enumerated() { locations[id] = .row(region: region, index: index) }
  }

  /// Places a list of rows so that they follow each other.
  private mutating func place(_ list: [IR.ID]) {
    let ids = list.map { resolved($0) }
    if locationsOfCopies[list] != nil || follows(ids) { return }
    let areFree = ids.allSatisfy { locations[$0] == nil && ir.isLane[$0] } && Set(ids).count == ids.count
    if areFree, ids.allSatisfy({ isData($0) }) {
      for id in ids { _ = location(of: id) }
    } else if areFree, ids.allSatisfy({ isOrdinary($0) }) {
      let region = newRegion(ids.count)
      for (index, id) in ids.enumerated() { locations[id] = .row(region: region, index: index) }
    } else {
      locationsOfCopies[list] = .row(region: newRegion(ids.count), index: 0)
      copies.append(list)
    }
  }

  private mutating func follows(_ ids: [IR.ID]) -> Bool {
    // Rows of a layer have their locations already, though nothing has asked for them.
    for id in ids where isRow(id) { _ = location(of: id) }
    guard let first = locations[ids[0]] else { return false }
    return ids.enumerated().allSatisfy { index, id in locations[id] == first.advanced(by: index) }
  }

  private func isRow(_ id: IR.ID) -> Bool { if case .row = ir.kinds[id] { true } else { false } }

  private func isData(_ id: IR.ID) -> Bool {
    switch ir.kinds[id] {
    case .column, .laneMask: true
    default: false
    }
  }

  private func isOrdinary(_ id: IR.ID) -> Bool { !isData(id) && !isRow(id) }

  // MARK: Memory

  /// Gives each region memory, from its first to its last use.
  ///
  /// - Parameters:
  ///   - lifetimes: First and last use of each region, as positions in the schedule.
  ///   - start: The first free element.
  /// - Returns: The end of the memory.
  mutating func allocate(_ lifetimes: [ClosedRange<Int>?], stride: Int, from start: Int) -> Int {
    let used = regions.indices.filter { lifetimes[$0] != nil }
    let ending = used.sorted { lifetimes[$0]!.upperBound < lifetimes[$1]!.upperBound }
    var free = FreeMemory(from: start), end = start, ended = 0
    for region in used.sorted(by: { lifetimes[$0]!.lowerBound < lifetimes[$1]!.lowerBound }) {
      while lifetimes[ending[ended]]!.upperBound < lifetimes[region]!.lowerBound {
        let last = regions[ending[ended]]
        free.release(last.offset..<last.offset + last.rows * stride)
        ended += 1
      }
      let size = regions[region].rows * stride
      regions[region].offset = free.take(size)
      end = max(end, regions[region].offset + size)
    }
    return end
  }
}

/// The parts of memory that nothing lies in.
private struct FreeMemory {
  /// In their order, none touching the next.
  private var gaps: [Range<Int>]

  init(from start: Int) { gaps = [start..<Int.max] }

  /// Takes the first gap that is large enough, or its beginning; returns where it is.
  mutating func take(_ size: Int) -> Int {
    // The last gap has no end.
    let index = gaps.firstIndex { $0.count >= size } ?? gaps.count - 1
    let start = gaps[index].lowerBound
    if gaps[index].count == size {
      gaps.remove(at: index)
    } else {
      gaps[index] = start + size..<gaps[index].upperBound
    }
    return start
  }

  /// Makes a part free that was taken.
  mutating func release(_ part: Range<Int>) {
    var low = 0, high = gaps.count
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].lowerBound < part.lowerBound { low = middle + 1 } else { high = middle }
    }
    let joinsBefore = low > 0 && gaps[low - 1].upperBound == part.lowerBound
    let joinsAfter = gaps[low].lowerBound == part.upperBound
    let joined =
      (joinsBefore ? gaps[low - 1].lowerBound : part.lowerBound)..<(joinsAfter ? gaps[low] : part).upperBound
    gaps.replaceSubrange((joinsBefore ? low - 1 : low)..<(joinsAfter ? low + 1 : low), with: [joined])
  }
}
