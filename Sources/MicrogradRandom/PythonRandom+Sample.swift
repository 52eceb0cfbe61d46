import MicrogradRequirement

extension PythonRandom {
  /// Returns `k` different elements in a random order: Python's `random.sample(elements, k)`.
  ///
  /// If there are many elements, it draws indices, and draws again for an index that was drawn before. If there are few, it
  /// draws from a copy, in which the last element that is left replaces each drawn one. There are few up to 21 elements,
  /// and up to 21 + 4^m if `k` is larger than 5, where 4^m is the least power of 4 that reaches 3 `k`. The two ways give
  /// different results, so these limits are CPython's.
  ///
  /// - Precondition: `k` is in 0 ... n, where n is the number of elements.
  /// - Complexity: O(`k`) on average with random access, and O(n) otherwise.
  public mutating func sample<Elements: Collection>(_ elements: Elements, k: Int) -> [Elements.Element] {
    let count = elements.count
    require((0...count).contains(k), "a sample of \(k) of \(count) elements")
    return count <= Self.largestPool(k)
      ? sample(pool: Array(elements), k) : sampleOfIndices(count, k).map { elements[at: $0] }
  }

  /// Returns a sample of a collection in which each element stands as often as its count says: Python's
  /// `random.sample(elements, k, counts=counts)`.
  ///
  ///     random.sample(["red", "blue"], counts: [4, 2], k: 5)
  ///
  /// is `random.sample(["red", "red", "red", "red", "blue", "blue"], k: 5)`.
  ///
  /// - Precondition: There is one count for each element. No count is negative, and their sum is positive and at least
  ///   `k`. `k` is not negative.
  /// - Complexity: O(n + `k` log n) on average with random access, where n is the number of elements.
  public mutating func sample<Elements: Collection>(
    _ elements: Elements, counts: [Int], k: Int
  ) -> [Elements.Element] {
    require(
      counts.count == elements.count,
      "sample needs one count for each element: there are \(elements.count) elements and \(counts.count) counts")
    var total = 0
    let sums = counts.map { count in
      require(count >= 0, "a count of sample must be 0 or larger, not \(count)")
      total += count
      return total
    }
    require(total > 0, "the sum of the counts of sample must be positive")
    return sample(0..<total, k: k).map { elements[at: sums.firstIndex(above: $0)] }
  }

  /// Returns the number of elements up to which a sample is drawn from a copy of all.
  private static func largestPool(_ k: Int) -> Int {
    guard k > 5 else { return 21 }
    var power = 1
    while power < 3 * k { power *= 4 }
    return 21 + power
  }

  private mutating func sample<Element>(pool: [Element], _ k: Int) -> [Element] {
    var pool = pool
    return (0..<k).map { drawn in
      let left = pool.count - drawn, index = randrange(left)
      defer { pool[index] = pool[left - 1] }
      return pool[index]
    }
  }

  private mutating func sampleOfIndices(_ count: Int, _ k: Int) -> [Int] {
    var drawn: Set<Int> = []
    return (0..<k).map { _ in
      var index = randrange(count)
      while !drawn.insert(index).inserted { index = randrange(count) }
      return index
    }
  }
}
