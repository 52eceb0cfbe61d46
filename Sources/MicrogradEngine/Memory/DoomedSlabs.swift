/// Slabs with cells that are dead but still own their operands, the newest first: a binary heap.
///
/// A cell's operands are older than itself. So whoever frees the newest slab first comes to each slab once, however many
/// graphs died and in whatever order.
struct DoomedSlabs {
  private var heap: [Slab] = []

  var isEmpty: Bool { heap.isEmpty }
  var newest: Slab? { heap.first }

  mutating func insert(_ slab: Slab) {
    var index = heap.count
    heap.append(slab)
    while index > 0, heap[index].isNewer(than: heap[(index - 1) / 2]) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func popNewest() -> Slab? {
    guard let newest = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return newest }
    heap[0] = last
    var index = 0
    while let child = newerChild(of: index), heap[child].isNewer(than: heap[index]) {
      heap.swapAt(index, child)
      index = child
    }
    return newest
  }

  private func newerChild(of index: Int) -> Int? {
    let left = 2 * index + 1, right = left + 1
    guard left < heap.count else { return nil }
    return right < heap.count && heap[right].isNewer(than: heap[left]) ? right : left
  }

  mutating func removeAll() -> [Slab] {
    defer { heap = [] }
    return heap
  }
}
