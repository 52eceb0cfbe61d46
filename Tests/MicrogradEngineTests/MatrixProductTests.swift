import MicrogradEngine
import MicrogradTestSupport
import Testing

/// The products of a matrix with a vector, and dot products that share what they hold of one list, against the plain products
/// and sums that they stand for.
@Suite struct MatrixProductTests {
  /// A way to write the product of a matrix with a vector.
  enum Style: CaseIterable {
    case matrix, rows, plain

    func callAsFunction(_ rows: [[Value]], _ x: [Value]) -> [Value] {
      switch self {
      case .matrix: dot(rows, x)
      case .rows: rows.map { dot($0, x) }
      case .plain: rows.map { zip($0, x).map { $0 * $1 }.sum() }
      }
    }
  }

  /// Rows of the elements of a point, some of them more than once, and some the elements of the vector.
  struct Case {
    let point: [Double], rows: [[Int]], vector: [Int], closed: Set<Int>, kept: Set<Int>

    init(seed: UInt64) {
      var random = SplitMix(seed: seed)
      func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
      let width = below(5), count = below(3) == 0 ? 900 + below(900) : below(9)
      point = (0..<12).map { _ in Double.random(in: -1..<1, using: &random) }
      // Half of the matrices have elements that are not the vector's, which lie one behind the other.
      let isApart = below(2) == 0
      rows = (0..<count).map { _ in (0..<width).map { _ in below(isApart ? 8 : 12) } }
      vector = (0..<width).map { isApart ? 8 + $0 : below(12) }
      closed = Set((0..<count).filter { _ in below(4) == 0 })
      kept = Set((0..<count).filter { _ in below(3) > 0 })
    }

    /// The sum of functions of some of the products; the others die before.
    func value(_ p: [Value], _ style: Style) -> Value {
      let products = style(rows.map { $0.map { p[$0] } }, vector.map { p[$0] } + [])
      let terms = products.indices.filter(kept.contains).map { index in
        closed.contains(index) ? (products[index] - 1e3).relu() : products[index].squared() * Double(index % 3 + 1)
      }
      return terms.sum() + p[0]
    }
  }

  private func expectClose(_ got: [Double], _ expected: [Double], _ what: String) {
    let isClose = zip(got, expected).allSatisfy { abs($0 - $1) <= 1e-10 * max(1, abs($1)) }
    #expect(got.count == expected.count && isClose, "\(what): got \(got), expected \(expected)")
  }

  @Test(arguments: [Style.matrix, .rows]) func areProductsAndSums(_ style: Style) {
    let first = UInt64.random(in: 0..<1 << 40)
    for seed in first..<first + 60 {
      let example = Case(seed: seed)
      func results(_ style: Style) -> [Double] {
        let p = example.point.map { Value($0) }, value = example.value(p, style)
        value.backward()
        let once = p.map(\.grad)
        value.backward()
        return [value.data] + once + p.map(\.grad)
      }
      expectClose(results(style), results(.plain), "\(style), backward() once and twice, seed \(seed)")
      func gradient(_ style: Style) -> [Double] {
        MicrogradEngine.gradient(at: example.point) { example.value($0, style) }
      }
      expectClose(gradient(style), gradient(.plain), "\(style), gradient(at:), seed \(seed)")
    }
  }

  /// The results of a matrix of different values are those of its rows one by one to the last bit, wherever in a slab they are
  /// recorded.
  @Test func areThoseOfTheRowsExactly() {
    let first = UInt64.random(in: 0..<1 << 40)
    for seed in first..<first + 30 {
      func results(_ style: Style, after others: Int) -> [Double] {
        var random = SplitMix(seed: seed)
        func values(_ count: Int) -> [Value] {
          (0..<count).map { _ in Value(Double.random(in: -1..<1, using: &random)) }
        }
        let before = (0..<others).map { Value(Double($0)) }
        let width = Int.random(in: 1...9, using: &random), count = Int.random(in: 1...600, using: &random)
        let weights = (0..<count).map { _ in values(width) }, x = values(width).map { $0.tanh() }
        let products = style(weights, x).map { ($0 - 0.1).relu() * $0 }
        return withExtendedLifetime(before) {
          let value = products.sum() + x[0]
          value.backward()
          let once = x.map(\.grad)
          value.backward()
          return [value.data] + once + x.map(\.grad) + weights.flatMap { $0.map(\.grad) }
        }
      }
      let expected = results(.rows, after: 0)
      for others in [0, 400, 1100] {
        let got = results(.matrix, after: others)
        let wrong = got.indices.first { got[$0] != expected[$0] }
        #expect(
          wrong == nil,
          "seed \(seed), after \(others) values, number \(wrong!): got \(got[wrong!]), expected \(expected[wrong!])")
      }
    }
  }

  /// Nothing of a product outlives it, whichever of its rows dies last.
  @Test(arguments: [Style.matrix, .rows]) func die(_ style: Style) {
    let first = UInt64.random(in: 0..<1 << 40)
    for seed in first..<first + 60 {
      let example = Case(seed: seed), before = Arena.liveNodeCount
      do {
        let p = example.point.map { Value($0) }
        var products = style(example.rows.map { $0.map { p[$0] } }, example.vector.map { p[$0] } + [])
        var random = SplitMix(seed: seed)
        products.shuffle(using: &random)
        while let last = products.popLast() {
          last.backward()
          _ = dot(products.prefix(3) + [], p.prefix(products.prefix(3).count) + [])
        }
      }
      #expect(Arena.liveNodeCount == before, "\(style), seed \(seed)")
    }
  }

  /// A product may be an operand of the next one with the same vector.
  @Test func aRecurrence() {
    let x: [Value] = [2, 3], w: [Value] = [5, 7]
    let first = dot(w, x), second = dot([first, w[0]], x), third = dot([second, first], x)
    third.backward()
    #expect([first, second, third].map(\.data) == [31, 77, 247])
    #expect([second, first].map(\.grad) == [2, 7] && w.map(\.grad) == [20, 21])
    // 77 + 2·31 + 7·5 and 31 + 2·5 + 7·7
    #expect(x.map(\.grad) == [174, 90])
  }

  /// Numbers that change after a product count in the next one, and in the sweep.
  @Test func numbersMayChange() {
    let x: [Value] = [2, 3], w: [[Value]] = [[5, 7], [1, 4]]
    let before = dot(w, x)
    x[0].data = 10
    let after = dot(w, x)
    #expect(before.map(\.data) == [31, 14] && after.map(\.data) == [71, 22])
    before.sum().backward()
    #expect(w.map { $0.map(\.grad) } == [[10, 3], [10, 3]] && x.map(\.grad) == [6, 11])
  }

  @Test func onTheWatch() throws {
    var reports: [Diagnostic] = []
    withDiagnostics(report: { reports.append($0) }) { _ = dot([[1, 2], [1e300, 3]], [1e10, 1e10]) }
    let report = try #require(reports.first)
    #expect(reports.count == 1 && report.operation == .dot && report.result == .infinity)
  }

  @Test func withoutRowsOrColumns() {
    #expect(dot([[Value]](), [1, 2]).isEmpty && dot([[], []], []).map(\.data) == [0, 0])
  }

  #if os(Linux) || os(macOS)
    @Test func rowsOfOtherLengthsAreRefused() async {
      let process = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = dot([[1, 2], [1, 2, 3]], [1, 2])
      }
      let said = process.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
      #expect(said.contains("a dot product of 3 and 2 values: both lists must be of one length"), "\(said)")
    }
  #endif
}
