import MicrogradRequirement

extension PythonRandom {
  /// Returns `k` elements, each drawn from all of them: Python's `random.choices(elements, k=k)`.
  ///
  /// An element can be drawn more than once. Its index is ⌊``random()`` · count⌋. The generator takes one number for
  /// each draw, so that the results differ from those of ``choice(_:)``.
  ///
  /// - Precondition: `elements` is not empty, and `k` is not negative.
  /// - Complexity: O(`k`) with random access, as in arrays and ranges, and O(n `k`) otherwise.
  public mutating func choices<Elements: Collection>(
    _ elements: Elements, k: Int = 1
  ) -> [Elements.Element] {
    require(!elements.isEmpty, "choices needs at least one element; the collection is empty")
    let count = Double(elements.count)
    return picks(k) { Int($0.random() * count) }.map { elements[at: $0] }
  }

  /// Returns `k` elements, each drawn with a probability proportional to its weight: Python's
  /// `random.choices(elements, weights, k=k)`.
  ///
  /// ```swift
  /// var random = PythonRandom(seed: 42)
  /// random.choices("abc", weights: [1, 2, 7], k: 5)  // ["c", "a", "b", "b", "c"]
  /// ```
  ///
  /// The weights need not add up to 1. They are added up from the first to the last, with the rounding of `Double`.
  /// Integers above 2^53 would be exact in Python.
  ///
  /// - Precondition: There is one weight for each element. No weight is negative, and their sum is positive and finite.
  ///   `k` is not negative.
  /// - Complexity: O(n + `k` log n) with random access, where n is the number of elements.
  public mutating func choices<Elements: Collection>(
    _ elements: Elements, weights: [Double], k: Int = 1
  ) -> [Elements.Element] {
    var total = 0.0
    let sums = weights.map { weight in
      total += weight
      return total
    }
    return choices(elements, cumulativeWeights: sums, k: k)
  }

  /// Returns `k` elements, each drawn with a probability proportional to the difference between its cumulative weight
  /// and that of the element before: Python's `random.choices(elements, cum_weights=cumulativeWeights, k=k)`.
  ///
  /// An element is the first whose cumulative weight is greater than ``random()`` times the last one.
  ///
  /// - Precondition: There is one number for each element. The numbers do not decrease, none is negative, and the last is
  ///   positive and finite. `k` is not negative.
  /// - Complexity: O(n + `k` log n) with random access, where n is the number of elements.
  public mutating func choices<Elements: Collection>(
    _ elements: Elements, cumulativeWeights: [Double], k: Int = 1
  ) -> [Elements.Element] {
    require(
      cumulativeWeights.count == elements.count,
      "choices needs one weight for each element: there are \(elements.count) elements and \(cumulativeWeights.count) weights"
    )
    let total = cumulativeWeights.last ?? 0
    require(
      total > 0 && total.isFinite, "the sum of the weights of choices must be positive and finite, not \(total)")
    var largest = 0.0
    for (index, sum) in cumulativeWeights.enumerated() {
      require(sum >= largest, "the weight of element \(index) in choices must be 0 or larger")
      largest = sum
    }
    return picks(k) { cumulativeWeights.dropLast().firstIndex(above: $0.random() * total) }
      .map { elements[at: $0] }
  }

  /// Returns the results of `k` draws.
  private mutating func picks(_ k: Int, _ draw: (inout Self) -> Int) -> [Int] {
    require(k >= 0, "choices of \(k) elements: their number must be 0 or larger")
    return (0..<k).map { _ in draw(&self) }
  }
}

extension Collection {
  /// Accesses the element at an offset from the start.
  subscript(at offset: Int) -> Element { self[index(startIndex, offsetBy: offset)] }
}

extension RandomAccessCollection where Element: Comparable, Index == Int {
  /// Returns the index of the first element above a bound in a sorted collection, or its end if there is none: Python's
  /// `bisect(self, bound)`.
  func firstIndex(above bound: Element) -> Int {
    var low = startIndex, high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if bound < self[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
